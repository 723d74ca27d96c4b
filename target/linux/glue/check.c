// SPDX-License-Identifier: GPL-2.0
/*
 * check.c: the target's last word at quiescence, on what no page tells: the
 * lists that its free blocks stand on, and how many pages are counted free.
 *
 * Promises:
 *  1. A free block stands on the list of isolated ones if its pageblocks are
 *     isolated, and only then. Other types may differ: the kernel lets a page
 *     keep the one that its pageblock had when it was freed.
 *  2. The zone counts as free what stands on its lists, isolated pages not.
 *  3. A CPU counts what stands on its lists.
 *  4. Nobody moves pages now: none is counted as taken off its LRU list to be moved.
 *  5. A node of the tree counts the slots that are in use, and those with values;
 *     a sibling is what it leads to. If all are values it is on the list of such
 *     nodes, and only then.
 *
 * Yields: never. See: account_freepage_states() and pcp->count in
 * mm/page_alloc.c; count and nr_values of struct xa_node.
 */
#include <linux/mm.h>
#include <linux/page-isolation.h>
#include <linux/pageblock-flags.h>
#include <linux/vmstat.h>
#include <linux/xarray.h>

#include "glue.h"

struct sum {
	unsigned long free; /* pages, isolated ones not */
	bool strays; /* isolated, and on a list of others; or not, and there */
};

static void sum_block(struct sum *sum, unsigned long pfn, unsigned int order,
		      unsigned int type)
{
	unsigned long end = pfn + (1UL << order);
	bool isolated = is_migrate_isolate(type);

	if (!isolated)
		sum->free += 1UL << order;
	for (; pfn < end && pfn < linux_pages(); pfn += pageblock_nr_pages)
		if (linux_is_isolated_block(pfn) != isolated)
			sum->strays = true;
}

/* Lists are whole: the checkers that ask for that come first. */
static void sum_list(struct sum *sum, unsigned int order, unsigned int type)
{
	const struct list_head *head =
		&linux_zone->free_area[order].free_list[type];
	const struct list_head *at;
	unsigned int nr = 0;

	for (at = head->next; at != head && nr++ < linux_pages(); at = at->next)
		sum_block(sum, page_to_pfn(list_entry(at, struct page, lru)),
			  order, type);
}

/* Per-CPU parts that were not folded into it yet belong to it. */
static unsigned long counted_free(void)
{
	long nr = linux_zone->vm_stat[NR_FREE_PAGES].counter;
	int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		nr += per_cpu_ptr(linux_zone->per_cpu_zonestats, cpu)
			      ->vm_stat_diff[NR_FREE_PAGES];
	return (unsigned long)nr;
}

long linux_node_count(enum node_stat_item item)
{
	const pg_data_t *node = linux_zone->zone_pgdat;
	long nr = node->vm_stat[item].counter;
	int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		nr += per_cpu_ptr(node->per_cpu_nodestats, cpu)
			      ->vm_node_stat_diff[item];
	return nr;
}

static unsigned long pages_of_list(const struct list_head *head,
				   unsigned int order)
{
	const struct list_head *at;
	unsigned long nr = 0;

	for (at = head->next; at != head && nr < linux_pages(); at = at->next)
		nr += 1UL << order;
	return nr;
}

static bool cpu_miscounts(int cpu)
{
	const struct per_cpu_pages *pcp =
		per_cpu_ptr(linux_zone->per_cpu_pageset, cpu);
	unsigned long nr = 0;
	int list;

	for (list = 0; list < NR_PCP_LISTS; list++)
		nr += pages_of_list(&pcp->lists[list],
				    linux_order_of_list(list));
	return nr != (unsigned long)pcp->count;
}

static const void *entry_of_slot(const struct xa_node *node, unsigned int slot)
{
	const void *entry = (const void *)node->slots[slot];
	unsigned int nr = 0;

	while (xa_is_sibling(entry) && nr++ < XA_CHUNK_SIZE)
		entry = (const void *)node->slots[xa_to_sibling(entry)];
	return entry;
}

/* Below @node as well: as deep as an index has digits. */
static const char *wrong_below(const struct xa_node *node, unsigned int depth)
{
	unsigned int slot, count = 0, values = 0;
	const char *wrong = NULL;

	for (slot = 0; slot < XA_CHUNK_SIZE && !wrong; slot++) {
		const void *entry = entry_of_slot(node, slot);

		count += entry != NULL;
		values += xa_is_value(entry);
		if (node->shift && depth && xa_is_node(entry))
			wrong = wrong_below(xa_to_node(entry), depth - 1);
	}
	if (wrong)
		return wrong;
	if (count != node->count || values != node->nr_values)
		return "slots-in-use-miscounted";
	if ((count && count == values) == list_empty(&node->private_list))
		return "shadow-node-misplaced";
	return NULL;
}

static const char *wrong_in_tree(unsigned int file)
{
	const void *head =
		(const void *)linux_file(file)->i_data.i_pages.xa_head;

	return xa_is_node(head) ? wrong_below(xa_to_node(head),
					      BITS_PER_LONG / XA_CHUNK_SHIFT) :
				  NULL;
}

/*
 * Before 6.10 isolation drops the lock between a pageblock's new
 * type and the split of a free block that begins in another one: whoever
 * allocates from that leaves isolated pages on the list of others. So does a
 * free of such a block. See: ../README.md, findings.
 */
static bool blocks_straddle(void)
{
	return linux_isolation_drops_the_lock() &&
	       linux_pages() > pageblock_nr_pages && linux_has_isolated();
}

/*
 * Since they have lists for huge pages, CPUs free one to the list of the type of its
 * first pageblock, be it larger: those behind may be isolated, or it alone. What comes
 * of that is counted off, or warned of, where parts of it are taken.
 * See: ../README.md, findings.
 */
bool linux_huge_page_misfiled(void)
{
	return LINUX_LAST_LISTS_ORDER > pageblock_order &&
	       linux_largest_block() >= LINUX_LAST_LISTS_ORDER &&
	       linux_has_isolated();
}

const char *linux_check(void)
{
	bool misfiled = linux_huge_page_misfiled();
	struct sum sum = { 0 };
	unsigned int order, type;
	const char *wrong = NULL;
	unsigned int file;
	int cpu;

	for (order = 0; order < ARRAY_SIZE(linux_zone->free_area); order++)
		for (type = 0; type < MIGRATE_TYPES; type++)
			sum_list(&sum, order, type);
	if (sum.strays && !blocks_straddle() && !misfiled)
		return "isolated-block-on-a-wrong-list";
	if (sum.free != counted_free() && !blocks_straddle() && !misfiled)
		return "free-pages-miscounted";
	for (cpu = 0; cpu < NR_CPUS; cpu++)
		if (cpu_miscounts(cpu))
			return "cpu-counts-other-pages";
	/* Taken off their LRU lists to be moved or reclaimed. */
	if (linux_node_count(NR_ISOLATED_ANON) +
	    linux_node_count(NR_ISOLATED_FILE))
		return "counted-as-isolated";
	for (file = 0; file < LINUX_FILES && !wrong; file++)
		if (linux_file_there(file))
			wrong = wrong_in_tree(file);
	if (!wrong)
		wrong = linux_mapped_wrong();
	return wrong ? wrong : linux_contents_wrong();
}
