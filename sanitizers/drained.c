/* SPDX-License-Identifier: MIT */
/*
 * drained.c: a drain leaves no page on a per-CPU list that stood there from before it
 * began until after it ended.
 *
 * Asked when it ends; what others put there meanwhile is theirs. And of the drain of
 * all CPUs that ends the epilogue, when every handle has been given back: it was alone
 * then, and nobody has freed a page after it.
 */
#include "checker.h"

static bool drained_result(struct scene *scene, const struct op_end *end,
			   struct finding *finding)
{
	if (scene->target->drains[end->op] == DRAINS_NOT)
		return false;
	finding->page = supply_stayed(scene, end->task);
	return finding->page >= 0;
}

static bool drained_quiescence(struct scene *scene, struct finding *finding)
{
	finding->page = scene->census.on_cpu;
	return finding->page >= 0 && !scene->books.nr_owned &&
	       target_has(scene->target, OP_DRAIN_ALL);
}

CHECKER_BROKEN(drained)

const struct checker checker_drained = {
	.id = "drain-left-some",
	.promise =
		"a drain leaves no page on the per-CPU lists that it empties",
	.result = drained_result,
	.quiescence = drained_quiescence,
	.broken = drained,
};
