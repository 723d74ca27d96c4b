// SPDX-License-Identifier: GPL-2.0
/*
Revert: reclaim-without-freeze
Alias:
About: MUTATION: reclaim freezes a reference count in two steps, a look and a store
Fix: none: this removes a step that e286781d5f2e "mm: speculative page references" (2.6.27) documents as essential
File: mm/vmscan.c
Function: __remove_mapping
Catches: free-of-page-in-use, reference-count
Preemptions: 1
Operations: 2 (set-up included)

Not a known historical bug.

  CPU0                                  CPU1
  1. reclaim of P: the count is that of
     the cache and its own
                                        2. lookup: take a reference, the entry
                                           is still there: return P
  3. store 0: the reference of the lookup
     is gone
  4. remove P from the cache, free it
*/

@@
expression folio, refcount;
statement busy;
@@
 int __remove_mapping(...)
 {
 	<...
 	if (
-		!folio_ref_freeze(folio, refcount)
+		folio_ref_count(folio) != refcount
 		)
 		busy
+	folio_set_count(folio, 0);
 	...>
 }
