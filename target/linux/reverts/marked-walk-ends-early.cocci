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
Catches: writeback-not-waited-for
Preemptions: 1
Operations: 6 (set-up included)

  CPU0                                  CPU1
  1. walk over folios under writeback:
     slot i is marked
                                        2. end of that writeback: clear the
                                           mark; remove the folio: store NULL
  3. load slot i: NULL, the end. The
     folio at i + 1 is not waited for
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
