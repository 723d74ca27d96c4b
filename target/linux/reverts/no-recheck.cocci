// SPDX-License-Identifier: GPL-2.0
/*
Revert: no-recheck
Alias:
About: MUTATION: a lookup trusts the entry that it loaded before its reference
Fix: none: this removes a step that e286781d5f2e "mm: speculative page references" (2.6.27) documents as essential
File: mm/filemap.c
Function: mapping_get_entry|filemap_get_entry find_get_entry filemap_get_folios_contig filemap_get_read_batch next_uptodate_page|next_uptodate_folio
Catches: wrong-page
Preemptions: 1
Operations: 4 (set-up included)

Not a known historical bug.

  CPU0                                  CPU1
  1. lookup i: load the entry, folio P
                                        2. remove P, free it
                                        3. allocate P again, for something else
  4. take a reference: succeeds
  5. return P as the folio at i
*/

@@
expression xas;
identifier folio;
statement again;
@@
-if (unlikely(folio != xas_reload(xas)))
-	again
