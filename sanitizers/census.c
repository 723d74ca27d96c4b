/* SPDX-License-Identifier: MIT */
/* census.c: see census.h. */
#include "census.h"

#include <string.h>

struct walk {
	const struct target *target;
	const struct books *books;
	struct census *census;
	uint8_t *seen; /* a byte a page: accounted for */
};

static void note(int *first, int pfn)
{
	if (*first == TARGET_NO_PAGE)
		*first = pfn;
}

static bool see_block(void *arg, const struct target_block *block)
{
	struct walk *walk = arg;
	struct census *census = walk->census;
	int pages = (int)walk->books->pages;
	int size = 1 << block->list_order;
	int pfn;

	if (!block->linked || !block->marked)
		note(&census->badly_linked, block->pfn < 0 ? 0 : block->pfn);
	if (block->pfn < 0)
		return true;
	if (block->order != block->list_order || block->pfn & (size - 1) ||
	    block->pfn + size > pages)
		note(&census->wrong_order, block->pfn);
	for (pfn = block->pfn; pfn < block->pfn + size && pfn < pages; pfn++) {
		if (walk->seen[pfn])
			note(&census->overlap, pfn);
		walk->seen[pfn] = 1;
		if (walk->target->count && walk->target->count(pfn))
			note(&census->counted, pfn);
		if (books_owner(walk->books, pfn) >= 0)
			note(&census->owned, pfn);
	}
	return true;
}

static void see_cache(struct walk *walk)
{
	const struct target *target = walk->target;
	uint64_t left = walk->books->indices;

	while (target->cache_entry && left) {
		int pfn = target->cache_entry(
			(unsigned long)__builtin_ctzll(left));

		left &= left - 1;
		if (pfn >= 0)
			walk->seen[pfn] = 1;
	}
}

void census_take(const struct target *target, const struct books *books,
		 struct census *census)
{
	uint8_t seen[TARGET_PAGES_MAX];
	struct walk walk = { target, books, census, seen };
	const struct target_visit visit = { see_block, &walk };
	unsigned int pfn;

	*census = (struct census){ -1, -1, -1, -1, -1, -1, 0 };
	if (!target->free_blocks)
		return;
	memset(seen, 0, books->pages);
	target->free_blocks(&visit);
	see_cache(&walk);
	for (pfn = 0; pfn < books->pages; pfn++) {
		if (seen[pfn] || books_owner(books, (int)pfn) >= 0)
			continue;
		note(&census->lost, (int)pfn);
		census->nr_lost++;
	}
}
