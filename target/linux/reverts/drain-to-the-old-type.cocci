// SPDX-License-Identifier: GPL-2.0
/*
Revert: drain-to-the-old-type
Alias: 51bb1a4093cc
About: a page goes from a per-CPU list to the list of the type that its pageblock had when it came
Fix: 51bb1a4093cc "mm/page_alloc: add freepage on isolate pageblock to correct buddy list" (3.18)
Reported-by: Joonsoo Kim
File: mm/page_alloc.c
Function: free_pcppages_bulk
Until: 6.9
Catches: isolated-block-on-a-wrong-list
Preemptions: 0
Operations: 3 (set-up included)

  CPU0                                  CPU1
  1. free P to its per-CPU list:
     movable
                                        2. isolate the pageblock of P
  3. drain: link P on the list of
     movable blocks, count it

P can be allocated although its pageblock is isolated.
*/

@@
statement reread;
@@
 void free_pcppages_bulk(...)
 {
 	<...
-	if (unlikely(isolated_pageblocks))
-		reread
 	...>
 }
