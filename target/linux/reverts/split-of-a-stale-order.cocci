// SPDX-License-Identifier: GPL-2.0
/*
Revert: split-of-a-stale-order
Alias: 6758c1128ceb
About: an add splits a shadow entry with nodes made for the order that it had before
Fix: 6758c1128ceb "mm/filemap: optimize filemap folio adding" (6.10, 6.6.y, 6.1.y); known as a repair only later
Reported-by: Christian Theune and others; bisected by Jens Axboe
File: mm/filemap.c
Until: 6.14
Function: __filemap_add_folio
Catches: slots-in-use-miscounted; by reading also a NULL dereference in xas_split()
Preemptions: 1
Operations: 4 (set-up included)

What is taken out is the test, after the nodes were allocated without the
lock, that the entry is still the one they were made for.

  CPU0                                  CPU1
  1. add at i: a shadow entry of a large
     order covers i
  2. drop the lock, allocate the nodes
     that a split of it needs, and fill
     them with its parts
                                        3. truncate: the entry is gone. Or add
                                           and reclaim: it has another order
  4. use a filled node as an empty one;
     or split with too few

The second takes a reclaim that waits for no grace period: whoever is between 2
and 4 without nodes to allocate has interrupts off.
*/

@@
@@
 int __filemap_add_folio(...)
 {
 	<...
-	if (alloced_order && (old != alloced_shadow || order != alloced_order)) {
-		...
-	}
 	...>
 }
