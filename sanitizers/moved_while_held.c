/* SPDX-License-Identifier: MIT */
/*
 * moved_while_held.c: while somebody holds a page, it stands at the index that
 * it was found at, or, once it was truncated, nowhere; what was allocated stands
 * nowhere.
 *
 * Asked when a handle is taken: to be given back, or for an operation. What a
 * reference pins is the page's word about its place: its index, for as long as
 * it is held, with or without a mapping; a page without one gets none. It does
 * not pin the mapping, nor flags, nor who else holds the page. Contents are
 * contents.c's. Of a page that was freed meanwhile others have to speak.
 * See: page_cache_delete() in mm/filemap.c, which leaves the index.
 */
#include "checker.h"

static bool moved_release(struct scene *scene, int pfn, struct finding *finding)
{
	const struct books_page *page = &scene->books.page[pfn];
	struct target_mapped mapped;

	if (!scene->target->mapped || scene->stamps.state[pfn] == STAMPS_FREE)
		return false;
	finding->page = pfn;
	scene->target->mapped(pfn, &mapped);
	if (!page->place)
		return mapped.mapped;
	if (!mapped.mapped) /* nobody knows in which file it was */
		return mapped.index != target_index(page->place - 1UL);
	return mapped.index != page->place - 1UL;
}

CHECKER_BROKEN(moved_while_held)

const struct checker checker_moved_while_held = {
	.id = "moved-while-held",
	.promise = "a page that is held stands where it was found, or nowhere",
	.release = moved_release,
	.broken = moved_while_held,
};
