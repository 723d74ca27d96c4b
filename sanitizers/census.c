/* SPDX-License-Identifier: MIT */
/* census.c: see census.h. */
#include "census.h"

#include <string.h>

enum { NOWHERE, FREE, OWNED, CACHED };

struct walk {
	const struct target *target;
	const struct books *books;
	struct census *census;
	uint8_t *where; /* a byte a page */
};

static void note(int *first, int pfn)
{
	if (*first == TARGET_NO_PAGE)
		*first = pfn;
}

/* Of all blocks most are seen once only: ask for the whole block at a time. */
static bool is_nowhere(const uint8_t *where, int size)
{
	uint8_t any = NOWHERE;
	int i;

	for (i = 0; i < size; i++)
		any |= where[i];
	return any == NOWHERE;
}

static void see_twice(struct walk *walk, int pfn, int size)
{
	int end = pfn + size;

	for (; pfn < end; pfn++) {
		if (walk->where[pfn] == FREE)
			note(&walk->census->overlap, pfn);
		if (walk->where[pfn] == OWNED)
			note(&walk->census->owned, pfn);
	}
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
	if (block->cpu >= 0)
		note(&census->on_cpu, block->pfn);
	if (block->order != block->list_order || block->pfn & (size - 1) ||
	    block->pfn + size > pages)
		note(&census->wrong_order, block->pfn);
	if (block->pfn + size > pages)
		size = pages - block->pfn;
	if (!is_nowhere(&walk->where[block->pfn], size))
		see_twice(walk, block->pfn, size);
	memset(&walk->where[block->pfn], FREE, (size_t)size);
	for (pfn = block->pfn; walk->target->count && pfn < block->pfn + size;
	     pfn++)
		if (walk->target->count(pfn))
			note(&census->counted, pfn);
	return true;
}

static void see_owners(struct walk *walk)
{
	const struct books *books = walk->books;
	unsigned int i;

	for (i = 0; i < books->nr_owned; i++) {
		int head = books->owned[i];

		memset(&walk->where[head], OWNED,
		       (size_t)1 << books->page[head].order);
	}
}

static void see_folio(struct walk *walk, int pfn)
{
	int end = pfn + (1 << target_folio_order(walk->target, pfn));

	if (end > (int)walk->books->pages)
		end = (int)walk->books->pages;
	memset(&walk->where[pfn], CACHED, (size_t)(end - pfn));
}

static void see_cache(struct walk *walk)
{
	const struct target *target = walk->target;
	unsigned int position;

	if (!target->cache_entry)
		return;
	POSITIONS_EACH(position, &walk->books->positions)
	{
		int pfn = target->cache_entry(position);

		if (pfn >= 0)
			see_folio(walk, pfn);
	}
}

static void see_lost(struct walk *walk)
{
	const uint8_t *end = walk->where + walk->books->pages;
	const uint8_t *at = walk->where;

	while ((at = memchr(at, NOWHERE, (size_t)(end - at)))) {
		note(&walk->census->lost, (int)(at - walk->where));
		walk->census->nr_lost++;
		at++;
	}
}

void census_take(const struct target *target, const struct books *books,
		 struct census *census)
{
	uint8_t where[TARGET_PAGES_MAX];
	struct walk walk = { target, books, census, where };
	const struct target_visit visit = { see_block, &walk };

	*census = (struct census){ -1, -1, -1, -1, -1, -1, -1, 0 };
	if (!target->free_blocks)
		return;
	memset(where, NOWHERE, books->pages);
	see_owners(&walk);
	target->free_blocks(&visit);
	see_cache(&walk);
	see_lost(&walk);
}
