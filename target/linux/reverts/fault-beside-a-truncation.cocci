// SPDX-License-Identifier: GPL-2.0
/*
Revert: fault-beside-a-truncation
Alias: 730633f0b7f9
About: a page fault adds a page while others cut the file off
Fix: 730633f0b7f9 "mm: Protect operations adding pages to page cache with invalidate_lock" (5.15)
Introduced-by: older than git
Reported-by: Jan Kara
File: mm/filemap.c
Function: filemap_fault
Catches: the-last-version-was-lost
Preemptions: 2
Operations: 3 (set-up included)

As small-readahead-beside-a-truncation, by a page fault.

  CPU0                                  CPU1
  1. fault: look how long the file is
                                        2. truncate: the file is shorter; go
                                           past the pages behind its end, and
                                           find none
  3. add a folio there, and ask the disk
     for it, which has those blocks still
                                        4. the disk gives its blocks back
  5. the folio has what they held; when
     the file grows again that is in it
*/

@@
expression mapping;
@@
 filemap_fault(...)
 {
 	<...
(
-	filemap_invalidate_lock_shared(mapping);
|
-	filemap_invalidate_unlock_shared(mapping);
)
 	...>
 }
