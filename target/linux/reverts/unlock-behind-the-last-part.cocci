// SPDX-License-Identifier: GPL-2.0
/*
Revert: unlock-behind-the-last-part
Alias: e923bd21058e
About: a split lets go of the parts of a folio first, and then of a lock in their file
Fix: e923bd21058e "mm/huge_memory: unlock i_mmap_rwsem before releasing after-split folios" (7.2, 6.12.105, 6.1.187), CVE-2026-74482
Introduced-by: baa355fd3314 (4.8)
File: mm/huge_memory.c
Function: __split_huge_page|__folio_split
Catches: use-after-free
Preemptions: 1
Operations: 7 (set-up included)

  CPU0                                  CPU1
  1. memory failure in the last page of
     P, a large folio, which lies behind
     the end of its file: lock P, split
     it; that page leaves the cache, the
     others are unlocked
                                        2. evict: the file's pages are
                                           removed, its inode is freed
  3. unlock the file's i_mmap_rwsem
*/

@@
identifier split =~ "^(__split_huge_page|__folio_split)$";
expression from, to, step;
statement S;
@@
 split(...)
 {
 	<...
(
-	if (mapping)
-		i_mmap_unlock_read(mapping);
 	for (from; to; step)
 		S
+	if (mapping)
+		i_mmap_unlock_read(mapping);
|
-	if (mapping) {
-		i_mmap_unlock_read(mapping);
-		mapping = NULL;
-	}
)
 	...>
 }
