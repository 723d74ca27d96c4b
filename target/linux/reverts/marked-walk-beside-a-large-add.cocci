// SPDX-License-Identifier: GPL-2.0
/*
Revert: marked-walk-beside-a-large-add
Alias: 7e060df04f56
About: KNOWN: a walk over marked entries takes a sibling of a large folio for a folio
Fix: 7e060df04f56 "Xarray: do not return sibling entries from xas_find_marked()" (6.14)
Introduced-by: 6b24ca4a1a8d
Reported-by: Kemeng Shi
File: glue/marked_walk.c
Function: linux_add_large_begin
Until: 6.13
Catches: a wild access; needs folios of two orders, and writeback
Preemptions: 1
Operations: 6 (set-up included)

In the kernel as it is: what goes is that a larger folio is not added while such a
walk is on its way. The interleaving is that of marked-walk-takes-a-sibling.
*/

@@ @@
 linux_add_large_begin(...)
 {
-	if (walks)
-		return false;
 	...
 }
