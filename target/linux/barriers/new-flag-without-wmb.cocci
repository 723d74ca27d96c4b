// SPDX-License-Identifier: GPL-2.0
/*
Barrier: new-flag-without-wmb
Sanitizer: weak-memory
About: a folio that nobody has found may be uptodate before its contents
File: include/linux/page-flags.h
Through: __folio_mark_uptodate __SetPageUptodate
Function: __folio_mark_uptodate
Catches:

The contents first, then the flag, which is set before others can find the folio.
*/

@@
@@
 __folio_mark_uptodate(...)
 {
-	smp_wmb();
 	...
 }
