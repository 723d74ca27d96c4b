// SPDX-License-Identifier: GPL-2.0
/*
Revert: lock-without-recheck
Alias:
About: MUTATION: a lookup that locks trusts what it found before it had the lock
Fix: none: this removes a test that __filemap_get_folio() makes after the lock
File: mm/filemap.c
Function: __filemap_get_folio(_mpol)?
Catches: a NULL dereference in filemap_remove_folio()
Preemptions: 1
Operations: 3 (set-up included)

Not a known historical bug.

  CPU0                                  CPU1
  1. lookup to lock: find folio P, take
     a reference
                                        2. lock P, remove it from the cache,
                                           unlock it
  3. lock P, return it as a folio of
     the cache; who removes it reads a
     mapping that is NULL
*/

@@
identifier get =~ "^__filemap_get_folio(_mpol)?$";
identifier folio, mapping;
statement again;
@@
 struct folio *get(struct address_space *mapping, ...)
 {
 	<...
-	if (unlikely(folio->mapping != mapping))
-		again
 	...>
 }
