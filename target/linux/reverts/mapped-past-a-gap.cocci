// SPDX-License-Identifier: GPL-2.0
/*
Revert: mapped-past-a-gap
Alias:
About: MUTATION: a fault maps what is around at the entry of what was there before
Fix: none: this removes a step that filemap_map_pages() makes
File: mm/filemap.c
Function: filemap_map_pages
Catches: mapped-and-not-in-the-file, mapped-pages-miscounted
Preemptions: 0
Operations: 2 (set-up included)

Not a known historical bug.

  CPU0
  1. fault: of the pages around the first ones are not in the file
  2. go on to the page that is
  3. map it, at the entry of the first one
*/

@@
identifier vmf, xas, last;
@@
 filemap_map_pages(struct vm_fault *vmf, ...)
 {
 	<...
-	vmf->pte += xas.xa_index - last;
 	...>
 }
