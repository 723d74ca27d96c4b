// SPDX-License-Identifier: GPL-2.0
/*
Revert: siblings-of-the-first
Alias: 3012110d71f4
About: a split into folios of several pages makes all siblings lead to the first of them
Fix: 3012110d71f4 "XArray: Fix splitting to non-zero orders" (5.12, 5.10.y)
Introduced-by: 8fc75643c5e1
Reported-by: Zi Yan
File: lib/xarray.c
Function: xas_split_alloc|__xas_init_node_for_split
Catches: reference-count: it stands at more indices than it has references for
Preemptions: 0
Operations: 3 (set-up included)

  CPU0
  1. reclaim a large folio: a shadow
     entry of its order, that of a node
  2. add a folio of four pages within:
     split the entry; in the new node the
     siblings of the other three parts
     lead to the first part
  3. a folio that is stored at the first
     part stands at the others' indices,
     but for their first ones
*/

@@
identifier init =~ "^(xas_split_alloc|__xas_init_node_for_split)$";
identifier i;
@@
 void init(...)
 {
 	<...
-	xa_mk_sibling(i)
+	xa_mk_sibling(0)
 	...>
 }
