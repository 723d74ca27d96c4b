// SPDX-License-Identifier: GPL-2.0
/*
Barrier: freeze-without-order
Sanitizer: weak-memory
About: a folio may be found clean before its count is frozen
File: mm/vmscan.c
Function: __remove_mapping
Catches:

The count first, then the flag of what is dirty.
*/

@@
expression folio, refcount;
@@
 __remove_mapping(...)
 {
 	<...
-	folio_ref_freeze(folio, refcount)
+	(atomic_cmpxchg_relaxed(&folio->_refcount, refcount, 0) == refcount)
 	...>
 }
