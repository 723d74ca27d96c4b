/* SPDX-License-Identifier: MIT */
/*
 * count.c: a page's reference count is what the books say.
 *
 * Asked at operation boundaries when nobody is in the middle of an operation:
 * then there are no passing references, no page on its way in or out of the
 * cache, and no frozen count. Cached pages that nobody has are left to
 * quiescence.
 */
#include "checker.h"

/*
 * The cache's own references: one for each index. Without large folios a page
 * stands at one index at most.
 */
static int cache_references(const struct scene *scene, int pfn)
{
	uint64_t left = scene->books.indices;
	int references = 0;

	while (scene->target->cache_entry && left) {
		int index = __builtin_ctzll(left);

		left &= left - 1;
		if (scene->target->cache_entry((unsigned long)index) != pfn)
			continue;
		references++;
		if (!scene->target->order)
			break;
	}
	return references;
}

static bool count_differs(const struct scene *scene, int pfn)
{
	return scene->target->count(pfn) !=
	       scene->books.page[pfn].held + cache_references(scene, pfn);
}

static bool count_boundary(struct scene *scene, struct finding *finding)
{
	const struct books *books = &scene->books;
	unsigned int i;

	if (!scene->target->count || books->in_flight)
		return false;
	for (i = 0; i < books->nr_owned; i++) {
		finding->page = books->owned[i];
		if (count_differs(scene, finding->page))
			return true;
	}
	return false;
}

static bool count_quiescence(struct scene *scene, struct finding *finding)
{
	uint64_t left = scene->books.indices;

	while (scene->target->count && scene->target->cache_entry && left) {
		unsigned long index = (unsigned long)__builtin_ctzll(left);

		left &= left - 1;
		finding->page = scene->target->cache_entry(index);
		if (finding->page >= 0 && count_differs(scene, finding->page))
			return true;
	}
	return false;
}

static const char *count_narrower(const struct target *target)
{
	return target->cache_entry ? NULL : "a page counts exactly its owners";
}

CHECKER_BROKEN(count)

const struct checker checker_count = {
	.id = "reference-count",
	.promise = "a page counts exactly its owners, and the cache",
	.narrower = count_narrower,
	.boundary = count_boundary,
	.quiescence = count_quiescence,
	.broken = count,
};
