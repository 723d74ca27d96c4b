// About: the producer's index is stored before the slot that it speaks of
// Program: ring_spsc
// File: include/ck_ring.h
// SPDX-License-Identifier: MIT
@@
identifier f = {_ck_ring_enqueue_sp};
expression buffer, entry, ts, at, delta;
@@
 f(...)
 {
 <...
-memcpy(buffer, entry, ts);
 ck_pr_fence_store();
 ck_pr_store_uint(at, delta);
+memcpy(buffer, entry, ts);
 ...>
 }
