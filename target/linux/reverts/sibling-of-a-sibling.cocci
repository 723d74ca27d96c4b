// SPDX-License-Identifier: GPL-2.0
/*
Revert: sibling-of-a-sibling
Alias: cbc02854331e
About: a walk follows a sibling entry once, and may arrive at another sibling
Fix: cbc02854331e "XArray: Do not return sibling entries from xa_load()" (6.6~)
Introduced-by: 6b24ca4a1a8d
Reported-by: Matthew Wilcox
File: lib/xarray.c
Function: xas_descend
Catches: use-after-free, or a wild access
Preemptions: 1
Operations: 4 (set-up included)

  CPU0                                  CPU1
  1. lookup of 6, where a large folio
     stands at 4 .. 7: the slot holds
     a sibling of slot 4
                                        2. remove that folio
                                        3. add a larger one at 0 .. 7: slot 4
                                           holds a sibling of slot 0
  4. load slot 4: a sibling again, and
     return it as if it were a folio
*/

@@
expression entry;
statement follow;
@@
 void *xas_descend(...)
 {
 	...
-	while
+	if
 	(xa_is_sibling(entry))
 		follow
 	...
 }
