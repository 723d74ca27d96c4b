// SPDX-License-Identifier: GPL-2.0
/*
Revert: isolated-count-wraps
Alias: 2da9f6305f30
About: pages that were reclaimed are taken off the count of isolated ones as four billion more
Fix: 2da9f6305f30 "mm/vmscan: fix NR_ISOLATED_FILE corruption on 64-bit" (5.10)
Introduced-by: 730ec8c01a2b
Reported-by: Nicholas Piggin
File: mm/vmscan.c
Function: reclaim_clean_pages_from_list
Catches: counted-as-isolated
Preemptions: 0
Operations: 3 (set-up included)

  CPU0
  1. alloc_contig_range(): clean pages of
     the cache that stand in its way are
     reclaimed; the negative of an unsigned
     int is added to a long
  2. alloc_contig_range() once more: too
     many pages are isolated; wait until
     there are fewer, for ever
*/

@@
expression zone, nr;
@@
 reclaim_clean_pages_from_list(...)
 {
 	<...
 	mod_node_page_state(zone, NR_ISOLATED_FILE,
-			    -(long)nr
+			    -nr
 			    );
 	...>
 }
