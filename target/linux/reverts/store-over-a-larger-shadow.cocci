// SPDX-License-Identifier: GPL-2.0
/*
Revert: store-over-a-larger-shadow
Alias: 198b62f83eef
About: a page that comes back takes all slots of the shadow entry that its large folio left
Fix: 198b62f83eef "mm/filemap: fix storing to a THP shadow entry" (5.10)
Introduced-by: 99cb0dbd47a1
Reported-by: Qian Cai and others, https://bugzilla.kernel.org/show_bug.cgi?id=206569
File: mm/filemap.c
Function: __filemap_add_folio
Catches: reference-count: it stands at more indices than it has references for
Preemptions: 0
Operations: 3 (set-up included)

  CPU0
  1. reclaim a large folio of the file:
     a shadow entry in each of its slots,
     all but the first are siblings
  2. read one page of it in again: it is
     stored where the siblings point
  3. look up its neighbour: a sibling of
     the page
*/

@@
expression order, own;
@@
 int __filemap_add_folio(...)
 {
 	<...
-	if (order > 0 && order > own) {
-		...
-	}
 	...>
 }
