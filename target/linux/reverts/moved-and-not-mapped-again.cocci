// SPDX-License-Identifier: GPL-2.0
/*
Revert: moved-and-not-mapped-again
Alias:
About: MUTATION: what was mapped of a page that was moved is left as if it were on its way
Fix: none: this removes a step of __migrate_folio_move()
File: mm/migrate.c
Function: (__)?migrate_folio_move
Catches: left-to-be-moved, deadlock, stuck
Preemptions: 0
Operations: 3 (set-up included)

Not a known historical bug.

  CPU0
  1. page P of the file is mapped
  2. compaction moves it: it takes P out of the page table, with an entry there
     that has others wait, and does not put back what it is by then
*/

@@
identifier move =~ "^(__)?migrate_folio_move$";
expression was, src, dst, flags;
@@
 move(...)
 {
 	<...
-	if (was)
-		remove_migration_ptes(src, dst, flags);
 	...>
 }
