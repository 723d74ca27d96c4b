// About: a writer waits for one new epoch where it takes two
// Program: epoch
// File: src/ck_epoch.c
// SPDX-License-Identifier: MIT
@@
identifier i;
@@
 ck_epoch_synchronize_wait(...)
 {
 <...
-i < CK_EPOCH_GRACE - 1
+i < CK_EPOCH_GRACE - 2
 ...>
 }
