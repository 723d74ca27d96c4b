// About: a writer does not wait for readers to leave
// Program: rwlock
// File: include/ck_rwlock.h
// SPDX-License-Identifier: MIT
@@
expression rw;
@@
 ck_rwlock_write_lock(...)
 {
 <...
-while (ck_pr_load_uint(&rw->n_readers) != 0)
-	ck_pr_stall();
 ...>
 }
