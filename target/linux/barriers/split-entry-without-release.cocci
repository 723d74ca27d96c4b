// SPDX-License-Identifier: GPL-2.0
/*
Barrier: split-entry-without-release
Sanitizer: weak-memory
About: of a split entry a part is published without release
File: lib/xarray.c
Function: xas_split
Catches:

What the entry points to first, then the entry.
*/

@@
expression node, canon;
identifier entry;
@@
 xas_split(..., void *entry, ...)
 {
 	<...
-	rcu_assign_pointer(node->slots[canon], entry);
+	WRITE_ONCE(node->slots[canon], entry);
 	...>
 }
