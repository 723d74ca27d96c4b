// SPDX-License-Identifier: GPL-2.0
/*
Revert: count-after-the-unlock
Alias:
About: MUTATION: a page taken off a per-CPU list is counted off after pcp->lock is dropped
Fix: none: the kernel never lacked it
File: mm/page_alloc.c
Function: __rmqueue_pcplist rmqueue_pcplist
Catches: the kernel's VM_BUG_ON in pindex_to_order(), where plain accesses are access points
Preemptions: 1
Operations: 2 (set-up included)

Not a known historical bug. With the lock dropped the subtraction is two
accesses, neither of which is marked: between two access points it is one step,
and comes right. See target/mistakes/count-after-the-unlock.patch for the core's.

  CPU0                                  CPU1
  1. alloc: take the page off the list,
     drop pcp->lock
                                        2. drain_all: take pcp->lock of CPU0,
                                           count is 1, no list has a page:
                                           look for it past the last list
  3. load pcp->count, store it less one
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
