// About: what is freed is compared with one hazard pointer less
// Program: hp_stack
// File: src/ck_hp.c
// SPDX-License-Identifier: MIT
@@
expression hazards;
identifier n_hazards;
@@
 ck_hp_member_cache(...)
 {
 <...
- *n_hazards = hazards;
+ *n_hazards = hazards > 0 ? hazards - 1 : 0;
 ...>
 }
