// SPDX-License-Identifier: GPL-2.0
/*
Revert: batch-takes-a-sibling
Alias: cb995f4eeba9
About: a batched read takes the sibling entry of a large folio for a folio
Fix: cb995f4eeba9 "filemap: Handle sibling entries in filemap_get_read_batch()" (5.19)
Introduced-by: cbd59c48ae2b
Reported-by: CVE-2022-49699
File: mm/filemap.c
Function: filemap_get_read_batch
Catches: use-after-free, or a wild access
Preemptions: 1
Operations: 4 (set-up included)

  CPU0                                  CPU1
  1. batched read: take the small folio
     at index i, step to i + 1
                                        2. remove the folio at i
                                        3. add a large folio over i, i + 1, ...
  4. load the entry at i + 1: a sibling,
     a small number that is no pointer
  5. take a reference on it
*/

@@
identifier folio;
@@
 void filemap_get_read_batch(...)
 {
 	<...
-	if (xa_is_sibling(folio))
-		break;
 	...>
 }
