/* SPDX-License-Identifier: MIT */
/*
 * left_behind.c: when a removal has ended, nothing is in its range that stood
 * there all the while; but for what was in use, if it spares that.
 *
 * What each operation spares the target says (removes, idle). In use is what was
 * not idle when the operation began, or what another task has written to since.
 * A folio that reaches beyond a range may stay.
 */
#include "checker.h"

static bool left_behind_result(struct scene *scene, const struct op_end *end,
			       struct finding *finding)
{
	const struct history_op *op = &scene->history.ops[end->task];

	unsigned int first = positions_next(&op->stayed, 0);

	if (op->kind != HISTORY_REMOVAL || first == TARGET_INDEX_MAX)
		return false;
	finding->page = scene->history.stands[first];
	return true;
}

static const char *left_behind_narrower(const struct target *target)
{
	unsigned int op;

	for (op = 0; op < OP_COUNT; op++)
		if (target->removes[op] == REMOVES_IDLE)
			return NULL;
	return "a removal leaves no page that stood there all the while";
}

CHECKER_BROKEN(left_behind)

const struct checker checker_left_behind = {
	.id = "left-behind",
	.promise = "a removal leaves no idle page that stood there all the "
		   "while",
	.narrower = left_behind_narrower,
	.result = left_behind_result,
	.broken = left_behind,
};
