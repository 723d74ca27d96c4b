// SPDX-License-Identifier: GPL-2.0
/*
Revert: count-after-the-unlock
Alias:
About: MUTATION: a page taken off a per-CPU list is counted off after pcp->lock is dropped
Fix: none: the kernel never lacked it
File: mm/page_alloc.c
Function: __rmqueue_pcplist rmqueue_pcplist
Catches: cpu-counts-other-pages, a walk past the last list; with plain accesses as access points
Preemptions: 1
Operations: 3 (set-up included)

Not a known historical bug. With the lock dropped the subtraction is two
accesses, neither of which is marked: between two access points it is one step,
and comes right. See target/mistakes/count-after-the-unlock.patch for the core's.

  CPU0, a task                          CPU0, another
  1. alloc: take the page off the list,
     drop pcp->lock; load pcp->count
                                        2. free: put a page on the list,
                                           pcp->count is one more
  3. store what was loaded less one:
     no drain will ever look for it
*/

@@
expression pcp, order;
@@
 __rmqueue_pcplist(...)
 {
 	<...
-	pcp->count -= 1 << order;
 	...>
 }

@@
expression page, zone, order, type, flags, pcp, list;
@@
 page = __rmqueue_pcplist(zone, order, type, flags, pcp, list);
 pcp_spin_unlock(pcp);
+if (page)
+	pcp->count -= 1 << order;
