// About: a remote free changes the page's word by a store
// Program: remote_free
// File: src/alloc.c
// SPDX-License-Identifier: MIT
@@
expression E1, E2, E3;
@@
 _mi_free_block_mt(...)
 {
 <...
-mi_atomic_cas_weak_release(E1, E2, E3)
+(mi_atomic_store_release(E1, E3), 1)
 ...>
 }
