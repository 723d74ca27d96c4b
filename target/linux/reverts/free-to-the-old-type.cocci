// SPDX-License-Identifier: GPL-2.0
/*
Revert: free-to-the-old-type
Alias: ad53f92eb416
About: a free goes to the list of the type that its pageblock had before the zone lock was taken
Fix: ad53f92eb416 "mm/page_alloc: fix incorrect isolation behavior by rechecking migratetype" (3.18)
Reported-by: Joonsoo Kim
File: mm/page_alloc.c
Until: 6.9
Function: free_one_page __free_pages_ok
Catches: isolated-block-on-a-wrong-list, free-pages-miscounted
Preemptions: 1
Operations: 5 (set-up included)

  CPU0                                  CPU1
  1. free P: its pageblock is isolated,
     so that it goes past the per-CPU
     list
                                        2. end the isolation: free blocks go to
                                           the list of their old type
  3. take the zone lock, put P on the
     list of isolated blocks; nobody
     counts it free

And the other way about, if isolation begins between.
*/

@@
identifier give =~ "^(free_one_page|__free_pages_ok)$";
identifier migratetype, zone, page, pfn;
@@
 void give(...)
 {
 	<...
-	if (unlikely(has_isolate_pageblock(zone) || is_migrate_isolate(migratetype))) {
-		migratetype = get_pfnblock_migratetype(page, pfn);
-	}
 	...>
 }
