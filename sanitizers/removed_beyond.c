/* SPDX-License-Identifier: MIT */
/*
 * removed_beyond.c: a removal removes nothing outside of its range, but for the
 * rest of a folio that reaches into it.
 */
#include "checker.h"

static bool removed_beyond_result(struct scene *scene, const struct op_end *end,
				  struct finding *finding)
{
	const struct history_op *op = &scene->history.ops[end->task];

	if (op->kind != HISTORY_REMOVAL || op->beyond == TARGET_NO_PAGE)
		return false;
	finding->page = op->beyond;
	return true;
}

CHECKER_BROKEN(removed_beyond)

const struct checker checker_removed_beyond = {
	.id = "removed-beyond",
	.promise = "a removal removes no page that stands outside of its range",
	.result = removed_beyond_result,
	.broken = removed_beyond,
};
