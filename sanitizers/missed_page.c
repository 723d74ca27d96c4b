/* SPDX-License-Identifier: MIT */
/*
 * missed_page.c: a lookup returns each page that stood at its index from before
 * it began until after it ended; a batch as many as it has room for, in order,
 * each once, and none from outside its range. A read copies a page if one did:
 * whether it was the right one its contents tell.
 *
 * A page that lost its last reference meanwhile was on its way out. With large
 * folios a batch may come by an index twice, for what came after a folio that it
 * has: then a page is not to come twice.
 */
#include "checker.h"

/* Does the @i-th of the result stand where it may? */
static bool in_order(const struct scene *scene, const struct history_op *lookup,
		     const struct op_result *result, unsigned int i)
{
	const unsigned long *index = result->index;

	if (!positions_has(&lookup->range, index[i]))
		return false;
	if (!i || index[i] > index[i - 1])
		return true;
	return scene->target->order && result->pfn[i] != result->pfn[i - 1];
}

static bool returned(const struct op_end *end, int pfn)
{
	const struct op_result *result = end->result;
	unsigned int i;

	if (end->op == OP_READ)
		return end->left_page >= 0;
	for (i = 0; i < result->nr; i++)
		if (result->pfn[i] == pfn)
			return true;
	return false;
}

/* Has the lookup come by @position? By all of its range, if there was room left. */
static bool passed(const struct op_end *end, unsigned int position)
{
	const struct op_result *result = end->result;

	return !end->args->count || result->nr < end->args->count ||
	       position <= result->index[result->nr - 1];
}

static bool missed_page_result(struct scene *scene, const struct op_end *end,
			       struct finding *finding)
{
	const struct history_op *lookup = &scene->history.ops[end->task];
	const struct op_result *result = end->result;
	unsigned int i, position;

	if (lookup->kind != HISTORY_LOOKUP)
		return false;
	for (i = 0; i < result->nr; i++) {
		finding->page = result->pfn[i];
		if (!in_order(scene, lookup, result, i))
			return true;
	}
	POSITIONS_EACH(position, &lookup->stayed)
	{
		finding->page = scene->history.stands[position];
		if (passed(end, position) && !returned(end, finding->page))
			return true;
	}
	finding->page = TARGET_NO_PAGE;
	return end->args->count && result->nr > end->args->count;
}

CHECKER_BROKEN(missed_page)

const struct checker checker_missed_page = {
	.id = "missed-page",
	.promise = "a lookup returns each page that stood there all the while",
	.result = missed_page_result,
	.broken = missed_page,
};
