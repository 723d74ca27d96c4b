// SPDX-License-Identifier: GPL-2.0
/*
Revert: drain-of-those-that-count
Alias: ec6e8c7e0314
About: who disables per-CPU lists drains those whose length is not 0, which it reads without their lock
Fix: ec6e8c7e0314 "mm, page_alloc: disable pcplists during memory offline" (5.11)
Reported-by: Pavel Tatashin, David Hildenbrand
File: mm/page_alloc.c
Function: zone_pcp_disable
Catches: drain-left-some
Preemptions: 1
Operations: 2 (set-up included)

One half of that commit, that all lists are drained, whatever their length; that
they stay empty is the other.

  CPU0                                  CPU1
  1. allocate: under the lock of its
     list, link a batch of pages; the
     length still says 0
                                        2. drain all lists: length 0, next
  3. add the batch to the length
*/

@@
expression zone;
@@
 void zone_pcp_disable(...)
 {
 	<...
-	__drain_all_pages(zone, true);
+	__drain_all_pages(zone, false);
 	...>
 }
