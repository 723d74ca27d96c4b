// SPDX-License-Identifier: GPL-2.0
/*
Revert: marked-walk-ends-early
Alias: 7e934cf5ace1
About: a walk over marked entries takes an entry that is just removed for the end
Fix: 7e934cf5ace1 "xarray: Fix early termination of xas_for_each_marked" (5.7)
Introduced-by: ef8e5717db01
Reported-by: Jan Kara
File: lib/xarray.c include/linux/xarray.h
Through: xas_next_marked xas_for_each_marked
Function: xas_find_marked xas_next_marked
Catches: nothing yet; it takes an operation that walks marked entries, and what it must visit
Preemptions: 1
Operations: 4 (set-up included)

  CPU0                                  CPU1
  1. walk over dirty folios: slot i is
     marked
                                        2. remove the folio at i: clear the
                                           mark, store NULL
  3. load slot i: NULL, the end. The
     dirty folio at i + 1 is not seen
*/

@@
expression entry, E;
@@
 void *xas_find_marked(...)
 {
 	<...
-	if (!entry && !(xa_track_free(E) && mark == XA_FREE_MARK))
-		continue;
 	...>
 }

@@
expression entry;
@@
 void *xas_next_marked(...)
 {
 	<...
-	if (!entry)
-		return xas_find_marked(...);
 	...>
 }
