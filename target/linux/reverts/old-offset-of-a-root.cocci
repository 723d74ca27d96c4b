// SPDX-License-Identifier: GPL-2.0
/*
Revert: old-offset-of-a-root
About: OPEN: a walk goes on in a new root at the offset that the old one had in its last life
Fix: none in 7.3.4; xas_alloc() could set the offset of a node without a parent, too
File: glue/slab.c
Function: linux_cache_alloc
Catches: VM_BUG_ON in truncate_inode_pages_range()
Preemptions: 1
Operations: 5 (set-up included)

In the kernel as it is: what goes is that each node comes with an offset of 0. A
slab constructs its objects once, and radix_tree_node_rcu_free() leaves the offset
as it was; xas_alloc() sets it if the node has a parent. ThreadSanitizer reports the
two plain accesses, of xas_find() and xas_expand().

  CPU0                                  CPU1
  1. index 3 gets a node that was at
     offset 2 of another: it is the root
  2. walk from 13 to 16: behind the last
     slot; the offset of the root is 2
                                        3. add 48: the offset becomes 0, and
                                           the root has a parent, slot 3 of
                                           which leads to 48
  4. go on in the parent at slot 3, with
     index 16: what is at 48 is found,
     and truncated, as 16
*/

@@ expression object; @@
 linux_cache_alloc(...)
 {
 	<...
-	forget(object);
 	...>
 }
