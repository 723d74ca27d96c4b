// SPDX-License-Identifier: GPL-2.0
/*
Revert: isolated-twice
Alias: 2c7452a075d4
About: who isolates a pageblock does not ask whether it is isolated already
Fix: 2c7452a075d4 "mm/page_isolation.c: make start_isolate_page_range() fail if already isolated" (4.17)
Reported-by: Mike Kravetz
File: mm/page_isolation.c
Function: set_migratetype_isolate
Catches: free-pages-miscounted, isolated-block-on-a-wrong-list
Preemptions: 0
Operations: 2 (set-up included)

  CPU0                                  CPU1
  1. isolate a pageblock
                                        2. isolate it again: its free pages are
                                           taken off NR_FREE_PAGES once more
                                        3. end of isolation: that of CPU0 too
  4. goes on with pages that others may
     have
*/

@@
iterator name scoped_guard;
expression page;
statement busy;
@@
 int set_migratetype_isolate(...)
 {
 	<...
-	if (is_migrate_isolate_page(page))
-		busy
 	...>
 }
