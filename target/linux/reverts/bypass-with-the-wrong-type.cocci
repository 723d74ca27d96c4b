// SPDX-License-Identifier: GPL-2.0
/*
Revert: bypass-with-the-wrong-type
Alias: 7b086755fb8c
About: a free that finds its per-CPU list locked goes to the buddy as the wrong type
Fix: 7b086755fb8c "mm: page_alloc: fix CMA and HIGHATOMIC landing on the wrong buddy list" (6.6~, 6.5.y, 6.1.y)
Introduced-by: 4b23a68f9536
Reported-by: Joe Liu
File: mm/page_alloc.c
Function: free_unref_page
Until: 6.9
Catches: nothing yet; it takes free lists compared with the types of pageblocks
Preemptions: 1
Operations: 2 (set-up included)

  CPU0                                  CPU1
  1. drain: holds the lock of CPU1's
     list
                                        2. free P of a HIGHATOMIC or CMA
                                           pageblock: as MOVABLE, that it may
                                           go to the list
                                        3. the list is locked: to the buddy,
                                           as MOVABLE, for ever
*/

@@
identifier pcp, mt, pcpmt;
expression zone, page, pfn, order;
@@
 void free_unref_page(...)
 {
 	<...
 	if (pcp) {
 		free_unref_page_commit(zone, pcp, page, pcpmt, order);
 		...
 	} else {
 		free_one_page(zone, page, pfn, order,
-			mt
+			pcpmt
 			, FPI_NONE);
 	}
 	...>
 }
