// SPDX-License-Identifier: GPL-2.0
/*
Revert: write-fault-without-recheck
Alias:
About: MUTATION: a file system that makes a page writable does not ask whose it is by now
Fix: none: this removes a test that filemap_page_mkwrite() makes after the lock
File: mm/filemap.c
Function: filemap_page_mkwrite
Catches: mapped-and-not-in-the-file, a-store-was-forgotten, page-loss
Preemptions: 1
Operations: 3 (set-up included)

Not a known historical bug.

  CPU0                                  CPU1
  1. write fault: find folio P, lock it,
     see that it is in the file, unlock
     it for page_mkwrite()
                                        2. lock P, remove it from the file,
                                           unlock it
  3. lock P again, make it dirty, map it
     for writing
*/

@@
identifier folio, mapping;
expression ret, none;
identifier out;
@@
 filemap_page_mkwrite(...)
 {
 	<...
-	if (folio->mapping != mapping) {
-		folio_unlock(folio);
-		ret = none;
-		goto out;
-	}
 	...>
 }
