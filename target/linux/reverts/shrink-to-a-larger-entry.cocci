// SPDX-License-Identifier: GPL-2.0
/*
Revert: shrink-to-a-larger-entry
Alias: afe0e395b6d1
About: a tree shrinks to an entry of several indices, which then stands at the first of them alone
Fix: afe0e395b6d1 "radix-tree: fix several shrinking bugs with multiorder entries" (4.7)
Reported-by: Matthew Wilcox
File: lib/xarray.c
Function: xas_shrink
Catches: removed-beyond, missed-page
Preemptions: 0
Operations: 3 (set-up included)

One of the several. It takes a large folio of as many pages as a node has slots.

  CPU0
  1. a folio at 0 .. 15 is one entry of
     the root; remove what stands beyond
  2. it is the only entry, the tree
     shrinks to it
  3. look up 5: a tree of one entry has
     nothing there
*/

@@
expression entry, node;
@@
 void xas_shrink(...)
 {
 	<...
-	if (!xa_is_node(entry) && node->shift)
-		break;
 	...>
 }
