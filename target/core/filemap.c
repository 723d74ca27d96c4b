/* SPDX-License-Identifier: MIT */
/*
 * filemap.c: lookup, insertion, reading and removal of cached pages.
 *
 * See: filemap_get_entry(), find_get_entry(), __filemap_add_folio(),
 *   filemap_read(), filemap_get_pages(), filemap_update_page(),
 *   filemap_remove_folio(), find_lock_entries(), truncate_inode_pages_range()
 *   and __remove_mapping() of Linux 6.1.
 */
#include <string.h>

#include "filemap.h"

/* ---------------------------------------------------------------- lookup */

struct page *find_get_page(struct address_space *mapping, unsigned long index)
{
	XA_STATE(xas, &mapping->i_pages, index);
	struct page *page;

	rcu_read_lock();
	for (;;) {
		xas_reset(&xas);
		page = xas_load(&xas);
		if (xas_retry(&xas, page))
			continue;
		if (!page)
			break;
		/* The page may be freed here and be given out again. */
		if (!get_page_unless_zero(page))
			continue;
		/* We hold a reference: on what? */
		if (page == xas_reload(&xas))
			break;
		put_page(page);
	}
	rcu_read_unlock();
	return page;
}

/* The same, for the next page at or behind the cursor. */
static struct page *find_get_entry(struct xa_state *xas, unsigned long max)
{
	struct page *page;

	for (;;) {
		page = xas_find(xas, max);
		if (xas_retry(xas, page))
			continue;
		if (!page)
			return NULL;
		if (get_page_unless_zero(page)) {
			if (page == xas_reload(xas))
				return page;
			put_page(page);
		}
		xas_reset(xas);
	}
}

unsigned int find_get_pages(struct address_space *mapping, unsigned long start,
			    unsigned long end, unsigned int max,
			    struct page **pages, unsigned long *indices)
{
	XA_STATE(xas, &mapping->i_pages, start);
	unsigned int nr = 0;

	rcu_read_lock();
	while (nr < max) {
		struct page *page = find_get_entry(&xas, end);

		if (!page)
			break;
		pages[nr] = page;
		indices[nr] = xas.xa_index;
		nr++;
	}
	rcu_read_unlock();
	return nr;
}

/* ------------------------------------------------------------- insertion */

/* @page is locked. Returns: false if the index is taken or memory ran out. */
static bool add_to_page_cache_locked(struct address_space *mapping,
				     struct page *page, unsigned long index)
{
	XA_STATE(xas, &mapping->i_pages, index);
	unsigned long flags;
	bool added = false;

	get_page(page);
	page->mapping = mapping;
	page->index = index;
	xas_lock_irqsave(&xas, flags);
	if (!xas_load(&xas)) {
		xas_store(&xas, page);
		added = !xas.xa_nomem;
	}
	if (added)
		mapping->nrpages++;
	xas_unlock_irqrestore(&xas, flags);
	if (added)
		return true;
	page->mapping = NULL;
	put_page(page);
	return false;
}

/* What read_folio() would bring from the disk. */
static void fill_page(struct page *page, unsigned long index)
{
	machine_disk_read(page_address(page), index, PAGE_SIZE);
	SetPageUptodate(page);
}

struct page *filemap_create(struct address_space *mapping, unsigned long index)
{
	struct page *page = alloc_pages(0, false);
	bool added;

	if (!page)
		return NULL;
	page->flags |= BIT(PG_locked); /* nobody else knows it yet */
	added = add_to_page_cache_locked(mapping, page, index);
	if (added)
		fill_page(page, index);
	unlock_page(page);
	put_page(page);
	return added ? page : NULL;
}

/* ------------------------------------------------------------------ read */

/*
 * Without a reference, so as not to be in the way of whoever has the lock.
 * What is at @page afterwards has to be looked up again: it may be anybody's.
 */
static void put_and_wait_on_page_locked(struct page *page)
{
	wait_var_once(&page->flags, !PageLocked(page), put_page(page));
}

/*
 * @page was found before it was filled. Returns: true once it is; false, and
 * the caller's reference is gone, if it has to be looked up again.
 */
static bool filemap_update_page(struct page *page)
{
	if (!trylock_page(page)) {
		put_and_wait_on_page_locked(page);
		return false;
	}
	if (!page->mapping) { /* truncated while nobody looked */
		unlock_page(page);
		put_page(page);
		return false;
	}
	if (!PageUptodate(page))
		fill_page(page, page->index);
	unlock_page(page);
	return true;
}

/* Returns: the page at @index, filled, with a reference; NULL: none there. */
static struct page *filemap_get_page(struct address_space *mapping,
				     unsigned long index)
{
	struct page *page;

	do {
		page = find_get_page(mapping, index);
	} while (page && !PageUptodate(page) && !filemap_update_page(page));
	return page;
}

size_t filemap_read(struct address_space *mapping, unsigned long index,
		    void *buffer)
{
	struct page *page = filemap_get_page(mapping, index);

	if (!page)
		return 0;
	copy_to_user(buffer, page_address(page), PAGE_SIZE);
	put_page(page);
	return PAGE_SIZE;
}

/* --------------------------------------------------------------- removal */

/* Under xa_lock and the page lock. */
static void delete_from_page_cache(struct address_space *mapping,
				   struct page *page)
{
	XA_STATE(xas, &mapping->i_pages, page->index);

	xas_store(&xas, NULL);
	page->mapping = NULL;
	mapping->nrpages--;
}

/*
 * The caller's reference and page lock go; while it waited for the lock the
 * page may have been removed. Returns: true if it was still there to remove.
 */
static bool remove_locked_page(struct address_space *mapping, struct page *page)
{
	unsigned long flags;
	bool there = page->mapping == mapping;

	if (there) {
		spin_lock_irqsave(&mapping->i_pages.xa_lock, flags);
		delete_from_page_cache(mapping, page);
		spin_unlock_irqrestore(&mapping->i_pages.xa_lock, flags);
		put_page(page); /* the cache's */
	}
	unlock_page(page);
	put_page(page);
	return there;
}

struct page *filemap_remove(struct address_space *mapping, unsigned long index)
{
	struct page *page = find_get_page(mapping, index);

	if (!page)
		return NULL;
	lock_page(page);
	return remove_locked_page(mapping, page) ? page : NULL;
}

/* Returns: how many of the batch went; the others are put. */
static unsigned int remove_batch(struct address_space *mapping,
				 struct page **pages, unsigned int nr,
				 bool wait)
{
	unsigned int i, removed = 0;

	for (i = 0; i < nr; i++) {
		if (wait) {
			lock_page(pages[i]);
		} else if (!trylock_page(pages[i])) {
			put_page(pages[i]);
			continue;
		}
		removed += remove_locked_page(mapping, pages[i]);
	}
	return removed;
}

/*
 * Twice over the range, as truncation does: first what can be had without
 * waiting, then the rest, page lock by page lock.
 */
unsigned int filemap_remove_range(struct address_space *mapping,
				  unsigned long start, unsigned long end)
{
	struct page *pages[TARGET_BATCH_MAX];
	unsigned long indices[TARGET_BATCH_MAX];
	unsigned int pass, nr, removed = 0;

	for (pass = 0; pass < 2; pass++) {
		unsigned long next = start;

		while (next <= end) {
			nr = find_get_pages(mapping, next, end,
					    TARGET_BATCH_MAX, pages, indices);
			if (!nr)
				break;
			next = indices[nr - 1] + 1;
			removed += remove_batch(mapping, pages, nr, pass);
		}
	}
	return removed;
}

/* Freeze first: a lookup that comes now waits for the entry to go. */
static bool remove_mapping(struct address_space *mapping, struct page *page)
{
	unsigned long flags;
	bool frozen;

	spin_lock_irqsave(&mapping->i_pages.xa_lock, flags);
	frozen = page_ref_freeze(page, 2); /* the cache's and ours */
	if (frozen)
		delete_from_page_cache(mapping, page);
	spin_unlock_irqrestore(&mapping->i_pages.xa_lock, flags);
	return frozen;
}

struct page *filemap_reclaim(struct address_space *mapping, unsigned long index)
{
	struct page *page = find_get_page(mapping, index);
	bool there;

	if (!page)
		return NULL;
	if (!trylock_page(page)) {
		put_page(page);
		return NULL;
	}
	there = page->mapping == mapping;
	if (there && remove_mapping(mapping, page)) {
		unlock_page(page);
		free_unref_page(page, 0);
		return page;
	}
	unlock_page(page);
	put_page(page);
	return NULL;
}
