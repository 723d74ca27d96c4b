// SPDX-License-Identifier: GPL-2.0
/*
Revert: size-of-a-tail
Alias: 547be963c99f
About: isolation takes one page for the size of the folio in whose midst it has arrived
Fix: 547be963c99f "mm: page_isolation: use compound_nr() correctly in isolate_single_pageblock()" (5.19)
Introduced-by: b2c9e2fbba32
Reported-by: Anshuman Khandual
File: mm/page_isolation.c
Until: 7.2
Function: isolate_single_pageblock
Catches: stuck
Preemptions: 1
Operations: 4 (set-up included)

  CPU0                                  CPU1
  1. isolate a pageblock: P is free, one
     page
                                        2. free its neighbour: they merge;
                                           allocate both, compound
  3. on to the page behind P: a tail;
     the head and one page: on to the
     page behind P, for ever
*/

@@
identifier head;
@@
 int isolate_single_pageblock(...)
 {
 	<...
-	compound_nr(head)
+	compound_nr(page)
 	...>
 }
