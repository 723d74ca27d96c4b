// About: after it has set its hazard pointer it does not look whether that was in time
// Program: hp_stack
// File: include/ck_hp_stack.h
// SPDX-License-Identifier: MIT
@@
expression target, entry;
@@
 ck_hp_stack_pop_mpmc(...)
 {
 <...
-entry != ck_pr_load_ptr(&target->head)
+0
 ...>
 }
