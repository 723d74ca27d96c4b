// SPDX-License-Identifier: GPL-2.0
/*
Revert: small-readahead-beside-a-truncation
Alias: 730633f0b7f9
About: readahead adds single pages while others cut the file off
Fix: 730633f0b7f9 "mm: Protect operations adding pages to page cache with invalidate_lock" (5.15)
Reported-by: Jan Kara
File: mm/readahead.c
Function: page_cache_ra_unbounded|do_page_cache_ra
Catches: the-last-version-was-lost
Preemptions: 2
Operations: 3 (set-up included)

As readahead-beside-a-truncation, where no large folio fits. It is one of the places that
the repair is in; another is the read of a page that is not there.
*/

@@
expression mapping;
@@
 page_cache_ra_unbounded(...)
 {
 	<...
(
-	filemap_invalidate_lock_shared(mapping);
|
-	filemap_invalidate_unlock_shared(mapping);
)
 	...>
 }

@@
expression mapping;
@@
 do_page_cache_ra(...)
 {
 	<...
(
-	filemap_invalidate_lock_shared(mapping);
|
-	filemap_invalidate_unlock_shared(mapping);
)
 	...>
 }
