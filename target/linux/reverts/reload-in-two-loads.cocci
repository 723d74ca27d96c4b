// SPDX-License-Identifier: GPL-2.0
/*
Revert: reload-in-two-loads
About: OPEN: a lookup beside the split of a shadow entry returns the folio of another index
Fix: none in 6.12.117; callers could ask folio_contains(), or xas_reload() look at the sibling once more, behind smp_rmb()
File: glue/operations.c
Function: add
Catches: wrong-page; VM_BUG_ON in __filemap_get_folio(), if the folio is to be locked
Preemptions: 3
Operations: 4 (set-up included)

In the kernel as it is: what goes is the grace period that our operation waits
for before a folio is added where a larger one, or what it left, still stands.

  CPU0                                  CPU1
  1. look up index 1: a sibling, of
     slot 0, where large folio P stands
                                        2. reclaim P: its shadow entry stays
                                           in slot 0, the siblings stay
                                        3. allocate P, one page, and add it
                                           at index 0: count 1, then 2
  4. take a reference to P: succeeds
  5. look at slot 1 again: a sibling,
     of slot 0
                                        6. split the shadow entry, store P
                                           in slot 0
  7. look at slot 0 again: P. Return P
     as the folio at index 1
*/

@@ expression index, order; @@
 add(...)
 {
 	...
-	linux_wait_for_lookups(index, order);
 	...
 }
