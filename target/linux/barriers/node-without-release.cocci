// SPDX-License-Identifier: GPL-2.0
/*
Barrier: node-without-release
Sanitizer: weak-memory
About: a new node is published without release
File: lib/xarray.c
Function: xas_create
Catches: missed-page

The new node first, then the way down to it.
*/

@@
expression slot, node;
@@
 xas_create(...)
 {
 	<...
-	rcu_assign_pointer(*slot, node);
+	WRITE_ONCE(*slot, node);
 	...>
 }
