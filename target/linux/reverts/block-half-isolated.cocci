// SPDX-License-Identifier: GPL-2.0
/*
Revert: block-half-isolated
Alias: fd919a85cd55
About: KNOWN: pages are allocated from a pageblock that is isolated
Fix: fd919a85cd55 "mm: page_isolation: prepare for hygienic freelists" (6.10)
File: glue/check.c
Function: linux_check
Until: 6.9
Catches: free-pages-miscounted, isolated-block-on-a-wrong-list
Preemptions: 1
Operations: 2

In the kernel as it is: what goes is the silence of our last word at quiescence.

  CPU0                                  CPU1
  1. isolate a pageblock, in which the
     second half of a free block lies;
     drop the zone lock
                                        2. allocate from the block: its second
                                           half goes to the list of movable
                                           blocks
  3. look for the free block that is to
     be split: gone
  4. end the isolation: add pages to the
     zone's count that were never taken
     off it
*/

@@
expression wrong;
@@
 const char *linux_check(...)
 {
 	<...
-	wrong && !blocks_straddle()
+	wrong
 	...>
 }
