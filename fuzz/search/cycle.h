/* SPDX-License-Identifier: MIT */
/*
 * cycle.h: critical cycles: from a recorded run, children in which one access
 * changes places with another of its task, where a second task would notice.
 *
 *	task i   ... a1 ... a2 ...        a1 and b2 meet, and a2 and b1:
 *	task j   ... b1 ... b2 ...        a1 -> a2 - b1 -> b2 - a1
 *
 * No order of steps has a2 before b1 and b2 before a1. Memory may, if a1 is a
 * store that others see late, or b2 a load of the past, and no barrier stands
 * between the two:
 *
 *	late     ... a1 (delayed) ... a2 [stop] [b1 ... b2 of j] the rest
 *	stale    j stops in front of b1 [a1 ... a2 of i] b1 ... b2 (stale)
 *
 * Both ways round; of a few cycles the one whose two accesses were reordered least
 * often so far. That neither task's two accesses are ordered by what the other task
 * does is not asked: with both barriers in, the cycle is not there.
 *
 * See: Shasha and Snir, "Efficient and Correct Execution of Parallel Programs
 *   that Share Memory", 1988; reverse.h, the same of races.
 */
#ifndef FUZZ_CYCLE_H
#define FUZZ_CYCLE_H

#include "record.h"
#include "rng.h"

#define CYCLE_PAIRS (1 << 16)
#define CYCLE_TOURNAMENT 4 /* cycles of which the rarest wins */
#define CYCLE_MOST 2 /* reorderings that a child may bring already */

struct cycle {
	uint8_t times[CYCLE_PAIRS]; /* a pair of sites was reordered */
	bool first; /* the last one was for the first time */
};

/*
 * Make @child: @program with one reordering more, and the switches that one takes.
 * @engine: of the record. Returns: false if none was found, or there is no room.
 */
bool cycle_reorder(struct cycle *cycle, const struct engine *engine,
		   const struct record *record, const struct program *program,
		   struct rng *rng, struct program *child);

#endif
