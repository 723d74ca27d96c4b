/* SPDX-License-Identifier: MIT */
/*
 * fidelity_free.c: free lists as numbers that do not depend on which pages are
 * in use. See fidelity.h.
 */
#include "fidelity.h"

#include <string.h>

struct free_walk {
	struct fidelity_free *counts;
	unsigned int pages;
	bool free[TARGET_PAGES_MAX]; /* in the buddy */
};

static bool see_block(void *arg, const struct target_block *block)
{
	struct free_walk *walk = arg;
	unsigned int size = 1U << block->list_order, pfn;

	walk->counts->pages += size;
	if (block->cpu >= 0) {
		walk->counts->percpu += size;
		return true;
	}
	if (block->list_order < FIDELITY_ORDER)
		walk->counts->blocks[block->list_order]++;
	else
		walk->counts->blocks[FIDELITY_ORDER] +=
			1 << (block->list_order - FIDELITY_ORDER);
	for (pfn = (unsigned int)block->pfn;
	     block->pfn >= 0 && size-- && pfn < walk->pages; pfn++)
		walk->free[pfn] = true;
	return true;
}

static bool all_free(const struct free_walk *walk, unsigned int pfn,
		     unsigned int size)
{
	if (pfn + size > walk->pages)
		return false;
	while (size && walk->free[pfn + size - 1])
		size--;
	return !size;
}

/* Largest order of a free block that would begin at @pfn; -1: not free. */
static int merged_order(const struct free_walk *walk, unsigned int pfn)
{
	int order = walk->free[pfn] ? 0 : -1;

	while (order >= 0 && order < FIDELITY_ORDER &&
	       !(pfn & ((2U << order) - 1)) &&
	       all_free(walk, pfn, 2U << order))
		order++;
	return order;
}

void fidelity_count_free(const struct target *target, unsigned int pages,
			 struct fidelity_free *counts)
{
	struct free_walk walk = { .counts = counts, .pages = pages };
	const struct target_visit visit = { see_block, &walk };
	unsigned int pfn = 0;

	memset(counts, 0, sizeof(*counts));
	if (!target->free_blocks)
		return;
	target->free_blocks(&visit);
	while (pfn < pages) {
		int order = merged_order(&walk, pfn);

		if (order >= 0)
			counts->blocks[order]--;
		pfn += order > 0 ? 1U << order : 1;
	}
}
