// SPDX-License-Identifier: GPL-2.0
/*
Revert: shrink-without-retry
Alias: 27d20fddc8af
About: a tree that loses a level leaves its last entry behind in the old root
Fix: 27d20fddc8af "radix-tree: fix RCU bug" (2.6.37)
Reported-by: Salman Qazi
File: lib/xarray.c
Function: xas_shrink
Catches: wrong-page, stuck
Preemptions: 1
Operations: 5 (set-up included)

  CPU0                                  CPU1
  1. lookup of 0: load the root, node N
                                        2. remove the other entry of N: P, at
                                           0, becomes the root, N is freed
                                           after a grace period
                                        3. remove P: N still points to it
  4. load slot 0 of N: P
  5. take a reference: fails for ever,
     the lookup never ends; or P is in
     use again, and the re-check of slot
     0 finds P: return P as the folio
     at 0
*/

@@
expression node, entry;
@@
 void xas_shrink(...)
 {
 	<...
-	if (!xa_is_node(entry))
-		RCU_INIT_POINTER(node->slots[0], XA_RETRY_ENTRY);
 	...>
 }
