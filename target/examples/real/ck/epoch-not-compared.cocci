// About: readers in an older epoch hold nobody up
// Program: epoch
// File: src/ck_epoch.c
// SPDX-License-Identifier: MIT
@@
expression E1, E2;
identifier cr;
@@
 ck_epoch_scan(...)
 {
 <...
-if (E1 != 0 && ck_pr_load_uint(&cr->epoch) != E2) return cr;
 ...>
 }
