// SPDX-License-Identifier: GPL-2.0
/*
Revert: freed-under-a-lookup
About: OPEN, CODE CHANGED: cma_release() frees a page that a late lookup has a reference to
Fix: none in 7.3.4; d64080364c8d (7.0) put pages one by one, f4355d6bb39f (7.0) frees what is left all the same
Since: 7.0
File: glue/isolation.c glue/report.c mm/page_alloc.c
Function: linux_cma linux_warn is_check_pages_enabled
Catches: page-freed-twice
Preemptions: 4
Operations: 5 (set-up included)

In the kernel as it is: what goes is the grace period that our operation waits
for before it gives back what it has. A kernel without DEBUG_VM goes on behind a
warning, and does not check pages when they are freed: so that goes, too. With
DEBUG_VM it is a WARN, and bad_page().

  CPU0                                  CPU1
                                        1. look up P in the cache; not yet
                                           a reference
  2. cma_alloc(): P is moved elsewhere,
     free, and taken: count 1
                                        3. take a reference on P: 2
  4. cma_release(): put P, 2 -> 1: WARN,
     and free P all the same
                                        5. P is not the page that was looked
                                           for: put it, 1 -> 0: free P, again
*/

@@ @@
 linux_cma(...)
 {
 	<...
-	let_lookups_end();
 	...>
 }

@@
expression by;
@@
 void linux_warn(...)
 {
 	<...
-	is_half_split(by)
+	is_half_split(by) || !strcmp(by, "cma_release")
 	...>
 }

@@ @@
 is_check_pages_enabled(...)
 {
-	return static_branch_unlikely(&check_pages_enabled);
+	return false;
 }
