// SPDX-License-Identifier: GPL-2.0
/*
Revert: retry-in-a-readahead-batch
Alias: 4349a83a3190
About: who takes a batch of pages to read takes what tells it to look again for one
Fix: 4349a83a3190 "mm: fix readahead_page_batch for retry entries" (5.10)
Introduced-by: 042124cc64c3
Reported-by: David Sterba, Wonhyuk Yang
File: include/linux/pagemap.h
Through: __readahead_batch
Function: __readahead_batch
Catches: a wild access
Preemptions: 1
Operations: 3 (set-up included)

  CPU0                                  CPU1
  1. read ahead: add page 0, take a
     batch of what was added: the root
     of the tree is a node
                                        2. remove all but the page at 0:
                                           that is the root now, and in the
                                           old one stands "again"
  3. load slot 0: that is to be read
*/

@@
expression xas, folio;
@@
 __readahead_batch(...)
 {
 	<...
-	if (xas_retry(xas, folio))
-		continue;
 	...>
 }
