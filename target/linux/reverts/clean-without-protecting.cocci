// SPDX-License-Identifier: GPL-2.0
/*
Revert: clean-without-protecting
Alias:
About: MUTATION: who writes a page to the disk does not protect it from being stored to
Fix: none: this removes a step of page_vma_mkclean_one()
File: mm/rmap.c
Function: page_vma_mkclean_one
Catches: a-store-would-be-forgotten, a-store-was-forgotten
Preemptions: 0
Operations: 3 (set-up included)

Not a known historical bug.

  CPU0
  1. a write fault makes page P dirty, and lets the CPU store to it
  2. P is written to the disk, and clean
  3. the CPU stores to P, and nobody notices
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
