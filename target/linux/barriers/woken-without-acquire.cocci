// SPDX-License-Identifier: GPL-2.0
/*
Barrier: woken-without-acquire
Sanitizer: weak-memory
About: a waiter may go on before it is woken
File: mm/filemap.c
Function: folio_wait_bit_common
Catches:

That it is woken first, then what it waited for.
*/

@@
@@
 folio_wait_bit_common(...)
 {
 	<...
-	smp_load_acquire(&wait->flags)
+	READ_ONCE(wait->flags)
 	...>
 }
