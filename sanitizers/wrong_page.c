/* SPDX-License-Identifier: MIT */
/*
 * wrong_page.c: a lookup returns only a page that, at some instant inside the
 * call while the caller already held its reference, stood at that index.
 *
 * Watches the references that a lookup takes on its way (an access to the
 * field "count" of a "page" that raises it); from then on the history has where
 * the page stands.
 */
#include "checker.h"

/* Positions in the lookup's range at which @pfn stands now. */
static struct positions stands_at(struct scene *scene,
				  const struct history_op *lookup, int pfn)
{
	struct positions range =
		positions_in(lookup->range, &scene->books.positions);
	struct positions stands = { { 0 } };
	unsigned int position;

	history_look(scene, &range);
	POSITIONS_EACH(position, &range)
	if (history_may_find(&scene->history, position, pfn))
		positions_add(&stands, position);
	return stands;
}

static void note_reference(struct scene *scene, struct history_op *lookup,
			   int pfn, bool taken)
{
	unsigned int i = 0;

	if (taken && lookup->nr < HISTORY_TRANSIENT) {
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

static bool wrong_page_access(struct scene *scene, const struct access *access,
			      struct finding *finding)
{
	struct history_op *own = &scene->history.ops[access->task];
	int pfn;

	(void)finding;
	if (own->kind == HISTORY_LOOKUP && access->kind == MACHINE_RMWS &&
	    access->old != access->new &&
	    history_is_count(scene->target, access, &pfn))
		note_reference(scene, own, pfn,
			       (int)access->new > (int)access->old);
	return false;
}

static bool stood(const struct history_op *lookup, int pfn,
		  unsigned long position)
{
	unsigned int i;

	for (i = 0; i < lookup->nr; i++)
		if (lookup->transient[i].pfn == pfn &&
		    positions_has(&lookup->transient[i].stood, position))
			return true;
	return false;
}

static bool wrong_page_result(struct scene *scene, const struct op_end *end,
			      struct finding *finding)
{
	const struct history_op *lookup = &scene->history.ops[end->task];
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
