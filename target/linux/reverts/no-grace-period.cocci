// SPDX-License-Identifier: GPL-2.0
/*
Revert: no-grace-period
Alias:
About: MUTATION: an XArray node is freed while readers may still stand in it
Fix: none: this removes the grace period that lib/xarray.c keeps
File: lib/xarray.c
Function: xa_node_free
Catches: use-after-free
Preemptions: 1
Operations: 3 (set-up included)

Not a known historical bug.

  CPU0                                  CPU1
  1. lookup: load a pointer to node N
                                        2. remove the last entry of N: N leaves
                                           the tree and is freed at once
  3. load a slot of N
*/

@@
expression head;
identifier release;
@@
 void xa_node_free(...)
 {
 	...
-	call_rcu(head, release);
+	release(head);
 	...
 }
