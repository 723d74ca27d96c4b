// SPDX-License-Identifier: GPL-2.0
/*
Revert: unmapped-and-still-counted
Alias:
About: MUTATION: the node goes on counting a page that nobody maps any more
Fix: none: this removes a step of page_remove_file_rmap()
File: mm/rmap.c
Function: page_remove_file_rmap
Until: 6.1
Catches: mapped-pages-miscounted
Preemptions: 0
Operations: 2 (set-up included)

Not a known historical bug.

  CPU0
  1. map page P of the file: the node counts one page that is mapped
  2. unmap it: the node counts one
*/

@@
identifier nr;
expression page;
@@
 page_remove_file_rmap(...)
 {
 	<...
-	if (nr)
-		__mod_lruvec_page_state(page, NR_FILE_MAPPED, -nr);
+	(void)nr;
 	...>
 }
