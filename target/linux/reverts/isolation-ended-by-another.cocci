// SPDX-License-Identifier: GPL-2.0
/*
Revert: isolation-ended-by-another
About: OPEN: an alloc_contig_range() that fails ends isolation that another caller began
Fix: none in 6.12.117; return, not goto done, where start_isolate_page_range() fails
File: glue/isolation.c
Function: linux_contig
Catches: VM_BUG_ON in isolate_single_pageblock()
Preemptions: 1
Operations: 2

In the kernel as it is: what goes is the turn that our operations wait for, and
that cma_alloc() has its mutex for. start_isolate_page_range() promises that two
callers need none: the second is told -EBUSY.

  CPU0                                  CPU1
  1. isolate pageblock B; look at it
     again, as it is the last one too
                                        2. isolate B: it is isolated, -EBUSY
                                        3. at the end, as always: undo
                                           the isolation of B
  4. B is not isolated: VM_BUG_ON;
     without debugging: go on, while
     others get pages of B
*/

@@ @@
 void linux_contig(...)
 {
 	...
-	if (is_somebodys_turn())
-		return;
 	...
 }
