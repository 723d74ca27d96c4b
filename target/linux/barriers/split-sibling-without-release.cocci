// SPDX-License-Identifier: GPL-2.0
/*
Barrier: split-sibling-without-release
Sanitizer: weak-memory
About: of a split entry a sibling is published without release
File: lib/xarray.c
Function: xas_split
Catches:

The entry first, then the siblings that point to it.
*/

@@
expression slot, canon;
@@
 xas_split(...)
 {
 	<...
-	rcu_assign_pointer(slot, xa_mk_sibling(canon));
+	WRITE_ONCE(slot, xa_mk_sibling(canon));
 	...>
 }
