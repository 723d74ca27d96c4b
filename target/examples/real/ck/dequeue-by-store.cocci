// About: a consumer takes its slot without a look at who else did
// Program: ring_mpmc
// File: include/ck_ring.h
// SPDX-License-Identifier: MIT
@@
identifier f = {_ck_ring_dequeue_mc};
expression ring, consumer;
@@
 f(...)
 {
 <...
-ck_pr_cas_uint_value(&ring->c_head, consumer, consumer + 1, &consumer) == false
+(ck_pr_store_uint(&ring->c_head, consumer + 1), false)
 ...>
 }
