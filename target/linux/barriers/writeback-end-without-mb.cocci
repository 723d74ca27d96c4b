// SPDX-License-Identifier: GPL-2.0
/*
Barrier: writeback-end-without-mb
Sanitizer: weak-memory
About: whether there are waiters may be read before writeback has ended
File: mm/filemap.c
Function: folio_end_writeback
Until: 6.1
Catches:

The end of writeback first, then a look at the flag of waiters.
*/

@@
@@
 folio_end_writeback(...)
 {
 	...
-	smp_mb__after_atomic();
 	...
 }
