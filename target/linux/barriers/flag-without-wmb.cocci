// SPDX-License-Identifier: GPL-2.0
/*
Barrier: flag-without-wmb
Sanitizer: weak-memory
About: a folio may be uptodate before its contents are there
File: include/linux/page-flags.h
Through: folio_mark_uptodate SetPageUptodate
Function: folio_mark_uptodate
Catches: contents

The contents first, then the flag.
*/

@@
@@
 folio_mark_uptodate(...)
 {
 	...
-	smp_wmb();
 	...
 }
