// SPDX-License-Identifier: GPL-2.0
/*
Revert: fault-unlocks-an-unpinned-folio
About: OPEN: a fault that mapped a page wakes those who wait for a folio that is not its any more
Fix: none in 7.3.4; a reference around the unlock, as folio_end_writeback() has since 073861ed77b6
File: glue/mmap.c
Function: fault_and_pin
Catches: VM_BUG_ON in folio_clear_waiters()
Preemptions: 2
Operations: 8 (set-up included)

In the kernel as it is: what goes is the reference that our own fault has until it has
ended. finish_fault() leaves the one of filemap_fault() to the page table, and then
fault_dirty_shared_page(), or do_read_fault(), unlocks the folio.

  CPU0                           CPU1                           CPU2
  1. a store to a page of folio
     F that was not mapped: map
     it
                                                                2. wait for the lock
                                                                   of F
  3. clear the lock bit;
     somebody waits
                                 4. lock F, unmap it, take it
                                    out of the file, wake who
                                    waits, let go
                                                                5. F has gone: let go,
                                                                   which frees it
                                 6. allocate a block that F's
                                    first page is a tail of
  7. wake them; nobody waits any
     more: clear the bit that
     says so of F
*/

@@
expression folio, pin;
@@
 fault_and_pin(...)
 {
 	...
-	folio_get(folio);
-	pin = folio;
 	...
 }
