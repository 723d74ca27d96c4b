// SPDX-License-Identifier: GPL-2.0
/*
Revert: split-keeps-its-node-listed
Alias: 3ed4bb77156d
About: a node whose shadow entry is split stays on the list of nodes that hold shadow entries alone
Fix: 3ed4bb77156d "XArray: Update the LRU list in xas_split()" (5.18, 5.4.y)
Introduced-by: 8fc75643c5e1; reachable since 820c4e2e6f51
Reported-by: Hugh Dickins
File: lib/xarray.c
Function: xas_split|xas_try_split
Catches: shadow-node-misplaced
Preemptions: 0
Operations: 3 (set-up included)

xas_try_split() came later, with the repair in it.

  CPU0
  1. reclaim a large folio: the root holds
     a shadow entry and no page, and is on
     the list of nodes to be shrunk
  2. add a page within: a node takes the
     place of the entry, and the root stays
     on the list
*/

@@
identifier split =~ "^xas_(try_)?split$";
@@
 void split(...)
 {
 	<...
-	xas_update(...);
 	...>
 }
