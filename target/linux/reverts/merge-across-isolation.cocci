// SPDX-License-Identifier: GPL-2.0
/*
Revert: merge-across-isolation
Alias: d9dddbf55667
About: a free block merges with one of an isolated pageblock
Fix: d9dddbf55667 "mm/page_alloc: prevent merging between isolated and other pageblocks" (4.6~); before it 3c605096d315 (3.18)
Reported-by: Hanjun Guo, Laura Abbott
File: mm/page_alloc.c
Since: 6.10
Function: __free_one_page
Catches: isolated-block-on-a-wrong-list, free-pages-miscounted, and in 7.x a WARN in set_pageblock_migratetype()
Preemptions: 0
Operations: 1 (set-up included)

The repair is in 6.1 too, but what its loss leads to is not looked for there: see
block-half-isolated.

  CPU0                                  CPU1
                                        1. isolate a pageblock that is free:
                                           its pages are counted no more
  2. free the pageblock beside it: both
     merge and are counted together, or
     both not at all
*/

@@
identifier buddy_mt;
identifier migratetype, done;
@@
 void __free_one_page(..., int migratetype, ...)
 {
 	<...
-	if (migratetype != buddy_mt && (!migratetype_is_mergeable(migratetype) || !migratetype_is_mergeable(buddy_mt)))
-		goto done;
 	...>
 }
