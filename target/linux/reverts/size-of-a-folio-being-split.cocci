// SPDX-License-Identifier: GPL-2.0
/*
Revert: size-of-a-folio-being-split
About: OPEN: isolate_single_pageblock() takes a word of a page for the size of a folio
Fix: none in 6.12.117; to ask for its size under a reference, of which there is none while it is being split
File: glue/isolation.c glue/report.c
Function: linux_isolate linux_contig linux_warn
Catches: stuck in 6.1, WARN in isolate_single_pageblock() in 6.12
Preemptions: 1
Operations: 3 (set-up included)

In the kernel as it is: what goes is the signal that ends the loop, and the
exception that we make for the warning.

  CPU0                                  CPU1
  1. split_folio(F): its second page
     is a page of the file; the number
     of pages stood where its mapping
     or index stands now
                                        2. isolate a pageblock: F is a
                                           folio yet; how many pages?
  3. F is no folio any more
                                        4. 6.1: upper half of a pointer;
                                           migrate all pages from F to there;
                                           at the end of a zone with holes go
                                           round for ever
                                           6.12: an index; WARN, if it is
                                           large, and give up
*/

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

@@
expression by;
@@
 void linux_warn(...)
 {
 	<...
-	is_false_alarm(by) || is_half_split(by)
+	is_false_alarm(by)
 	...>
 }
