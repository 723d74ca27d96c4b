// SPDX-License-Identifier: GPL-2.0
/*
Revert: free-without-tail
Alias: e320d3012d25
About: __free_pages() forgets the tail of a block while somebody holds its head
Fix: e320d3012d25 "mm/page_alloc.c: fix freeing non-compound pages" (5.10, 5.9.2)
Reported-by: Matthew Wilcox; described by Linus Torvalds on 12 January 2021
Link: https://lore.kernel.org/lkml/CAHk-=wjWMieNV3nAJgoG5prEHBEcOZiREmLUr499tA9NMttEqQ@mail.gmail.com/
File: mm/page_alloc.c
Function: _?__free_pages
Catches: page-loss
Preemptions: 2
Operations: 5 (set-up included)

A lookup takes a passing reference on a folio that it found in the cache; by
then the page may be the first of somebody's non-compound block, whose order
nobody but its owner knows.

  CPU0                                  CPU1
  1. lookup: load the entry, page P
                                        2. remove P from the cache, free it
                                        3. allocate 2^k pages, not compound:
                                           P is the first
  4. take a reference: 1 -> 2
                                        5. __free_pages(P, k): 2 -> 1, done
  6. the entry has changed: put, 1 -> 0
  7. free P, one page

All pages of the block but P belong to nobody for ever.
*/

@@
identifier free =~ "^_*__free_pages$";
identifier page, order, head;
statement whole, tail;
@@
 void free(struct page *page, unsigned int order, ...)
 {
 	...
-	int head = PageHead(page);
 	...
 	if (put_page_testzero(page))
 		whole
-	else if (!head)
-		tail
 	...
 }
