// SPDX-License-Identifier: GPL-2.0
/*
Revert: fault-without-recheck
Alias:
About: MUTATION: a page fault that has locked a folio does not ask whose it is now
Fix: none: this removes a test that filemap_fault() makes after the lock
File: mm/filemap.c
Function: filemap_fault
Catches: mapped-and-not-in-the-file, a-store-was-forgotten, page-loss
Preemptions: 1
Operations: 3 (set-up included)

Not a known historical bug.

  CPU0                                  CPU1
  1. fault: find folio P, take a
     reference
                                        2. lock P, remove it from the file,
                                           unlock it
  3. lock P, map it: who stores there
     stores into what no file has
*/

@@
identifier folio, mapping, again;
@@
 filemap_fault(...)
 {
 	<...
-	if (unlikely(folio->mapping != mapping)) {
-		folio_unlock(folio);
-		folio_put(folio);
-		goto again;
-	}
 	...>
 }
