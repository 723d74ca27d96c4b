// About: entries are taken back without a look at how far the consumer is
// Program: fifo_spsc
// File: include/ck_fifo.h
// SPDX-License-Identifier: MIT
@@
expression fifo;
@@
 ck_fifo_spsc_recycle(...)
 {
 <...
-fifo->head_snapshot = ck_pr_load_ptr(&fifo->head);
+fifo->head_snapshot = fifo->tail;
 ...>
 }
