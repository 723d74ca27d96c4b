// SPDX-License-Identifier: GPL-2.0
/*
Revert: late-head-read
Alias: 462a8e08e0e6
About: __free_pages() asks for the head flag after it gave up its reference
Fix: 462a8e08e0e6 "Fix page corruption caused by racy check in __free_pages" (6.2, 6.1.12, 5.15.94, 5.10.168)
Introduced-by: e320d3012d25
Reported-by: Chunwei Chen; foreseen in March 2021 by Johannes Weiner and Hugh Dickins; CVE-2023-52739
File: mm/page_alloc.c
Function: _?__free_pages
Catches: free-of-page-in-use, order-mismatch, owned-twice
Preemptions: 1
Operations: 4 (set-up included)

  CPU0                                  CPU1
  1. holds a reference on P, the head
     of a compound block
                                        2. __free_pages(P, k): 2 -> 1
  3. put: 1 -> 0, free the block, clear
     its head flag
                                        4. not a head: free the tail, again
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
 	else if (!
-		head
+		PageHead(page)
 		)
 		tail
 	...
 }
