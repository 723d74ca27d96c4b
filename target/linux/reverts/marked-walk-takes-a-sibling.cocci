// SPDX-License-Identifier: GPL-2.0
/*
Revert: marked-walk-takes-a-sibling
Alias: 7e060df04f56
About: a walk over marked entries takes a sibling of a large folio for a folio
Fix: 7e060df04f56 "Xarray: do not return sibling entries from xas_find_marked()" (6.14)
Introduced-by: 6b24ca4a1a8d
Reported-by: Kemeng Shi
File: lib/xarray.c
Since: 6.14
Function: xas_find_marked
Catches: a wild access; needs folios of two orders, and writeback
Preemptions: 1
Operations: 6 (set-up included)

6.1.192 and 6.12.117 lack the repair, and show it as they are.

  CPU0                                  CPU1
  1. wait for the writeback of a range:
     slot 2 has the mark
                                        2. writeback ends, the mark goes;
                                           remove the folio, add a larger
                                           one at 0 .. 3
  3. load slot 2: a sibling of slot 0;
     take a reference on it
*/

@@
expression entry;
@@
 void *xas_find_marked(...)
 {
 	<...
-	if (xa_is_sibling(entry))
-		continue;
 	...>
 }
