// SPDX-License-Identifier: GPL-2.0
/*
Revert: sibling-leads-to-a-node
Alias: 63b1898fffcd
About: a walk follows a sibling entry to what a split has made a node meanwhile, and returns that
Fix: 63b1898fffcd "XArray: Disallow sibling entries of nodes" (5.18)
Introduced-by: 6b24ca4a1a8d
Reported-by: Matthew Wilcox
File: lib/xarray.c
Function: xas_descend
Catches: wrong-page, or a wild access
Preemptions: 1
Operations: 4 (set-up included)

A folio has to be larger than a node.

  CPU0                                  CPU1
  1. lookup of 20, where a folio stands
     at 0 .. 31: slot 1 of the root
     holds a sibling of slot 0
                                        2. split that folio: each of its
                                           parts, a node's worth, comes to
                                           stand in a node; slot 0 first
  3. load slot 0: a node, of which
     nobody goes down; it is looked at as
     if it were a folio, or its first
     page is returned for another index
*/

@@
expression node, entry;
statement again;
@@
 void *xas_descend(...)
 {
 	<...
-	if (node->shift && xa_is_node(entry))
-		again
 	...>
 }
