// SPDX-License-Identifier: GPL-2.0
/*
Barrier: unlock-without-release
Sanitizer: weak-memory
About: a folio may be unlocked before what was done under its lock is seen
File: mm/filemap.c
Function: folio_unlock
Until: 6.1
Catches:

What the lock protects first, then the lock.
*/

@@
expression bit, flags;
@@
 folio_unlock(...)
 {
 	<...
-	clear_bit_unlock_is_negative_byte(bit, flags)
+	(clear_bit(bit, flags), test_bit(PG_waiters, flags))
 	...>
 }
