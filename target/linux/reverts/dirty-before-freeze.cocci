// SPDX-License-Identifier: GPL-2.0
/*
Revert: dirty-before-freeze
Alias:
About: MUTATION: reclaim asks whether a folio is dirty before it freezes the count
Fix: none: this swaps two steps whose order __remove_mapping() explains
File: mm/vmscan.c
Function: __remove_mapping
Catches: the kernel's WARN_ON in filemap_unaccount_folio()
Preemptions: 1
Operations: 4 (set-up included)

Not a known historical bug.

  CPU0                                  CPU1
                                        1. holds a reference on P
  2. reclaim of P: it is clean
                                        3. write to P, mark it dirty, put
  4. freeze the count: as expected
  5. remove P from the cache: what was
     written is lost
*/

@@
expression folio, refcount;
identifier cannot_free;
statement dirty;
@@
 int __remove_mapping(...)
 {
 	...
+	if (folio_test_dirty(folio))
+		goto cannot_free;
 	if (!folio_ref_freeze(folio, refcount))
 		goto cannot_free;
-	if (unlikely(folio_test_dirty(folio)))
-		dirty
 	...
 }
