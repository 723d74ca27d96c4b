// SPDX-License-Identifier: GPL-2.0
/*
Barrier: drain-without-mb
Sanitizer: weak-memory
About: which drain is under way may be read before own batches are seen
File: mm/swap.c|mm/folio.c
Function: __lru_add_drain_all
Catches:

What was put into batches first, then a look at which drain is under way.
*/

@@
identifier gen;
@@
 __lru_add_drain_all(...)
 {
 	...
-	smp_mb();
 	gen = smp_load_acquire(...);
 	...
 }
