// SPDX-License-Identifier: GPL-2.0
/*
Revert: retry-taken-for-a-page
Alias: 46437f9a554f
About: a batch lookup takes what tells it to look again for a page
Fix: 46437f9a554f "radix-tree: fix race in gang lookup" (4.5)
Introduced-by: cebbd29e1c2f
Reported-by: Matthew Wilcox
File: mm/filemap.c
Function: find_get_entry
Catches: a wild access
Preemptions: 1
Operations: 4 (set-up included)

Then it was a node of a tree that grew; what a reader has to look out for stands
in a tree that shrinks now.

  CPU0                                  CPU1
  1. look up pages from 0 on: the root
     is a node; slot 0 is next
                                        2. remove all but the page at 0:
                                           that is the root now, and in the
                                           old one stands "again"
  3. load slot 0, take a reference on it
*/

@@
expression xas, folio;
identifier again;
@@
 find_get_entry(...)
 {
 	<...
-	if (xas_retry(xas, folio))
-		goto again;
 	...>
 }
