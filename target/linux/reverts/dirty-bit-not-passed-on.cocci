// SPDX-License-Identifier: GPL-2.0
/*
Revert: dirty-bit-not-passed-on
Alias:
About: MUTATION: as clean-without-protecting, and who unmaps a page does not look whether it was stored to
Fix: none: this removes a step of page_vma_mkclean_one() and one of zap_pte_range()
File: mm/rmap.c mm/memory.c
Function: page_vma_mkclean_one zap_pte_range
Until: 6.1
Catches: a-store-was-forgotten, a-store-would-be-forgotten
Preemptions: 0
Operations: 4 (set-up included)

Not a known historical bug.

  CPU0
  1. a write fault makes page P dirty, and lets the CPU store to it
  2. P is written to the disk, and clean
  3. the CPU stores to P, and sets the dirty bit of its entry
  4. P is unmapped, and is a clean page that says other than the disk
*/

@@
identifier entry;
@@
 page_vma_mkclean_one(...)
 {
 	<...
-	entry = pte_wrprotect(entry);
 	...>
 }

@@
expression page;
@@
 zap_pte_range(...)
 {
 	<...
-	set_page_dirty(page);
 	...>
 }
