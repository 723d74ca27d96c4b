// SPDX-License-Identifier: GPL-2.0
/*
Revert: type-read-before-the-lock
Alias: ad53f92eb416
About: a page is freed to the list of the type that its pageblock had before the lock
Fix: ad53f92eb416 "mm/page_alloc: fix incorrect isolation behavior by rechecking migratetype" (3.18)
Reported-by: Joonsoo Kim
File: mm/page_alloc.c
Function: free_one_page free_pcppages_bulk
Until: 6.9
Catches: free-count, owned-twice
Preemptions: 1
Operations: 3 (set-up included)

  CPU0                                  CPU1
  1. free P: its pageblock is movable
                                        2. isolate the pageblock
  3. take the zone lock, link P on the
     list of movable blocks, count it

P can be allocated although its pageblock is isolated, and is counted free
although isolated pages are not.
*/

@@
expression zone, mt;
statement reread;
@@
 void free_one_page(...)
 {
 	<...
-	if (unlikely(has_isolate_pageblock(zone) || is_migrate_isolate(mt)))
-		reread
 	...>
 }

@@
expression E;
statement reread;
@@
 void free_pcppages_bulk(...)
 {
 	<...
-	if (unlikely(isolated_pageblocks))
-		reread
 	...>
 }
