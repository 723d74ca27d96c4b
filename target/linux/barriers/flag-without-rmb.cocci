// SPDX-License-Identifier: GPL-2.0
/*
Barrier: flag-without-rmb
Sanitizer: weak-memory
About: contents of a folio may be read before its flag
File: include/linux/page-flags.h
Through: folio_test_uptodate PageUptodate
Function: folio_test_uptodate
Catches:

The flag first, then the contents.
*/

@@
@@
 folio_test_uptodate(...)
 {
 	...
-	if (ret)
-		smp_rmb();
 	...
 }
