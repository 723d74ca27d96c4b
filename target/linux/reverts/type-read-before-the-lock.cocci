// SPDX-License-Identifier: GPL-2.0
/*
Revert: type-read-before-the-lock
Alias: 55612e80e722
About: a free reads the type of its pageblock, and then takes the zone lock
Fix: 55612e80e722 "mm: page_alloc: close migratetype race between freeing and stealing" (6.10)
Reported-by: Vlastimil Babka
File: mm/page_alloc.c
Since: 6.10
Function: free_one_page
Catches: the kernel's VM_WARN_ONCE in __del_page_from_free_list()
Preemptions: 1
Operations: 5 (set-up included)

What the fix was for is a steal, which needs more than one mobility; isolation
changes the type of a pageblock under the same lock.

  CPU0                                  CPU1
  1. free P: read the type of its
     pageblock
                                        2. isolate the pageblock, or end its
                                           isolation
  3. take the zone lock, put P on the
     list of the old type
*/

@@
expression zone, page, pfn, order, fpi;
@@
 void free_one_page(...)
 {
+	int mt = get_pfnblock_migratetype(page, pfn);
 	...
-	split_large_buddy(zone, page, pfn, order, fpi);
+	__free_one_page(page, pfn, zone, order, mt, fpi);
 	...
 }
