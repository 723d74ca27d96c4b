// About: a reader that has counted itself does not look for a writer again
// Program: rwlock
// File: include/ck_rwlock.h
// SPDX-License-Identifier: MIT
@@
expression rw;
@@
 ck_rwlock_read_lock(...)
 {
 <...
-if (ck_pr_load_uint(&rw->writer) == 0) break;
+break;
 ...>
 }
