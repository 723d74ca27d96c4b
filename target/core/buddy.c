/* SPDX-License-Identifier: MIT */
/*
 * buddy.c: free blocks of 2^k pages, split on demand, merged on return.
 *
 *     order 2   [ 0  1  2  3 ]          __rmqueue(0) takes page 0:
 *     order 1                   [ 2  3 ]
 *     order 0             [ 1 ]          what is left of the block
 *
 * Promises:
 *  1. A free block of order k starts at a multiple of 2^k, its first page is
 *     marked PAGE_TYPE_BUDDY and keeps k in private.
 *  2. Two free buddies of one order below MAX_ORDER never coexist.
 *
 * Yields: never; every caller holds zone->lock.
 * See: __free_one_page(), expand(), buddy_merge_likely() in mm/page_alloc.c.
 */
#include "zone.h"

static void set_buddy_order(struct page *page, unsigned int order)
{
	page->private = order;
	page->page_type = PAGE_TYPE_BUDDY;
}

static void add_to_free_list(struct zone *zone, struct page *page,
			     unsigned int order, bool to_tail)
{
	struct free_area *area = &zone->free_area[order];

	set_buddy_order(page, order);
	if (to_tail)
		list_add_tail(&page->lru, &area->free_list);
	else
		list_add(&page->lru, &area->free_list);
	area->nr_free++;
}

static void del_page_from_free_list(struct zone *zone, struct page *page,
				    unsigned int order)
{
	list_del(&page->lru);
	page->page_type = PAGE_TYPE_NONE;
	page->private = 0;
	zone->free_area[order].nr_free--;
}

/* Returns: the free block that completes @pfn to order + 1, or NULL. */
static struct page *find_buddy(struct zone *zone, unsigned long pfn,
			       unsigned int order)
{
	unsigned long buddy_pfn = pfn ^ BIT(order);
	struct page *buddy = &core.mem_map[buddy_pfn];

	if (buddy_pfn >= zone->spanned_pages)
		return NULL;
	return PageBuddy(buddy) && buddy->private == order ? buddy : NULL;
}

/*
 * Would the block that @pfn and its buddy make find its own buddy free? Then
 * they are about to become one: better not hand this half out first.
 */
static bool buddy_merge_likely(struct zone *zone, unsigned long pfn,
			       unsigned int order)
{
	if (order >= MAX_ORDER - 1)
		return false;
	return find_buddy(zone, pfn & ~BIT(order), order + 1) != NULL;
}

void __free_one_page(struct zone *zone, struct page *page, unsigned int order,
		     bool to_tail)
{
	unsigned long pfn = page_to_pfn(page);
	struct page *buddy;

	VM_BUG_ON(pfn & (BIT(order) - 1), "misaligned-free");
	while (order < MAX_ORDER) {
		buddy = find_buddy(zone, pfn, order);
		if (!buddy)
			break;
		del_page_from_free_list(zone, buddy, order);
		pfn &= ~BIT(order);
		order++;
	}
	to_tail = to_tail || buddy_merge_likely(zone, pfn, order);
	add_to_free_list(zone, &core.mem_map[pfn], order, to_tail);
}

/* Keep the first 2^@low pages of @page, give the upper halves back. */
static void expand(struct zone *zone, struct page *page, unsigned int low,
		   unsigned int high)
{
	while (high > low) {
		high--;
		add_to_free_list(zone, page + BIT(high), high, false);
	}
}

struct page *__rmqueue(struct zone *zone, unsigned int order)
{
	unsigned int from;

	for (from = order; from <= MAX_ORDER; from++) {
		struct free_area *area = &zone->free_area[from];
		struct page *page;

		if (list_empty(&area->free_list))
			continue;
		page = list_entry(area->free_list.next, struct page, lru);
		del_page_from_free_list(zone, page, from);
		expand(zone, page, order, from);
		return page;
	}
	return NULL;
}

void buddy_init(struct zone *zone, unsigned long pages)
{
	unsigned int order = 0;
	unsigned long pfn;

	spin_lock_init(&zone->lock);
	zone->spanned_pages = pages;
	for (order = 0; order <= MAX_ORDER; order++) {
		INIT_LIST_HEAD(&zone->free_area[order].free_list);
		zone->free_area[order].nr_free = 0;
	}
	for (order = MAX_ORDER; BIT(order) > pages; order--)
		;
	for (pfn = 0; pfn < pages; pfn += BIT(order))
		add_to_free_list(zone, &core.mem_map[pfn], order, true);
}
