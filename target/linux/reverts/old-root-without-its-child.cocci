// SPDX-License-Identifier: GPL-2.0
/*
Revert: old-root-without-its-child
Alias: 643b52b9c0b4
About: a tree that shrinks clears its old root, in which a lookup still is
Fix: 643b52b9c0b4 "radix-tree: fix small lockless radix-tree bug" (2.6.27)
Reported-by: Nick Piggin
File: lib/xarray.c
Function: xas_shrink
Catches: missed-page, left-behind
Preemptions: 1
Operations: 4 (set-up included)

  CPU0                                  CPU1
  1. look up 0: the root is a node
                                        2. remove all pages above the first
                                           node: that is the root now
  3. slot 0 of the old root is empty:
     no page
*/

@@
expression node, entry;
@@
 void xas_shrink(...)
 {
 	<...
+	if (xa_is_node(entry))
+		RCU_INIT_POINTER(node->slots[0], NULL);
 	if (!xa_is_node(entry))
 		RCU_INIT_POINTER(node->slots[0], XA_RETRY_ENTRY);
 	...>
 }
