/* SPDX-License-Identifier: MIT */
/*
 * forbid.h: which barriers would forbid the reorderings of a story
 * (show/forbidding.h), tried out.
 *
 * A full barrier is put at one access of the operation after the other: in front
 * of those behind a store that is late, behind those in front of a load of the
 * past. Of those where the story has its finding no more, the access furthest away
 * is told where no schedule has it, with as many preemptions and reorderings; and
 * there the weaker barriers are tried on all those schedules.
 *
 * Promises: same program, same answer; all that is said was played.
 */
#ifndef FUZZ_FORBID_H
#define FUZZ_FORBID_H

#include "forbidding.h"
#include "worker.h"

/*
 * Of @program as @worker plays it. Returns: false if it was stopped; nr is 0 if
 * it has no finding or no reordering.
 */
bool forbidding_find(struct worker *worker, const struct program *program,
		     struct forbidding *forbidding);

#endif
