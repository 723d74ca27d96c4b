/* SPDX-License-Identifier: MIT */
/*
 * contents.c: a page bears what its owner, or the disk for its index, put there
 * since it was handed out; a reader gets what the disk holds at the index that
 * it asked for; a page that was freed bears the poison.
 *
 * Asked of a free page when it is handed out and at quiescence, of a held one
 * when a handle on it is taken, of a cached one at quiescence, of a reader when
 * its operation ends. A cached page may bear the poison still: it was not read
 * in yet. That a reader may not see that is what its flag is for. Of a target
 * with large folios zero is right as well: a hole was made in the middle of one.
 * See: stamps.h; truncate_inode_partial_folio() in mm/truncate.c.
 */
#include "checker.h"

/* May the page that stands, or stood, at @index bear this? */
static bool is_cached(const struct scene *scene, int pfn, unsigned long index)
{
	uint8_t stamp = stamps_get(&scene->stamps, pfn);

	return stamp == STAMPS_POISON ||
	       stamps_readable(scene->target, index, stamp);
}

/* Of a page that was freed while it was held others have to speak. */
static bool held_bears(const struct scene *scene, int pfn,
		       const struct books_page *head, unsigned int i)
{
	if (scene->stamps.state[pfn] != STAMPS_OUT)
		return true;
	if (head->place)
		return is_cached(scene, pfn, head->place - 1UL + i);
	return !head->stamp || stamps_get(&scene->stamps, pfn) == head->stamp;
}

static bool contents_release(struct scene *scene, int pfn,
			     struct finding *finding)
{
	const struct books_page *head = &scene->books.page[pfn];
	unsigned int i;

	for (i = 0; i < 1U << head->order; i++) {
		finding->page = pfn + (int)i;
		if (!held_bears(scene, finding->page, head, i))
			return true;
	}
	return false;
}

static bool contents_result(struct scene *scene, const struct op_end *end,
			    struct finding *finding)
{
	if (end->op != OP_READ || end->left_page < 0)
		return false;
	finding->page = end->left_page;
	return !stamps_readable(scene->target, end->args->index, end->left);
}

static bool cache_broken(const struct scene *scene, struct finding *finding)
{
	unsigned int index;

	if (!scene->target->cache_entry)
		return false;
	POSITIONS_EACH(index, &scene->books.positions)
	{
		int pfn = scene->target->cache_entry(index);

		if (pfn < 0 || scene->stamps.state[pfn] != STAMPS_OUT ||
		    target_folio_order(scene->target, pfn))
			continue;
		finding->page = pfn;
		if (!is_cached(scene, pfn, index))
			return true;
	}
	return false;
}

static bool contents_quiescence(struct scene *scene, struct finding *finding)
{
	finding->page = stamps_touched(&scene->stamps, scene->books.pages);
	return finding->page >= 0 || cache_broken(scene, finding);
}

CHECKER_BROKEN(contents)

const struct checker checker_contents = {
	.id = "contents",
	.promise = "a page bears what its owner or the disk put there",
	.result = contents_result,
	.release = contents_release,
	.quiescence = contents_quiescence,
	.broken = contents,
};
