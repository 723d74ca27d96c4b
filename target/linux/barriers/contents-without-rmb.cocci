// SPDX-License-Identifier: GPL-2.0
/*
Barrier: contents-without-rmb
Sanitizer: weak-memory
About: contents of a folio may be read before its flag and the size of the file
File: include/linux/page-flags.h mm/filemap.c
Through: folio_test_uptodate PageUptodate
Function: folio_test_uptodate filemap_read
Until: 6.1
Catches: contents

flag-without-rmb and size-without-rmb at once: in a read one stands in for the other.
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

@@
@@
 filemap_read(...)
 {
 	<...
-	smp_rmb();
 	...>
 }
