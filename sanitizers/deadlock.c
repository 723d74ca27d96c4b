/* SPDX-License-Identifier: MIT */
/* deadlock.c: while an operation is unfinished, some task can run. */
#include "checker.h"

static bool deadlock_progress(const struct progress *progress)
{
	return !progress->runnable;
}

CHECKER_BROKEN(deadlock)

const struct checker checker_deadlock = {
	.id = "deadlock",
	.promise = "while an operation is unfinished, some task can run",
	.progress = deadlock_progress,
	.broken = deadlock,
};
