/* SPDX-License-Identifier: MIT */
/*
 * wrong_page.c: a lookup returns only a page that, at some instant inside the
 * call while the caller already held its reference, stood at that index.
 *
 * Watches the references that a lookup takes on its way (an access to the
 * field "count" of a "page" that raises it), and from then on where the page
 * stands: at once, and again whenever somebody else stores something.
 */
#include <string.h>

#include "checker.h"

static bool is_page_count(const struct scene *scene,
			  const struct access *access, int *pfn)
{
	struct target_place place;

	if (access->kind != MACHINE_RMWS || access->old == access->new)
		return false;
	scene->target->describe(access->addr, &place);
	*pfn = place.instance;
	return place.class && !strcmp(place.class, "page") &&
	       !strcmp(place.field, "count");
}

/* Indices in the lookup's range at which @pfn stands now. */
static uint64_t stands_at(const struct scene *scene,
			  const struct books_lookup *lookup, int pfn)
{
	uint64_t left = scene->books.indices >> lookup->index << lookup->index;
	uint64_t stands = 0;

	if (!lookup->count)
		left &= 1ULL << lookup->index;
	while (left) {
		int index = __builtin_ctzll(left);

		left &= left - 1;
		if (scene->target->cache_entry((unsigned long)index) == pfn)
			stands |= 1ULL << index;
	}
	return stands;
}

static void note_reference(struct scene *scene, struct books_lookup *lookup,
			   int pfn, bool taken)
{
	unsigned int i = 0;

	if (taken && lookup->nr < BOOKS_TRANSIENT) {
		lookup->transient[lookup->nr].pfn = pfn;
		lookup->transient[lookup->nr].stood =
			stands_at(scene, lookup, pfn);
		lookup->nr++;
	} else if (!taken) {
		while (i < lookup->nr && lookup->transient[i].pfn != pfn)
			i++;
		if (i < lookup->nr)
			lookup->transient[i] =
				lookup->transient[--lookup->nr];
	}
}

/* Somebody stored something: perhaps the entry of one of the pages. */
static void look_again(struct scene *scene, struct books_lookup *lookup)
{
	unsigned int i;

	for (i = 0; i < lookup->nr; i++)
		lookup->transient[i].stood |=
			stands_at(scene, lookup, lookup->transient[i].pfn);
}

static bool wrong_page_access(struct scene *scene, const struct access *access,
			      struct finding *finding)
{
	struct books_lookup *own = &scene->books.lookups[access->task];
	int task, pfn;

	(void)finding;
	if (!scene->target->cache_entry || !scene->target->describe)
		return false;
	if (own->active && is_page_count(scene, access, &pfn))
		note_reference(scene, own, pfn,
			       (int)access->new > (int)access->old);
	if (access->kind != MACHINE_STORES && access->kind != MACHINE_RMWS)
		return false;
	for (task = 0; task < BOOKS_TASKS; task++)
		if (task != access->task && scene->books.lookups[task].active)
			look_again(scene, &scene->books.lookups[task]);
	return false;
}

static bool stood(const struct books_lookup *lookup, int pfn,
		  unsigned long index)
{
	unsigned int i;

	for (i = 0; i < lookup->nr; i++)
		if (lookup->transient[i].pfn == pfn &&
		    lookup->transient[i].stood >> index & 1)
			return true;
	return false;
}

static bool wrong_page_result(struct scene *scene, const struct op_end *end,
				struct finding *finding)
{
	const struct books_lookup *lookup = &scene->books.lookups[end->task];
	unsigned int i;

	if (!end->lookup || !scene->target->cache_entry ||
	    !scene->target->describe)
		return false;
	for (i = 0; i < end->result->nr; i++) {
		finding->page = end->result->pfn[i];
		if (!stood(lookup, finding->page, end->result->index[i]))
			return true;
	}
	return false;
}

CHECKER_BROKEN(wrong_page)

const struct checker checker_wrong_page = {
	.id = "wrong-page",
	.promise = "a lookup returns the page that stood at its index",
	.access = wrong_page_access,
	.result = wrong_page_result,
	.broken = wrong_page,
};
