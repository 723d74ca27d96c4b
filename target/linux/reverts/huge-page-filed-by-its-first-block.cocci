// SPDX-License-Identifier: GPL-2.0
/*
Revert: huge-page-filed-by-its-first-block
About: OPEN: a CPU's list gives a huge page back to the list of the type of its first pageblock
Fix: none in 7.3.4; to take it apart at its pageblocks, as other frees do (split_large_buddy())
File: glue/check.c
Function: linux_huge_page_misfiled
Since: 7.0
Catches: isolated-block-on-a-wrong-list, free-pages-miscounted, warning-in-set-pageblock-migratetype
Preemptions: 1
Operations: 3 (set-up included)

In the kernel as it is, with CONFIG_PAGE_BLOCK_MAX_ORDER less than the order of a huge
page: what goes is the exception that we make for it.

  CPU0                                  CPU1
  1. isolate the second pageblock of
     a huge page
                                        2. free the huge page: the first of its
                                           pageblocks is movable, so that it goes
                                           to the list of the CPU
  3. drain that list: all of the page
     goes to those that are movable, the
     isolated pageblock with it, which
     anybody gets now
*/

@@
typedef bool;
expression said;
@@
 bool linux_huge_page_misfiled(...)
 {
 	...
-	return said;
+	return false;
 }
