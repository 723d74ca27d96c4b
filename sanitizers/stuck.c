/* SPDX-License-Identifier: MIT */
/*
 * stuck.c: under a fair schedule some operation ends before long.
 *
 * A round is one forced switch after as many access points of one task as eight
 * long operations make (FAIR_OPERATIONS of fuzz/engine/inside.h, points_shift of the
 * target); every runnable task gets its turn. Far above what the longest correct
 * operation needs, be all tasks in one like it.
 */
#include "checker.h"

#define STUCK_ROUNDS 64

static bool stuck_progress(const struct progress *progress)
{
	return progress->runnable && progress->rounds >= STUCK_ROUNDS;
}

CHECKER_BROKEN(stuck)

const struct checker checker_stuck = {
	.id = "stuck",
	.promise = "under a fair schedule some operation ends",
	.progress = stuck_progress,
	.broken = stuck,
};
