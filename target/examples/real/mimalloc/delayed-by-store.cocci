// About: a remote free is put into the heap's list by a store
// Program: remote_free
// File: src/alloc.c
// SPDX-License-Identifier: MIT
@@
@@
 _mi_free_block_mt(...)
 {
 <...
-mi_atomic_cas_ptr_weak_release(...)
+(atomic_store(&heap->thread_delayed_free, block), 1)
 ...>
 }
