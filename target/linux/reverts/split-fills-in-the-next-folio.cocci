// SPDX-License-Identifier: GPL-2.0
/*
Revert: split-fills-in-the-next-folio
Alias: 577a1f495fd7
About: a split by steps fills the tree with the folio that it splits further, and lets others have that
Fix: 577a1f495fd7 "mm/huge_memory: fix a folio_split() race condition with folio_try_get()" (7.0, 6.19.y)
Introduced-by: 00527733d0dc; reachable since 7460b470a131
Reported-by: Bas van Dijk
File: mm/huge_memory.c
Since: 7.0
Function: __split_unmapped_folio
Catches: moved-while-held
Preemptions: 1
Operations: 3 (set-up included)

  CPU0                                  CPU1
  1. truncate a part of a large folio:
     split it into folios of two orders;
     the smaller B and C come from what
     was B with both indices
  2. let B have references; C is not
     stored yet
                                        3. look up the index of C: B is there,
                                           and still there behind the reference
  4. store C
*/

@@
expression xas, order;
identifier folio, old_folio;
@@
 int __split_unmapped_folio(struct folio *folio, ...)
 {
 	<...
-	xas_try_split(xas, old_folio, order);
+	xas_try_split(xas, folio, order);
 	...>
 }
