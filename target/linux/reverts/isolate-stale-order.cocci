// SPDX-License-Identifier: GPL-2.0
/*
Revert: isolate-stale-order
Alias: 86d28b070927
About: isolation splits a free block with the order that it read without the lock
Fix: 86d28b070927 "mm: split free page with properly free memory accounting and without race" (5.19)
Reported-by: Zi Yan
File: mm/page_alloc.c
Function: split_free_page
Until: 6.9
Catches: the kernel's list corruption check, order-mismatch, owned-twice
Preemptions: 1
Operations: 2 (set-up included)

  CPU0                                  CPU1
  1. isolate: a free block reaches over
     the boundary; read its order
                                        2. allocate from it
  3. take the zone lock, take the block
     off its list and free its parts,
     as if it were still there
*/

@@
expression page, order;
statement gone;
@@
 int split_free_page(...)
 {
 	<...
-	if (!PageBuddy(page) || buddy_order(page) != order)
-		gone
 	...>
 }
