// SPDX-License-Identifier: GPL-2.0
/*
Barrier: generation-without-mb
Sanitizer: weak-memory
About: batches may be looked at before others know that they will be
File: mm/swap.c|mm/folio.c
Function: __lru_add_drain_all
Catches:

That a new drain is under way first, then a look at the batches.
*/

@@
expression gen, next;
@@
 __lru_add_drain_all(...)
 {
 	...
 	WRITE_ONCE(gen, next);
-	smp_mb();
 	...
 }
