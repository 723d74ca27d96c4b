// SPDX-License-Identifier: GPL-2.0
/*
Revert: isolation-tries-for-ever
Alias: 88ee134320b8
About: who isolates moves a folio out of the way, does not find what it left, and tries again
Fix: 88ee134320b8 "mm: fix a potential infinite loop in start_isolate_page_range()" (5.19)
Introduced-by: b2c9e2fbba32
Reported-by: Qian Cai
File: mm/page_isolation.c glue/isolation.c
Function: isolate_single_pageblock linux_isolate linux_contig
Until: 6.9
Catches: stuck
Preemptions: 0
Operations: 4 (set-up included)

A folio has to be larger than a pageblock. What goes besides is our signal, which would
end the loop (size-of-a-folio-being-split). Its commit speaks of an allocation of the block
that was left; so it goes, too, where none was left.

  CPU0                                  CPU1
                                        1. have a reference to a folio; it
                                           leaves the file
  2. isolate a pageblock: the folio
     reaches over its boundary, and is
     to be moved; it is passed over, as
     a page without a mapping that
     somebody has, and that is success
  3. look for the free block; there is
     none: look at the folio again
*/

@@
identifier order;
expression most;
@@
 int isolate_single_pageblock(...)
 {
 	<...
 	if (++order >= most)
-		goto failed;
+	{ outer_pfn = pfn; break; }
 	...>
 }

@@ @@
 void linux_isolate(...)
 {
 	...
-	linux_patience(PATIENCE);
 	...
 }

@@ @@
 void linux_contig(...)
 {
 	...
-	linux_patience(PATIENCE);
 	...
 }
