// SPDX-License-Identifier: GPL-2.0
/*
Revert: read-of-a-truncated-folio
Alias: 8d056cb965b8
About: a read locks the folio that it found and does not ask whose it is now
Fix: 8d056cb965b8 "mm/vfs: revalidate page->mapping in do_generic_file_read()" (2.6.37~)
Reported-by: Dave Hansen
File: mm/filemap.c
Function: filemap_update_page
Catches: VM_BUG_ON in the read_folio() of the glue, which asks whose folio it gets
Preemptions: 1
Operations: 3 (set-up included)

  CPU0                                  CPU1
  1. read: find folio P, not up to date,
     take a reference
                                        2. truncate: remove P from the cache,
                                           its mapping is NULL
  3. lock P, read it in for a mapping
     that it does not belong to
*/

@@
identifier folio, unlock;
@@
 int filemap_update_page(...)
 {
 	<...
-	if (!folio->mapping)
-		goto unlock;
 	...>
 }
