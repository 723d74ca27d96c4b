/* SPDX-License-Identifier: MIT */
/*
 * filemap.h: the page cache: pages of one mapping, found by index.
 *
 * Promises:
 *  1. A page stands at most at one index. Its mapping and index are set before
 *     it can be found, and mapping is cleared under xa_lock with its removal.
 *  2. The cache owns one reference on each page in it.
 *  3. Whoever changes a page's place in the cache holds the page lock.
 *  4. A lookup takes no lock: it loads the entry, takes a speculative
 *     reference, and looks again. Only if the entry still stands there is the
 *     page the one that was asked for.
 *
 * Yields: everything here.
 * See: mm/filemap.c; e286781d5f2e "mm: speculative page references".
 */
#ifndef CORE_FILEMAP_H
#define CORE_FILEMAP_H

#include "zone.h"

/* Returns: the page at @index with a reference for the caller, or NULL. */
struct page *find_get_page(struct address_space *mapping, unsigned long index);
/*
 * Up to @max pages from @start to @end, with references, ascending. Returns:
 * how many; @indices: where they were found.
 */
unsigned int find_get_pages(struct address_space *mapping, unsigned long start,
			    unsigned long end, unsigned int max,
			    struct page **pages, unsigned long *indices);
/*
 * Allocate a page, put it at @index, fill it. Returns: the page, which belongs
 * to the cache now and is for comparing only; NULL: no memory or taken.
 */
struct page *filemap_create(struct address_space *mapping, unsigned long index);
/*
 * Copy the page at @index to @buffer, of PAGE_SIZE; one that is being filled
 * is waited for. Returns: bytes copied; 0: there is none.
 */
size_t filemap_read(struct address_space *mapping, unsigned long index,
		    void *buffer);
/* Returns: the page that was removed, for comparing only; NULL: none there. */
struct page *filemap_remove(struct address_space *mapping, unsigned long index);
/* All pages from @start to @end. Returns: how many were removed. */
unsigned int filemap_remove_range(struct address_space *mapping,
				  unsigned long start, unsigned long end);
/*
 * Remove the page at @index unless somebody else uses it.
 * Returns: the page, for comparing only; NULL: none, locked or in use.
 */
struct page *filemap_reclaim(struct address_space *mapping,
			     unsigned long index);

#endif
