// SPDX-License-Identifier: GPL-2.0
/*
Revert: retry-at-a-rounded-index
Alias: 86da3f7e1e60
About: an add that has to get a node first goes on at the index and order of the split that it was in
Fix: 86da3f7e1e60 "mm/filemap: __filemap_add_folio() restore index before retrying" (7.2~, 7.1.9, 6.18.45)
Introduced-by: the splits by steps of 6.15
Reported-by: CVE-2026-74591
File: mm/filemap.c
Since: 6.15
Function: __filemap_add_folio
Catches: reference-count: it stands at more indices than it has references for
Preemptions: 1
Operations: 4 (set-up included)

  CPU0                                  CPU1
  1. add one page at an index that a
     shadow entry of a large folio covers:
     split the entry by one order, at the
     index rounded down to that
  2. no memory for a node: drop the lock,
     get one
                                        3. truncate: the entry is gone
  4. again, at the rounded index and with
     that order: there is nothing to
     split, store the page as a folio of
     that order

Whoever finds the entry again sets index and order anew, for the next split.
*/

@@
@@
 int __filemap_add_folio(...)
 {
 	<...
-	xas_set_order(&xas, index, forder);
 	...>
 }
