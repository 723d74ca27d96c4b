// SPDX-License-Identifier: GPL-2.0
/*
Revert: locked-before-the-reference
Alias: 3203b3ab0fcf
About: KNOWN: a fault asks whether a folio is locked that it has no reference to
Fix: 3203b3ab0fcf "mm/filemap: don't call folio_test_locked() without a reference in next_uptodate_folio()" (6.13)
File: glue/report.c
Function: linux_bug
Until: 6.12
Catches: VM_BUG_ON in folio_test_locked()
Preemptions: 1
Operations: 5 (set-up included)

In the kernel as it is: what goes is that a run ends there, and says nothing.

  CPU0                                  CPU1
  1. a fault maps what is there around
     its page: it finds folio F
                                        2. F is reclaimed
                                        3. its page is a tail of another's block
  4. is F locked?
*/

@@
identifier function;
@@
 linux_bug(const char *function)
 {
-	if (is_asked_too_early(function)) machine_exit();
 	...
 }
