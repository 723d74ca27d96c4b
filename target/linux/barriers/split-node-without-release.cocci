// SPDX-License-Identifier: GPL-2.0
/*
Barrier: split-node-without-release
Sanitizer: weak-memory
About: a node that takes a large entry's place is published without release
File: lib/xarray.c
Function: xas_split
Catches: missed-page

The new node first, then the way down to it.
*/

@@
expression slot, child;
@@
 xas_split(...)
 {
 	<...
-	rcu_assign_pointer(slot, xa_mk_node(child));
+	WRITE_ONCE(slot, xa_mk_node(child));
 	...>
 }
