// SPDX-License-Identifier: GPL-2.0
/*
Revert: reload-of-the-head
Alias:
About: MUTATION: the re-check of a lookup looks where the head of the folio stood
Fix: none: this removes a step that xas_reload() has for multi-index entries
File: include/linux/xarray.h
Through: xas_reload
Function: xas_reload
Catches: wrong-page
Preemptions: 1
Operations: 5 (set-up included)

Not a known historical bug. The question was asked in March 2026, in the
thread "mm/filemap: handle large folio split race in page cache lookups".

  CPU0                                  CPU1
  1. lookup of i + 1: a sibling, of
     slot i, where large folio P stands
                                        2. remove P, free it
                                        3. allocate P, one page, for index i
  4. take a reference: succeeds
  5. load slot i again: P. Return P as
     the folio at i + 1
*/

@@
identifier xas;
statement own;
@@
 void *xas_reload(...)
 {
 	...
-	if (IS_ENABLED(CONFIG_XARRAY_MULTI))
-		own
-	else {
-		offset = xas->xa_offset;
-	}
+	offset = xas->xa_offset;
 	...
 }
