/* SPDX-License-Identifier: MIT */
/*
 * tour.h: a tour: the schedules of a program one after another, all up to a
 * number of preemptions (explore.h), or one of each class (dpor.h).
 *
 *	tour_begin(&tour, ...);
 *	tour_policy(&tour, &options);
 *	while (tour_next(&tour)) {
 *		engine_run(..., &options);
 *		if (tour_played(&tour, &engine)) ...
 *	}
 */
#ifndef FUZZ_TOUR_H
#define FUZZ_TOUR_H

#include "dpor.h"
#include "explore.h"

#define TOUR_ALL 0xffffffffU /* for preemptions: any number, by reduction */

struct tour {
	unsigned int preemptions; /* exactly, to count; or TOUR_ALL */
	struct policy policy;
	struct explore explore; /* of both the one that it is */
	struct dpor dpor;
};

/* @prefix: every schedule begins with that of the program. */
void tour_begin(struct tour *tour, unsigned int preemptions, bool prefix);
bool tour_is_all(const struct tour *tour);
/* Who decides, and looks on, in a run. */
void tour_policy(struct tour *tour, struct run_options *options);
/* Is there another schedule? If so the policy plays it in the next run. */
bool tour_next(struct tour *tour);
/* The run has ended. Does it count? */
bool tour_played(struct tour *tour, struct engine *engine);
/* The process has, in the run; @engine is what it has left. Does it count? */
bool tour_died(struct tour *tour, const struct engine *engine);
/*
 * Is there a run to be made before the first, for nothing but that the tour
 * knows where it is? Then tour_restored() after it.
 */
bool tour_restore(struct tour *tour);
void tour_restored(struct tour *tour, const struct engine *engine);
/* Did the last run end before the prefix did? */
bool tour_is_unplayed(const struct tour *tour);

/* Parts of a tour: see explore.h, dpor.h. */

bool tour_advance(struct tour *tour);
bool tour_split(struct tour *tour, struct tour *part);
void tour_copy(struct tour *to, const struct tour *from);
/* Is there nothing left, and nobody above who could find something? */
bool tour_is_done(const struct tour *tour);
/* What @above has found out that is the business of @tour. */
void tour_import(struct tour *tour, const struct tour *above);
/* What @tour had to wait for is done. */
void tour_let_go(struct tour *tour);
/* Runs that were broken off, or cut short, and the like; then they are none. */
struct tour_counts {
	unsigned long redundant, cut, crowded;
};
struct tour_counts tour_counts(struct tour *tour);

#endif
