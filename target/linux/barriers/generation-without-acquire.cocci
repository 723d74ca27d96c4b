// SPDX-License-Identifier: GPL-2.0
/*
Barrier: generation-without-acquire
Sanitizer: weak-memory
About: which drain is under way may be read after the lock is taken
File: mm/swap.c|mm/folio.c
Function: __lru_add_drain_all
Catches:

Which drain is under way first, then the lock.
*/

@@
expression gen;
@@
 __lru_add_drain_all(...)
 {
 	<...
-	smp_load_acquire(&gen)
+	READ_ONCE(gen)
 	...>
 }
