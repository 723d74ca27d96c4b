// SPDX-License-Identifier: GPL-2.0
/*
Revert: truncate-without-recheck
Alias:
About: MUTATION: truncation locks the folios that it found and does not ask whose they are now
Fix: none: this removes a test that find_lock_entries() makes after the lock
File: mm/filemap.c
Function: find_lock_entries
Catches: the kernel's VM_BUG_ON on a reference count, reference-count
Preemptions: 1
Operations: 3 (set-up included)

Not a known historical bug.

  CPU0                                  CPU1
  1. truncate: find folio P, take a
     reference
                                        2. remove P from the cache, drop the
                                           reference of the cache
  3. lock P, remove it once more, drop
     a reference that it does not have
*/

@@
identifier folio, mapping, unlock;
@@
 unsigned find_lock_entries(struct address_space *mapping, ...)
 {
 	<...
 	if (
-		folio->mapping != mapping ||
 		folio_test_writeback(folio))
 		goto unlock;
 	...>
 }
