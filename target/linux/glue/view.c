// SPDX-License-Identifier: GPL-2.0
/*
 * view.c: what checkers see: plain reads, total over whatever a broken kernel
 * left behind.
 */
#include <linux/mmzone.h>
#include <linux/pagevec.h>
#include <linux/xarray.h>

#include "glue.h"

/* Page number of what may be a pointer to a struct page, or TARGET_NO_PAGE. */
static int pfn_of(const void *pointer)
{
	unsigned long at = (unsigned long)pointer - (unsigned long)mem_map;

	if (at >= linux_pages() * sizeof(struct page) ||
	    at % sizeof(struct page))
		return TARGET_NO_PAGE;
	return (int)(at / sizeof(struct page));
}

/* ------------------------------------------------------------------ counts */

static int references_of_batch(const struct folio_batch *batch,
			       const struct page *page)
{
	int i, nr = 0;

	for (i = 0; i < batch->nr && i < ARRAY_SIZE(batch->folios); i++)
		nr += (const void *)batch->folios[i] == page;
	return nr;
}

/* Each page in a batch is referenced by it, each that is mapped by that. */
static int references_of_batches(const struct page *page)
{
	const struct folio_batch *batch;
	int cpu, nr = 0;
	unsigned int i;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		for (i = 0; (batch = linux_lru_batch(cpu, i)); i++)
			nr += references_of_batch(batch, page);
	return nr;
}

int linux_view_count(int pfn)
{
	const struct page *page = &mem_map[pfn];
	int count = page->_refcount.counter;

	if (!count)
		return 0;
	return count - references_of_batches(page) -
	       linux_mapped_references(pfn);
}

/* Of a first page, which a folio's index and mapping are. */
void linux_view_mapped(int pfn, struct target_mapped *mapped)
{
	const struct page *page = &mem_map[pfn];

	mapped->mapped = page->mapping != NULL;
	mapped->index = ((const struct folio *)page)->index;
	if (mapped->mapped)
		mapped->index += target_position(
			linux_file_of(page->mapping) % LINUX_FILES, 0);
}

bool linux_view_flag(const struct page *page, int flag)
{
	return (*(const unsigned long *)&page->flags >> flag & 1) != 0;
}

unsigned int linux_view_order(int pfn)
{
	const struct page *page = &mem_map[pfn];

	if (!linux_view_flag(page, PG_head) || pfn + 1 >= (int)linux_pages())
		return 0;
	/* Frozen, it may be half split: its second page has another use. */
	if (!page->_refcount.counter)
		return 0;
	return linux_order_of(page);
}

/* The cache has a reference for each page of a folio; nobody else has any. */
bool linux_view_idle(int pfn)
{
	const struct page *page = &mem_map[pfn];

	return page->_refcount.counter == 1 << linux_view_order(pfn) &&
	       !linux_view_flag(page, PG_locked) &&
	       !linux_view_flag(page, PG_dirty) &&
	       !linux_view_flag(page, PG_writeback);
}

/* -------------------------------------------------------------- free lists */

/* Returns: false if the visitor has had enough. */
static bool visit_blocks(const struct target_visit *visit,
			 const struct list_head *head, int cpu,
			 unsigned int order)
{
	const struct list_head *at = head->next, *before = head;
	unsigned int nr;

	for (nr = 0; at != head && nr <= linux_pages(); nr++) {
		const struct page *page = list_entry(at, struct page, lru);
		struct target_block block = {
			.pfn = pfn_of(page),
			.list_order = order,
			.order = order,
			.cpu = cpu,
			.marked = true,
		};
		bool more;

		if (block.pfn >= 0) {
			block.linked = at->prev == before;
			if (cpu < 0) {
				block.order = (unsigned int)page->private;
				block.marked = linux_is_buddy(page);
			}
		}
		more = visit->block(visit->arg, &block);
		if (!more || block.pfn < 0)
			return more;
		before = at;
		at = at->next;
	}
	return true;
}

/* Most lists are empty, and cost no call. */
static inline bool visit_list(const struct target_visit *visit,
			      const struct list_head *head, int cpu,
			      unsigned int order)
{
	return head->next == head || visit_blocks(visit, head, cpu, order);
}

static bool visit_zone(const struct target_visit *visit,
		       const struct zone *zone)
{
	unsigned int order, type;

	for (order = 0; order < ARRAY_SIZE(zone->free_area); order++)
		for (type = 0; type < MIGRATE_TYPES; type++)
			if (!visit_list(visit,
					&zone->free_area[order].free_list[type],
					-1, order))
				return false;
	return true;
}

/* The last lists of a CPU are those of huge pages, or of pageblocks. */
unsigned int linux_order_of_list(int list)
{
	return list < NR_LOWORDER_PCP_LISTS ?
		       (unsigned int)list / MIGRATE_PCPTYPES :
		       LINUX_LAST_LISTS_ORDER;
}

void linux_view_free_blocks(const struct target_visit *visit)
{
	const struct zone *zone = linux_zone;
	int cpu, list;

	if (!visit_zone(visit, zone))
		return;
	for (cpu = 0; cpu < NR_CPUS; cpu++) {
		const struct per_cpu_pages *pcp =
			per_cpu_ptr(zone->per_cpu_pageset, cpu);

		for (list = 0; list < NR_PCP_LISTS; list++)
			if (!visit_list(visit, &pcp->lists[list], cpu,
					linux_order_of_list(list)))
				return;
	}
}

/* ------------------------------------------------------------------- cache */

/* Can @node be one, and of a level below @shift? */
static bool is_node_below(const struct xa_node *node, unsigned int shift)
{
	return machine_is_object(node) && node->shift < shift;
}

/* The slot of @node that what stands at @index stands in. */
static unsigned int slot_of(const struct xa_node *node, unsigned long index)
{
	unsigned int slot = index >> node->shift & XA_CHUNK_MASK;
	const void *entry = node->slots[slot];

	return xa_is_sibling(entry) ? xa_to_sibling(entry) & XA_CHUNK_MASK :
				      slot;
}

/* What stands at @position, or NULL; it takes 2^*@order of them. */
static const void *entry_at(unsigned long position, unsigned int *order)
{
	const void *head, *entry;
	unsigned long index = target_index(position);
	unsigned int shift = BITS_PER_LONG, slot, nr;

	*order = 0;
	if (!linux_file_there((unsigned int)target_file(position)))
		return NULL;
	head = entry = linux_mapping_at(position)->i_pages.xa_head;
	if (!xa_is_node(entry))
		return index ? NULL : entry;
	while (xa_is_node(entry)) {
		const struct xa_node *node = xa_to_node(entry);

		if (!is_node_below(node, shift))
			return NULL;
		if (entry == head && index >> node->shift > XA_CHUNK_MASK)
			return NULL;
		shift = node->shift;
		slot = slot_of(node, index);
		entry = node->slots[slot];
		for (nr = 1; slot + nr < XA_CHUNK_SIZE &&
			     xa_is_sibling(node->slots[slot + nr]);)
			nr++;
		*order = shift + (unsigned int)ilog2(nr);
	}
	return entry;
}

int linux_view_cache_entry(unsigned long position)
{
	unsigned int order;

	return pfn_of(entry_at(position, &order));
}

unsigned int linux_view_entry_order(unsigned long position)
{
	unsigned int order;

	return entry_at(position, &order) ? order : 0;
}
