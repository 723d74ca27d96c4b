// SPDX-License-Identifier: GPL-2.0
/*
Revert: readahead-beside-a-truncation
Alias: 00fa15e0d564
About: readahead adds large folios while others cut the file off
Fix: 00fa15e0d564 "filemap: Fix serialization adding transparent huge pages to page cache" (5.19)
Introduced-by: 793917d997df
Reported-by: Alistair Popple
File: mm/readahead.c
Function: page_cache_ra_order
Catches: the-last-version-was-lost
Preemptions: 2
Operations: 3 (set-up included)

  CPU0                                  CPU1
  1. read ahead: look how long the
     file is
                                        2. truncate: the file is shorter; go
                                           past the pages behind its end, and
                                           find none
  3. add a folio there, and ask the disk
     for it, which has those blocks still
                                        4. the disk gives its blocks back
  5. the folio is filled with what they
     held; when the file grows again that
     is in it
*/

@@
expression mapping;
@@
 page_cache_ra_order(...)
 {
 	<...
(
-	filemap_invalidate_lock_shared(mapping);
|
-	filemap_invalidate_unlock_shared(mapping);
)
 	...>
 }
