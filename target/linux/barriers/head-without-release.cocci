// SPDX-License-Identifier: GPL-2.0
/*
Barrier: head-without-release
Sanitizer: weak-memory
About: a new root is published without release
File: lib/xarray.c
Function: xas_expand
Catches: missed-page

The new root with what stands in it first, then the way to it.
*/

@@
identifier xa;
expression head;
@@
 xas_expand(...)
 {
 	<...
-	rcu_assign_pointer(xa->xa_head, head);
+	WRITE_ONCE(xa->xa_head, head);
 	...>
 }
