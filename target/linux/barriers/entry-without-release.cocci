// SPDX-License-Identifier: GPL-2.0
/*
Barrier: entry-without-release
Sanitizer: weak-memory
About: an entry is published without release
File: lib/xarray.c
Function: xas_store
Catches: bug-in-page-cache-delete; in a build with plain accesses alone

The folio first, then the entry by which others find it.
*/

@@
expression slot, entry;
@@
 xas_store(...)
 {
 	<...
-	rcu_assign_pointer(*slot, entry);
+	WRITE_ONCE(*slot, entry);
 	...>
 }
