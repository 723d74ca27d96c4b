// SPDX-License-Identifier: GPL-2.0
/*
Revert: drain-past-a-refill
Alias: 66eca1021a42
About: a drain reads the length of a per-CPU list without its lock and passes by
Fix: 66eca1021a42 "mm/page_alloc: fix pcp->count race between drain_pages_zone() vs __rmqueue_pcplist()" (6.11~)
Introduced-by: 4b23a68f9536
Reported-by: Yao Xingtao
File: mm/page_alloc.c
Function: drain_pages_zone
Catches: drain-left-some
Preemptions: 1
Operations: 2 (set-up included)

  CPU0                                  CPU1
  1. allocate: under the lock of its
     list, link a batch of pages; the
     length still says 0
                                        2. drain all lists: length 0, next
  3. add the batch to the length

The pages stay on the list after "drain all": isolation of their block fails
again and again. Nothing is lost, so the books see nothing. drain_all_pages()
looks at the length without a lock as well and may pass by; zone_pcp_disable(),
of memory that is to go offline, does not.
*/

@@
identifier pcp;
expression flags;
@@
 void drain_pages_zone(...)
 {
 	<...
+	if (!READ_ONCE(pcp->count))
+		return;
 	pcp_spin_lock_maybe_irqsave(pcp, flags);
 	...>
 }

@@
identifier pcp;
@@
 void drain_pages_zone(...)
 {
 	<...
+	if (!READ_ONCE(pcp->count))
+		return;
 	pcp_spin_lock_nopin(pcp);
 	...>
 }
