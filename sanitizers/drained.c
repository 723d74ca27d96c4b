/* SPDX-License-Identifier: MIT */
/*
 * drained.c: a drain of all CPUs leaves no page on a per-CPU list.
 *
 * Asked when every handle has been given back: the drain that ends the epilogue
 * was alone then, and nobody has freed a page after it.
 */
#include "checker.h"

static bool drained_quiescence(struct scene *scene, struct finding *finding)
{
	finding->page = scene->census.on_cpu;
	return finding->page >= 0 && !scene->books.nr_owned &&
	       target_has(scene->target, OP_DRAIN_ALL);
}

CHECKER_BROKEN(drained)

const struct checker checker_drained = {
	.id = "drain-left-some",
	.promise = "a drain of all CPUs leaves no page on their lists",
	.quiescence = drained_quiescence,
	.broken = drained,
};
