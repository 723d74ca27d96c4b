/* SPDX-License-Identifier: MIT */
/*
 * page_alloc.c: allocation and release of blocks of pages.
 *
 * Promises:
 *  1. A block leaves the free lists with all counts 0, then gets 1 on its
 *     first page; it returns with all counts 0.
 *  2. __free_pages() gives back the whole block that its caller owned, also
 *     when somebody else holds a passing reference on the first page: that
 *     page then goes with the last put, and only that page.
 *
 * See: mm/page_alloc.c of Linux 6.1 to 6.12; e320d3012d25, 462a8e08e0e6.
 */
#include <string.h>

#include "zone.h"

struct core core;

static _Alignas(64) unsigned char contents[TARGET_PAGES_MAX][PAGE_SIZE];

unsigned long page_to_pfn(const struct page *page)
{
	return (unsigned long)(page - core.mem_map);
}

void *page_address(const struct page *page)
{
	return contents[page_to_pfn(page)];
}

/* ------------------------------------------------------------ allocation */

/* A page that is free, or about to be, is nobody's in every respect. */
static bool page_expected_state(const struct page *page)
{
	return page->page_type == PAGE_TYPE_NONE && !page->mapping &&
	       !(page->flags & (BIT(PG_locked) | BIT(PG_head))) &&
	       data_race(page->_refcount.counter) == 0;
}

static void check_new_pages(const struct page *page, unsigned int order)
{
	unsigned long i;

	for (i = 0; i < BIT(order); i++)
		VM_BUG_ON(!page_expected_state(page + i), "new-page-not-clean");
}

/* Tails first point to the head before anybody can see them as tails. */
static void prep_compound_page(struct page *page, unsigned int order)
{
	unsigned long i;

	page->flags |= BIT(PG_head);
	for (i = 1; i < BIT(order); i++)
		set_compound_head(page + i, page);
	page[1].compound_order = (unsigned char)order;
}

/*
 * From set_page_count() on a stale lookup may take a reference; it finds out
 * by its re-check and puts it again. The head flag comes after that, as in the
 * kernel: the put comes later still.
 */
static void prep_new_page(struct page *page, unsigned int order, bool compound)
{
	check_new_pages(page, order);
	page->private = 0;
	set_page_count(page, 1);
	arch_alloc_page(page_to_pfn(page), order, page_address(page),
			PAGE_SIZE << order);
	if (compound && order)
		prep_compound_page(page, order);
	VM_BUG_ON(compound_order(page) != (compound ? order : 0),
		  "block-not-as-asked");
}

static struct page *rmqueue_buddy(struct zone *zone, unsigned int order)
{
	struct page *page;
	unsigned long flags;

	spin_lock_irqsave(&zone->lock, flags);
	page = __rmqueue(zone, order);
	spin_unlock_irqrestore(&zone->lock, flags);
	return page;
}

static struct page *get_page_from_freelist(struct zone *zone,
					   unsigned int order)
{
	struct page *page = NULL;

	if (order <= PCP_ORDER_MAX)
		page = rmqueue_pcplist(zone, order);
	return page ? page : rmqueue_buddy(zone, order);
}

struct page *alloc_pages(unsigned int order, bool compound)
{
	struct page *page = get_page_from_freelist(&core.zone, order);

	if (!page) {
		drain_all_pages();
		page = get_page_from_freelist(&core.zone, order);
	}
	if (page)
		prep_new_page(page, order, compound);
	return page;
}

/* --------------------------------------------------------------- release */

/* Undo prep_compound_page(). Returns with head and tails as single pages. */
static void unprep_compound_page(struct page *page, unsigned int order)
{
	unsigned long i;

	VM_BUG_ON(compound_order(page) != order, "compound-order");
	page[1].compound_order = 0;
	for (i = 1; i < BIT(order); i++)
		clear_compound_head(page + i);
}

static void free_pages_prepare(struct page *page, unsigned int order)
{
	unsigned long i;

	if (page->flags & BIT(PG_head))
		unprep_compound_page(page, order);
	for (i = 0; i < BIT(order); i++) {
		page[i].flags &= BIT(PG_locked);
		VM_BUG_ON(!page_expected_state(page + i), "free-of-page-in-use");
	}
	arch_free_page(page_to_pfn(page), order, page_address(page),
		       PAGE_SIZE << order);
}

static void free_one_page(struct zone *zone, struct page *page,
			  unsigned int order)
{
	unsigned long flags;

	spin_lock_irqsave(&zone->lock, flags);
	__free_one_page(zone, page, order, false);
	spin_unlock_irqrestore(&zone->lock, flags);
}

void free_unref_page(struct page *page, unsigned int order)
{
	struct zone *zone = &core.zone;

	free_pages_prepare(page, order);
	if (order > PCP_ORDER_MAX ||
	    !free_unref_page_commit(zone, page, order))
		free_one_page(zone, page, order);
}

/* All of a block but its first page: its upper half, quarter, ... page 1. */
static void free_tail_blocks(struct page *page, unsigned int order)
{
	while (order-- > 0)
		free_unref_page(page + BIT(order), order);
}

/*
 * Between the decrement and anything after it the page may already be
 * somebody else's: whether it was a head has to be known before.
 */
void __free_pages(struct page *page, unsigned int order)
{
	bool head = PageHead(page);

	if (put_page_testzero(page))
		free_unref_page(page, order);
	else if (!head)
		free_tail_blocks(page, order);
}

void put_page(struct page *page)
{
	page = compound_head(page);
	if (put_page_testzero(page))
		free_unref_page(page, compound_order(page));
}

/* ------------------------------------------------------------------ boot */

static void page_init(struct page *page)
{
	memset(page, 0, sizeof(*page));
	page->page_type = PAGE_TYPE_NONE;
}

void core_init(const struct target_config *config)
{
	unsigned int pfn;
	int cpu;

	for (pfn = 0; pfn < config->pages; pfn++)
		page_init(&core.mem_map[pfn]);
	buddy_init(&core.zone, config->pages);
	for (cpu = 0; cpu < MACHINE_CPUS; cpu++)
		pcp_init(&core.pageset[cpu], (int)config->pcp_high,
			 (int)config->pcp_batch);
	xa_init(&core.mapping.i_pages, config->fanout_shift);
	core.mapping.nrpages = 0;
}
