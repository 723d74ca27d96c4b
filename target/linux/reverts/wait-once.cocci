// SPDX-License-Identifier: GPL-2.0
/*
Revert: wait-once
Alias: c2407cf7d22d
About: who waits for writeback takes the first wake-up for the end of it
Fix: c2407cf7d22d "mm: make wait_on_page_writeback() wait for multiple pending writebacks" (5.11)
Introduced-by: 2a9127fcf229
Reported-by: syzbot
File: mm/page-writeback.c
Function: folio_wait_writeback
Catches: the kernel's bad_page(): freed with a flag set
Preemptions: 1
Operations: 5 (set-up included)

  CPU0                                  CPU1
  1. wait for the writeback of P: sleep
                                        2. end of writeback: wake CPU0
                                        3. start the next writeback of P
  4. go on as if no writeback were
     under way: remove P, free it
*/

@@
identifier folio;
statement sleep;
@@
 void folio_wait_writeback(struct folio *folio)
 {
 	...
-	while
+	if
 	(folio_test_writeback(folio))
 		sleep
 	...
 }
