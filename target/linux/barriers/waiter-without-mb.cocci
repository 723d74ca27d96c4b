// SPDX-License-Identifier: GPL-2.0
/*
Barrier: waiter-without-mb
Sanitizer: weak-memory
About: a waiter may look whether it is woken before others see that it sleeps
File: mm/filemap.c
Function: folio_wait_bit_common
Catches: deadlock

That it sleeps first, then whether it is woken.
*/

@@
expression state;
@@
 folio_wait_bit_common(...)
 {
 	<...
-	set_current_state(state);
+	__set_current_state(state);
 	...>
 }
