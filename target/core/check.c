/* SPDX-License-Identifier: MIT */
/*
 * check.c: the core's last word at quiescence: what no result of an operation
 * tells, and no page alone.
 *
 * Promises, when nobody is in the middle of an operation:
 *  1. A free area counts the blocks on its list, a CPU the pages on its lists.
 *  2. Of two free buddies below MAX_ORDER at least one has another order.
 *  3. A free page has no flag, no mapping and no type; private is 0 but of a
 *     free block's first page.
 *  4. Each node of the tree is where it says that it is, and counts its slots
 *     in use, of which there are some. The root is needed.
 *  5. A cached page says where it stands. Its contents are there, nobody has
 *     its lock. There are nrpages of them.
 *
 * Names: an id is a promise of the above, or a half of one. They rely on what
 *   the checkers have found in order: lists are whole.
 * Yields: never.
 */
#include "view.h"

#include "zone.h"

/* ------------------------------------------------------------ free blocks */

struct blocks {
	unsigned long on_list[MAX_ORDER + 1];
	int on_cpu[MACHINE_CPUS]; /* pages */
	bool apart; /* two buddies should be one block */
	bool marked; /* a page bears what its last owner left */
};

static bool has_free_buddy(unsigned long pfn, unsigned int order)
{
	const struct page *buddy = &core.mem_map[pfn ^ BIT(order)];

	return order < MAX_ORDER &&
	       (pfn ^ BIT(order)) < core.zone.spanned_pages &&
	       PageBuddy(buddy) && buddy->private == order;
}

/* @head of a block on a list of the buddy's has a type and, there, an order. */
static bool is_marked(const struct page *page, bool head)
{
	return page->flags || page->mapping ||
	       (!head && (page->private || page->page_type != PAGE_TYPE_NONE));
}

static bool count_block(void *arg, const struct target_block *block)
{
	const struct page *page = &core.mem_map[block->pfn];
	unsigned int order = block->list_order;
	struct blocks *blocks = arg;
	unsigned long i;

	for (i = 0; i < BIT(order); i++)
		if (is_marked(page + i, !i && block->cpu < 0))
			blocks->marked = true;
	if (block->cpu >= 0) {
		blocks->on_cpu[block->cpu] += (int)BIT(order);
		return true;
	}
	blocks->on_list[order]++;
	if (has_free_buddy((unsigned long)block->pfn, order))
		blocks->apart = true;
	return true;
}

static bool areas_miscount(const struct blocks *blocks)
{
	unsigned int order;

	for (order = 0; order <= MAX_ORDER; order++)
		if (core.zone.free_area[order].nr_free !=
		    blocks->on_list[order])
			return true;
	return false;
}

static bool cpus_miscount(const struct blocks *blocks)
{
	int cpu;

	for (cpu = 0; cpu < MACHINE_CPUS; cpu++)
		if (core.pageset[cpu].count != blocks->on_cpu[cpu])
			return true;
	return false;
}

/* --------------------------------------------------------------- the tree */

struct leaves {
	unsigned long nr;
	bool astray; /* a page is not where it says */
	bool busy; /* or is locked, or was never filled */
};

static void count_leaf(struct leaves *leaves, const void *entry,
		       unsigned long index)
{
	const struct page *page = view_page(entry);

	leaves->nr++;
	if (!page || page->mapping != &core.mapping || page->index != index)
		leaves->astray = true;
	else if (page->flags != BIT(PG_uptodate))
		leaves->busy = true;
}

/*
 * Below @entry, that covers indices from @index on; each level down has a
 * smaller shift. Returns: all nodes are as they should.
 */
static bool count_leaves(struct leaves *leaves, const void *entry,
			 const struct xa_node *parent, unsigned int offset,
			 unsigned long index)
{
	const struct xarray *xa = &core.mapping.i_pages;
	const struct xa_node *node = xa_to_node(entry);
	unsigned int i, used = 0;

	if (!view_is_node(node, parent ? parent->shift : 8 * sizeof(index)) ||
	    node->parent != parent || node->offset != offset ||
	    node->array != xa ||
	    (parent && node->shift + xa->xa_shift != parent->shift))
		return false;
	for (i = 0; i < 1U << xa->xa_shift; i++) {
		const void *slot = node->slots[i];
		unsigned long at = index + ((unsigned long)i << node->shift);

		if (!slot)
			continue;
		used++;
		if (!node->shift)
			count_leaf(leaves, slot, at);
		else if (!xa_is_node(slot) ||
			 !count_leaves(leaves, slot, node, i, at))
			return false;
	}
	return used && used == node->count;
}

/* A single page at index 0 needs no node, and a single node no parent. */
static bool root_is_idle(const void *head)
{
	return xa_is_node(head) && xa_to_node(head)->count == 1 &&
	       xa_to_node(head)->slots[0];
}

/* Returns: an id, or NULL. */
static const char *tree_check(void)
{
	const void *head = core.mapping.i_pages.xa_head;
	struct leaves leaves = { 0 };

	if (head && !xa_is_node(head))
		count_leaf(&leaves, head, 0);
	else if (head && !count_leaves(&leaves, head, NULL, 0, 0))
		return "node-out-of-place";
	if (root_is_idle(head))
		return "tree-too-tall";
	if (leaves.astray)
		return "cached-page-says-another-index";
	if (leaves.busy)
		return "page-left-locked-or-unread";
	if (leaves.nr != core.mapping.nrpages)
		return "mapping-has-another-size";
	return NULL;
}

const char *core_check(void)
{
	struct blocks blocks = { 0 };
	const struct target_visit visit = { count_block, &blocks };

	view_free_blocks(&visit);
	if (areas_miscount(&blocks))
		return "free-area-miscounts-blocks";
	if (blocks.apart)
		return "free-buddies-apart";
	if (cpus_miscount(&blocks))
		return "cpu-counts-other-pages";
	if (blocks.marked)
		return "free-page-bears-marks";
	return tree_check();
}
