// About: the owner takes the heap's list of remote frees by a store
// Program: remote_free
// File: src/page.c
// SPDX-License-Identifier: MIT
@@
@@
 _mi_heap_delayed_free_partial(...)
 {
 <...
-mi_atomic_cas_ptr_weak_acq_rel(...)
+(atomic_store(&heap->thread_delayed_free, 0), 1)
 ...>
 }
