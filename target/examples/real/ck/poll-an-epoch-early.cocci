// About: objects of the epoch before are freed while readers may be in it
// Program: epoch
// File: src/ck_epoch.c
// SPDX-License-Identifier: MIT
@@
identifier f = {ck_epoch_poll_deferred};
expression record, epoch, deferred;
@@
 f(...)
 {
 <...
-ck_epoch_dispatch(record, epoch - 2, deferred)
+ck_epoch_dispatch(record, epoch - 1, deferred)
 ...>
 }
