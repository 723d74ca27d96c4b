// SPDX-License-Identifier: GPL-2.0
/*
Revert: warning-of-a-late-lookup
About: OPEN: free_contig_range() warns of a page that nobody uses
Fix: none in 6.12.117; what was asked for by start and count may be put without a look
File: glue/report.c
Function: linux_warn
Until: 6.19
Catches: WARN in free_contig_range()
Preemptions: 3
Operations: 5 (set-up included)

In the kernel as it is: what goes is the exception that we make for this one
warning. A lookup takes its reference before it knows whose page it is.

  CPU0                                  CPU1
                                        1. look up P in the cache; not yet
                                           a reference
  2. P leaves the cache, and is free;
     alloc_contig_range() takes it
                                        3. take a reference on P: 2
  4. free_contig_range(): the count is
     not 1: WARN
                                        5. P is not the page that was looked
                                           for: put it
*/

@@
expression by;
@@
 void linux_warn(...)
 {
 	<...
-	is_false_alarm(by) || is_half_split(by)
+	is_half_split(by)
 	...>
 }
