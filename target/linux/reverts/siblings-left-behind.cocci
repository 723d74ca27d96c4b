// SPDX-License-Identifier: GPL-2.0
/*
Revert: siblings-left-behind
Alias: a90eb3a2a405
About: who removes a large folio from the tree by one of its indices leaves the siblings
Fix: a90eb3a2a405 "radix-tree: fix replacement for multiorder entries" (4.10)
Reported-by: Matthew Wilcox
File: lib/xarray.c
Function: xas_store
Catches: slots-in-use-miscounted
Preemptions: 0
Operations: 2 (set-up included)

  CPU0
  1. a large folio stands at 0 .. 3:
     an entry and three siblings
  2. remove a range that it is in: NULL at
     0, and one entry less in the node;
     the siblings still lead there
*/

@@
expression entry;
@@
 void *xas_store(...)
 {
 	<...
 	if (entry) {
 		...
 	} else {
-		if (offset == XA_CHUNK_MASK)
+		if (offset == max)
 			break;
 	}
 	...>
 }
