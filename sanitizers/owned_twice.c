/* SPDX-License-Identifier: MIT */
/*
 * owned_twice.c: an allocation hands out no page that the books, the cache or
 * a free list still hold.
 *
 * Safe to ask at the end of the operation, with others in the middle of
 * theirs: from the instant of allocation until now only the new owner could
 * have given the page to anybody.
 */
#include "checker.h"

struct search {
	int pfn, end; /* the block handed out */
	int found;
};

static bool on_free_list(void *arg, const struct target_block *block)
{
	struct search *search = arg;

	if (block->pfn < 0 || block->pfn >= search->end ||
	    block->pfn + (1 << block->list_order) <= search->pfn)
		return true;
	search->found = block->pfn > search->pfn ? block->pfn : search->pfn;
	return false;
}

/* Does the folio that begins at @pfn reach into the block? */
static void look_at_folio(const struct scene *scene, struct search *search,
			  int pfn)
{
	if (pfn < 0 || pfn >= search->end ||
	    pfn + (1 << target_folio_order(scene->target, pfn)) <= search->pfn)
		return;
	search->found = pfn > search->pfn ? pfn : search->pfn;
}

static bool in_cache(const struct scene *scene, struct search *search)
{
	unsigned int position;

	if (!scene->target->cache_entry)
		return false;
	POSITIONS_EACH(position, &scene->books.positions)
	look_at_folio(scene, search, scene->target->cache_entry(position));
	return search->found >= 0;
}

static bool in_books(const struct scene *scene, struct search *search)
{
	int pfn;

	for (pfn = search->pfn; pfn < search->end; pfn++)
		if (books_owner(&scene->books, pfn) >= 0)
			search->found = pfn;
	return search->found >= 0;
}

/* Is a page of the block of 2^@order pages at @pfn held? Returns: which, or -1 */
static int held_page(const struct scene *scene, int pfn, unsigned int order)
{
	struct search search = { pfn, pfn + (1 << order), TARGET_NO_PAGE };
	const struct target_visit visit = { on_free_list, &search };

	if (!in_books(scene, &search) && !in_cache(scene, &search) &&
	    scene->target->free_blocks)
		scene->target->free_blocks(&visit);
	return search.found;
}

/* Pages of the block that owns @pfn. */
static unsigned int owned_as(const struct scene *scene, int pfn)
{
	int head = pfn < 0 ? pfn : books_owner(&scene->books, pfn);

	return head < 0 ? 1 : 1U << scene->books.page[head].order;
}

static bool owned_twice_result(struct scene *scene, const struct op_end *end,
			       struct finding *finding)
{
	unsigned int i, order = end->args->order, nr = end->result->nr;

	for (i = 0; end->hands_out && i < nr && finding->page < 0; i++)
		finding->page = held_page(scene, end->result->pfn[i], order);
	finding->block = owned_as(scene, finding->page);
	if (finding->block < nr << order)
		finding->block = nr << order;
	return finding->page >= 0;
}

/* Somebody's block is on a free list: the next allocation has two owners. */
static bool owned_twice_quiescence(struct scene *scene, struct finding *finding)
{
	finding->page = scene->census.owned;
	finding->block = owned_as(scene, finding->page);
	return finding->page >= 0;
}

CHECKER_BROKEN(owned_twice)

const struct checker checker_owned_twice = {
	.id = "owned-twice",
	.promise = "an allocation hands out only what nobody holds",
	.result = owned_twice_result,
	.quiescence = owned_twice_quiescence,
	.broken = owned_twice,
};
