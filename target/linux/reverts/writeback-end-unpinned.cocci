// SPDX-License-Identifier: GPL-2.0
/*
Revert: writeback-end-unpinned
Alias: 073861ed77b6
About: the end of writeback wakes the waiters of a folio that it does not hold
Fix: 073861ed77b6 "mm: fix VM_BUG_ON(PageTail) and BUG_ON(PageWriteback)" (5.10)
Introduced-by: 2a9127fcf229 made it likely
Reported-by: syzbot, Qian Cai
File: mm/filemap.c
Function: folio_end_writeback
Catches: the kernel's VM_BUG_ON on a page flag of a tail
Preemptions: 1
Operations: 5 (set-up included)

Writeback has no reference of its own: it relies on truncation, which waits
for the end of it.

  CPU0                                  CPU1
  1. end writeback of P: clear the flag
                                        2. remove P from the cache: no
                                           writeback, nothing to wait for
                                        3. free P, allocate a compound block
                                           in which P is a tail
  4. look at the flags of P, wake its
     waiters
*/

@@
identifier folio;
@@
 void folio_end_writeback(struct folio *folio)
 {
 	...
-	folio_get(folio);
 	...
-	folio_put(folio);
 }
