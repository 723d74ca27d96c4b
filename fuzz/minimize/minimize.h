/* SPDX-License-Identifier: MIT */
/*
 * minimize.h: minimizing: the smallest program that breaks the same promise.
 *
 * Works on programs and their schedules together. What is smaller, the first
 * difference decides: reorderings, lists of interrupts, preemptions, operations (set-up
 * included), tasks, access points, switches, then simple configuration and
 * arguments (minimize_cost.c).
 *
 *     replay     an edit (minimize_edits.c, minimize_values.c), the schedule
 *                re-placed by operation, site and occurrence: one run
 *     memory     all schedules without a reordering, be it with more preemptions
 *     plain      tasks instead of lists of interrupts
 *     dissolve   a task's operations go to others (minimize_dissolve.c)
 *     bound      all schedules with 0, 1, 2 ... preemptions until one breaks
 *                the promise (iterative context bounding)
 *     growth     the same with an operation more: what had to happen inside one
 *                can happen between two (minimize_grow.c)
 *     dropping   an edit, and all schedules with no more preemptions
 *     schedule   the shortest of these, no edit
 *     simplify   an edit, and the shortest of these
 *     claim      bound, once more, with more effort; if there are more schedules
 *                than that, of each class of all (dpor.h) what its orders could
 *                have
 *
 * in turn, from the first again after each success, until none helps.
 *
 * Promises:
 *  1. The result breaks the promise that the input broke: equal id, for crashes
 *     also equal place.
 *  2. Same input, same result; the result minimizes to itself.
 *  3. It may be stopped at any time and has then the best so far.
 *
 * See: Zeller and Hildebrandt, "Simplifying and isolating failure-inducing
 *   input", 2002; Musuvathi and Qadeer, "Iterative context bounding", 2007.
 */
#ifndef FUZZ_MINIMIZE_H
#define FUZZ_MINIMIZE_H

#include "worker.h"

/* A program, its schedule by sites, and what they come to. */
struct story {
	struct program program;
	struct outcome outcome;
};

struct minimize {
	struct worker *worker;
	/* Called after each attempt; NULL: nobody wants to know. */
	void (*progress)(const struct minimize *minimize, void *arg);
	void *arg;
	struct outcome wanted; /* what the input came to */
	/* The result, valid at any time. */
	struct story best;
	bool stopped; /* best is not the end */
	unsigned long tried; /* schedules with one preemption less */
	bool exhaustive; /* there are no more than these */
	unsigned long classes; /* of all schedules, none with one less; or 0 */
	/* Without a reordering: so many schedules, all with no finding. */
	struct {
		unsigned int preemptions; /* at most */
		unsigned long tried; /* 0: not asked */
		bool exhaustive;
	} sequential;
	struct memory *memory; /* of searches that were made */
	struct {
		unsigned int preemptions, operations;
	} grown; /* what growth was tried on early */
};

/*
 * minimize - find the smallest program like @program. The caller has set worker
 * and progress. Returns: false if @program breaks no promise, or if it was
 * stopped before that was known.
 */
bool minimize(struct minimize *minimize, const struct program *program);

/* ------------------------------------------------------- minimize_cost.c */

/* Below 0: @a is the smaller. */
int story_compare(const struct story *a, const struct story *b);

/* ---------------------------------------------------- minimize_reorder.c */

/* Will fewer reorderings do, be it with more preemptions? Within @limit. */
bool minimize_sequential(struct minimize *minimize, unsigned long limit);
/* The same with none at all, for the record: @minimize->sequential. */
bool minimize_claim_sequential(struct minimize *minimize, unsigned long limit);

/* ------------------------------------------------------ minimize_edits.c */

enum edit_result {
	EDIT_MADE,
	EDIT_SAME, /* that one changes nothing */
	EDIT_NONE, /* there is no such one, nor any after it */
};

enum edit_kind {
	EDIT_BY_REPLAY, /* tried with the schedule there is and no other */
	EDIT_DROPS, /* operations: any schedule will do */
	EDIT_SIMPLIFIES, /* the shortest of all schedules is looked for */
};

/* Make the @nr-th of the changes of a kind, from 0. */
typedef enum edit_result edit_make(struct program *program, unsigned int nr);

/* A kind of change that might make a program smaller. */
struct edit {
	const char *name;
	edit_make *make;
	enum edit_kind kind;
};

/* Ends with a NULL name. Large changes first. */
extern const struct edit edits[];

#endif
