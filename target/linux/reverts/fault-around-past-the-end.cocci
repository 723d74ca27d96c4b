// SPDX-License-Identifier: GPL-2.0
/*
Revert: fault-around-past-the-end
Alias: 74207de2ba10
About: a fault maps the pages around it that are there, behind the file's end as well
Fix: 74207de2ba10 "mm/memory: do not populate page table entries beyond i_size" (6.18, 6.1.159), its part in filemap_map_pages()
Introduced-by: folio_more_pages() of large folios, 793917d997df and what came before
Reported-by: Kiryl Shutsemau
File: mm/filemap.c
Function: filemap_map_pages
Until: 6.1
Catches: mapped-behind-the-end
Preemptions: 0
Operations: 5 (set-up included)

Later trees ask for the end before they lock, and what comes of that is excused
(write-fault-behind-the-end), so that this does not show there.

  CPU0
  1. a large folio is dirty, and somebody has a reference to it
  2. truncate: the file ends in the middle of it; it cannot be split, and stays
  3. fault, in front of the end: map all pages of it that stand in the same window:
     who uses those behind the end is not told (SIGBUS)
*/

@@
identifier end, last;
@@
 filemap_map_pages(...)
 {
 	<...
-	if (end > last)
-		end = last;
 	...>
 }
