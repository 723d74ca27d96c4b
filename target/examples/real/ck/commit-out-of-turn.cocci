// About: a producer does not wait for those before it
// Program: ring_mpmc
// File: include/ck_ring.h
// SPDX-License-Identifier: MIT
@@
identifier f = {_ck_ring_enqueue_mp};
expression ring, producer;
@@
 f(...)
 {
 <...
-while (ck_pr_load_uint(&ring->p_tail) != producer)
-	ck_pr_stall();
 ...>
 }
