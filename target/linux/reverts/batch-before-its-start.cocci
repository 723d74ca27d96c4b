// SPDX-License-Identifier: GPL-2.0
/*
Revert: batch-before-its-start
About: OPEN: a batch lookup that begins inside a large folio returns pages before its start
Fix: none in 6.12.117; find_lock_entries() passes them over; xas_find() could go on from its index
File: glue/operations.c
Function: op_lookup_batch
Catches: wrong-page
Preemptions: 1
Operations: 3 (set-up included)

In the kernel as it is: what goes is the look that our operation takes at what
filemap_get_folios() returns.

  CPU0                                  CPU1
                                        1. look for pages from 2 on: at 2 is
                                           a sibling of the entry at 0
  2. split the folio at 0..3, remove
     its first page
                                        3. at 0 is nothing: on to 1, which
                                           is a page, and returned
*/

@@ expression folio, index, full; @@
 op_lookup_batch(...)
 {
 	<+...
-	is_before(folio, index) || full
+	full
 	...+>
 }
