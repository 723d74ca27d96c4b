// SPDX-License-Identifier: GPL-2.0
/*
Barrier: unfreeze-without-release
Sanitizer: weak-memory
About: a frozen count is given back without release
File: include/linux/page_ref.h
Through: ref_unfreeze
Function: page_ref_unfreeze
Catches: warning-in-lru-add-page-tail

What was done while nobody could get a reference first, then the count.
*/

@@
expression count, refs;
@@
 page_ref_unfreeze(...)
 {
 	<...
-	atomic_set_release(count, refs);
+	atomic_set(count, refs);
 	...>
 }
