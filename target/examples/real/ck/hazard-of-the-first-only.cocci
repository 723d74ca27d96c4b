// About: who lost a race for one entry goes for the next without a hazard pointer at it
// Program: hp_stack
// File: include/ck_hp_stack.h
// SPDX-License-Identifier: MIT
@@
expression record, entry;
identifier update;
@@
 ck_hp_stack_pop_mpmc(...)
 {
 <...
 if (entry == NULL) return NULL;
-ck_hp_set_fence(record, 0, entry);
 update = ...;
 ...>
 }
