/* SPDX-License-Identifier: MIT */
/*
 * explore.h: explorer: a policy that plays every schedule of a program with at
 * most so many preemptions, one a run.
 *
 *	explore_begin(&explore, 2);
 *	explore_policy(&policy, &explore);
 *	while (explore_next(&explore))
 *		verdict = engine_run(..., &(struct run_options){ &policy });
 *
 * A step is what a task does from one access point, or operation boundary, to
 * its next. A schedule is a sequence of steps: who makes the first, the second
 * ... The explorer is asked in front of each step and chooses who makes it:
 *   - inside an operation another task costs a preemption;
 *   - at a boundary, when a list or an interrupt ends, in front of a held lock
 *     or of what has not come yet, in front of cpu_relax(): another is free;
 *   - the rcu task is one of them as soon as a callback is due; at a boundary
 *     it may be let run or be held back, for free;
 *   - an interrupt may come at each access point where they are on, for free,
 *     as the engine counts; it comes to the task that is running;
 *   - with reorderings: a store is delayed or not, a load finds what is there or
 *     any value before it that it may find; each time the task of a delayed store
 *     gets the CPU others see it from then on or not yet, and if they do it may
 *     give the CPU away again, for free.
 *
 * Promises:
 *  1. Every such sequence with at most so many preemptions (verdict.preemptions,
 *     those of a prefix included) is played, and none twice.
 *  2. Their order depends on the program and target alone.
 *  3. engine_script() after a run gives the schedule that was played.
 *
 * Limits: from engine.fair_points access points in one operation on the engine
 * takes fair turns; there, and behind EXPLORE_LEVELS choices, nothing is chosen.
 *
 * See: Musuvathi, Qadeer: Iterative Context Bounding for Systematic Testing of
 * Multithreaded Programs, PLDI 2007.
 */
#ifndef FUZZ_EXPLORE_H
#define FUZZ_EXPLORE_H

#include "near.h"
#include "policy.h"

#define EXPLORE_LEVELS 32768

/* A choice on the way: tasks are a bit each. */
struct explore_level {
	uint16_t all; /* who could make the step */
	uint16_t left; /* who is still to be tried */
	uint8_t next; /* who makes it in this run */
	uint8_t first; /* who made it at first */
};

struct explore {
	unsigned int preemptions; /* at most */
	/* In a run, at most; 0: those that the program brings. */
	unsigned int reorderings;
	bool prefix; /* every schedule begins with that of the program */
	/* Preemptions and interrupts in front of these alone; NULL: anywhere. */
	const struct near *near;
	unsigned long schedules; /* begun; the last run is one of them */
	unsigned long cut; /* those with more choices than levels */
	/* The choices of the run that is next, or was last. */
	unsigned int nr;
	unsigned int base; /* those below are settled: a subtree */
	bool pending; /* they were not played yet */
	/* The run under way. */
	unsigned int at; /* choices that it has come by */
	bool sent; /* the CPU was given by us */
	bool landed; /* ... and there a store came to be seen */
	unsigned int reordered; /* in it, up to now */
	bool held; /* the running task was told to stay */
	int last; /* task that was told to go on; -1: none */
	struct script script; /* what a prefix has left to play */
	struct script fixed; /* the program's reorderings */
	struct explore_level levels[EXPLORE_LEVELS];
};

/*
 * Begin in front of the first schedule. What schedule the program brings is
 * ignored; set @explore->prefix to have it played first, @explore->near, which is
 * not in copies, to have fewer. Its reorderings are played, unless @explore has
 * @reorderings of its own; set them before the policy is made.
 */
void explore_begin(struct explore *explore, unsigned int preemptions);
/* Is there another schedule? If so the policy plays it in the next run. */
bool explore_next(struct explore *explore);
void explore_policy(struct policy *policy, struct explore *explore);

/*
 * Go in front of the next schedule without playing it; nothing if that is
 * where it stands. Returns: false if there is none.
 */
bool explore_advance(struct explore *explore);
/*
 * Give away a part of what is to come, the one furthest ahead: @part gets it,
 * and no schedule is in both. Not in a run.
 * Returns: false if there is nothing but the next schedule.
 */
bool explore_split(struct explore *explore, struct explore *part);
/* Between runs: what is to come, and nothing more. */
void explore_copy(struct explore *to, const struct explore *from);
/*
 * Of the ways to leave the first schedule, how many are still to be tried in
 * this part: a measure of what is left.
 */
unsigned int explore_ways_left(const struct explore *explore);

#endif
