// SPDX-License-Identifier: GPL-2.0
/*
Revert: split-of-a-truncated-folio
Alias: cff47b9e39a6
About: a split does not ask whether the folio has left its file before it was locked
Fix: cff47b9e39a6 "mm/huge_memory: fix NULL pointer deference when splitting folio" (6.18, 6.12.63)
Introduced-by: c010d47f107f, which asked for the mapping's least order first; in 6.1 the same test stands elsewhere
File: mm/huge_memory.c
Function: split_huge_page_to_list|split_huge_page_to_list_to_order|__folio_split|folio_check_splittable
Catches: a NULL dereference in the split, or behind it
Preemptions: 1
Operations: 3 (set-up included)

  CPU0                                  CPU1
  1. migration of P, a large folio of a
     file: isolate it, with a reference;
     nobody has room for all of it
                                        2. truncate: remove P from the cache,
                                           its mapping is NULL
  3. lock P, split it: there is no
     mapping
*/

@@
identifier split =~ "^(split_huge_page_to_list(_to_order)?|__folio_split|folio_check_splittable)$";
identifier ret, out;
@@
 int split(...)
 {
 	<...
(
-	if (!mapping) {
-		ret = -EBUSY;
-		goto out;
-	}
|
-	if (<+... !folio->mapping ...+>)
-		return -EBUSY;
)
 	...>
 }
