// SPDX-License-Identifier: GPL-2.0
/*
Barrier: woken-without-release
Sanitizer: weak-memory
About: a waiter may be told that it is woken before that is true
File: mm/filemap.c
Function: wake_page_function
Catches:

What was waited for first, then the flag of who waits.
*/

@@
expression what;
@@
 wake_page_function(...)
 {
 	...
-	smp_store_release(&wait->flags, what);
+	WRITE_ONCE(wait->flags, what);
 	...
 }
