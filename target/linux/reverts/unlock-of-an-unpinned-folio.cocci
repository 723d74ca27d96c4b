// SPDX-License-Identifier: GPL-2.0
/*
Revert: unlock-of-an-unpinned-folio
About: OPEN: who ends a read wakes those who wait for a folio that is not his any more
Fix: none in 7.3.4; a reference around the unlock, as folio_end_writeback() has since 073861ed77b6
File: glue/compat_file.c
Function: linux_folio_filled
Catches: VM_BUG_ON in folio_clear_waiters()
Preemptions: 1
Operations: 6 (set-up included)

In the kernel as it is: what goes is the reference that our own end of a read has
while it unlocks. readahead_folio() gives back the one that the folio was added with,
so that a bio's end has none: ext4, mpage, iomap. A reader that waits gave his back, too
(folio_put_wait_locked()).

  CPU0                                  CPU1
  1. the disk is done: clear the lock
     bit of folio F; somebody waits
                                        2. lock F, take it out of the file;
                                           its last reference goes: free it
                                        3. allocate a block that F's first
                                           page is a tail of
  4. wake them; nobody waits any more:
     clear the bit that says so of F.
     Without debugging a wake may be
     spurious
*/

@@
expression folio;
@@
 void linux_folio_filled(...)
 {
 	<...
(
-	folio_get(folio);
|
-	folio_put(folio);
)
 	...>
 }
