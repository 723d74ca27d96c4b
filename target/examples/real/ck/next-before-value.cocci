// About: an entry is linked before its value is in it
// Program: fifo_spsc
// File: include/ck_fifo.h
// SPDX-License-Identifier: MIT
@@
expression E1, E2, E3;
@@
 ck_fifo_spsc_enqueue(...)
 {
-E1->value = E2;
 ...
 E3->tail = E1;
+E1->value = E2;
 ...
 }
