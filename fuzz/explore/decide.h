/* SPDX-License-Identifier: MIT */
/*
 * decide.h: which orders decide that a program's run ends in its finding
 * (show/deciding.h), tried out.
 *
 * Played are one schedule of each class (dpor.h), or, where that takes more than
 * DECIDE_POINTS access points, those with few preemptions, in front of steps that
 * meet others (near.h). Of a program with reorderings: those with few preemptions
 * and as many reorderings; of one that goes on for ever, and whose runs cost much,
 * those with at most so many preemptions as are all played within that. Of each it is noted whether it ended in the finding, and
 * which of the candidates (candidates.h) held in it. Then:
 *
 *  1. Needed are candidates that held whenever it ended so, and not always. Of
 *     those that held in the same schedules one is kept.
 *  2. Told are the fewest needed ones, not implied by others in the run, in which
 *     each of their steps stands, and which exclude what they can exclude of the
 *     schedules that ended otherwise.
 *  3. If that is not enough, the fewest are added that exclude the rest: needed
 *     ones that others imply, or "before what did not come"; or else some that
 *     are not needed. If nothing is enough, no such are told.
 *
 * Promises:
 *  1. Same program, same target: same orders and counts.
 *  2. What is said of an order was counted over schedules that were played.
 *  3. A schedule that kills its process is one of them.
 *
 * Two runs end in the same finding if the checker is the same, and of an access to
 * what was no more the task and site; of a crash its kind and place.
 */
#ifndef FUZZ_DECIDE_H
#define FUZZ_DECIDE_H

#include <signal.h>

#include "deciding.h"
#include "explored.h"

#define DECIDE_POINTS 4000000UL /* access points made, about, of either way */
#define DECIDE_ROWS 65536 /* schedules */
#define DECIDE_DEATHS 100 /* schedules that kill, of either way */

struct decide {
	const struct target *target;
	const struct program *program; /* with its schedule */
	/* The tool's own, destroyed and brought up anew around each fork. */
	struct engine *engine;
	const volatile sig_atomic_t *stop; /* NULL: never */
	bool quiet; /* no line that says how far it is */
	/* As of jobs.h: what a crash is called. NULL: all are alike. */
	bool (*name_crash)(void *arg, const struct program *program,
			   struct explored_bug *bug);
	void *arg;
};

/*
 * Not in a run; @engine has no last run after it. Returns: false if it was
 * stopped. Aborts with a message if memory is short.
 */
bool deciding_find(const struct decide *decide, struct deciding *deciding);

#endif
