// SPDX-License-Identifier: GPL-2.0
/*
Barrier: migration-without-acquire
Sanitizer: weak-memory
About: who waits for a migration may go on before it is woken
File: mm/filemap.c
Function: migration_entry_wait_on_locked|softleaf_entry_wait_on_locked
Catches:

That it is woken first, then what it waited for.
*/

@@
identifier wait_for =~ "^(migration|softleaf)_entry_wait_on_locked$";
@@
 wait_for(...)
 {
 	<...
-	smp_load_acquire(&wait->flags)
+	READ_ONCE(wait->flags)
 	...>
 }
