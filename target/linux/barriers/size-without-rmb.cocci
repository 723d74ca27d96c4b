// SPDX-License-Identifier: GPL-2.0
/*
Barrier: size-without-rmb
Sanitizer: weak-memory
About: contents may be read before the size of the file
File: mm/filemap.c
Function: filemap_read
Until: 6.1
Catches:

The size of the file first, then what lies within it.
*/

@@
@@
 filemap_read(...)
 {
 	<...
-	smp_rmb();
 	...>
 }
