// About: the owner empties the list of remote frees by a store
// Program: remote_free
// File: src/page.c
// SPDX-License-Identifier: MIT
@@
expression at, old, new;
@@
 _mi_page_thread_free_collect(...)
 {
 <...
-mi_atomic_cas_weak_acq_rel(at, &old, new)
+(mi_atomic_store_release(at, new), 1)
 ...>
 }
