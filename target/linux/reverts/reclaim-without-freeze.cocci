// SPDX-License-Identifier: GPL-2.0
/*
Revert: reclaim-without-freeze
Alias:
About: MUTATION: reclaim looks at the reference count instead of freezing it
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
  3. remove P from the cache, set the
     count to its own one: the reference
     of the lookup is gone
  4. free P
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
 	...>
 }
