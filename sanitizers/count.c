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

/* What stands in the cache, looked up once. */
struct cached {
	unsigned int nr;
	int pfn[TARGET_INDEX_MAX];
};

static void cached_take(struct cached *cached, const struct scene *scene)
{
	unsigned int position;

	cached->nr = 0;
	if (!scene->target->cache_entry)
		return;
	POSITIONS_EACH(position, &scene->books.positions)
	{
		int pfn = scene->target->cache_entry(position);

		if (pfn >= 0)
			cached->pfn[cached->nr++] = pfn;
	}
}

/*
 * Are the references of @pfn not what the books and the cache have? The cache has
 * one for each index. Without large folios a page stands at one index at most.
 */
static bool count_differs(const struct scene *scene,
			  const struct cached *cached, int pfn)
{
	int references = scene->books.page[pfn].held;
	unsigned int i;

	for (i = 0; i < cached->nr; i++) {
		if (cached->pfn[i] != pfn)
			continue;
		references++;
		if (!scene->target->order)
			break;
	}
	return scene->target->count(pfn) != references;
}

static bool count_boundary(struct scene *scene, struct finding *finding)
{
	const struct books *books = &scene->books;
	struct cached cached;
	unsigned int i;

	if (!scene->target->count || books->in_flight || !books->nr_owned)
		return false;
	cached_take(&cached, scene);
	for (i = 0; i < books->nr_owned; i++) {
		finding->page = books->owned[i];
		if (count_differs(scene, &cached, finding->page))
			return true;
	}
	return false;
}

static bool count_quiescence(struct scene *scene, struct finding *finding)
{
	struct cached cached;
	unsigned int i;

	if (!scene->target->count)
		return false;
	cached_take(&cached, scene);
	for (i = 0; i < cached.nr; i++) {
		finding->page = cached.pfn[i];
		if (count_differs(scene, &cached, finding->page))
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
