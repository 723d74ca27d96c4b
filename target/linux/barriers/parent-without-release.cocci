// SPDX-License-Identifier: GPL-2.0
/*
Barrier: parent-without-release
Sanitizer: weak-memory
About: the old root points to the new one before that is filled
File: lib/xarray.c
Function: xas_expand
Catches: bug-in-truncate-inode-pages-range; in a build with plain accesses alone

The new root with what stands in it first, then the way up to it.
*/

@@
expression old, node;
@@
 xas_expand(...)
 {
 	<...
-	rcu_assign_pointer(xa_to_node(old)->parent, node);
+	WRITE_ONCE(xa_to_node(old)->parent, node);
 	...>
 }
