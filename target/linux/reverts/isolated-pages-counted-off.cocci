// SPDX-License-Identifier: GPL-2.0
/*
Revert: isolated-pages-counted-off
Alias: 2139cbe627b8
About: who takes free pages of an isolated pageblock counts them off, which isolation has done
Fix: 2139cbe627b8 "cma: fix counting of isolated pages" (3.7)
Reported-by: Bartlomiej Zolnierkiewicz
File: mm/page_alloc.c
Until: 6.9
Function: __isolate_free_page
Catches: free-pages-miscounted
Preemptions: 0
Operations: 1 (set-up included)

One half of that commit: that isolation takes the pages off NR_FREE_PAGES stays.

  CPU0
  1. isolate a pageblock: its free pages
     are taken off NR_FREE_PAGES
  2. take them off their list, for a
     range that is wanted: once more
*/

@@
expression mt, zone, nr;
@@
 int __isolate_free_page(...)
 {
 	...
 	if (!is_migrate_isolate(mt)) {
 		...
-		__mod_zone_freepage_state(zone, nr, mt);
 	}
+	__mod_zone_freepage_state(zone, nr, mt);
 	...
 }
