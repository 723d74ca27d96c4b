/* SPDX-License-Identifier: MIT */
/* tour.c: see tour.h. */
#include "tour.h"

bool tour_is_all(const struct tour *tour)
{
	return tour->preemptions == TOUR_ALL;
}

void tour_begin(struct tour *tour, unsigned int preemptions, bool prefix)
{
	tour->preemptions = preemptions;
	if (tour_is_all(tour)) {
		dpor_begin(&tour->dpor);
		tour->dpor.prefix = prefix;
	} else {
		explore_begin(&tour->explore, preemptions);
		tour->explore.prefix = prefix;
	}
}

void tour_policy(struct tour *tour, struct run_options *options)
{
	options->policy = &tour->policy;
	if (tour_is_all(tour)) {
		dpor_policy(&tour->policy, &tour->dpor);
		options->observers[0] = &tour->dpor.observer;
	} else {
		explore_policy(&tour->policy, &tour->explore);
		options->observers[0] = NULL;
	}
}

bool tour_next(struct tour *tour)
{
	return tour_is_all(tour) ? dpor_next(&tour->dpor) :
				   explore_next(&tour->explore);
}

bool tour_played(struct tour *tour, struct engine *engine)
{
	if (tour_is_all(tour))
		return dpor_played(&tour->dpor, engine);
	return engine->verdict.preemptions == tour->preemptions;
}

bool tour_died(struct tour *tour, const struct engine *engine)
{
	bool counts = !tour->dpor.stale;

	if (!tour_is_all(tour))
		return engine->verdict.preemptions == tour->preemptions;
	dpor_died(&tour->dpor);
	return counts;
}

bool tour_restore(struct tour *tour)
{
	return tour_is_all(tour) && dpor_restore(&tour->dpor);
}

void tour_restored(struct tour *tour, const struct engine *engine)
{
	dpor_restored(&tour->dpor, engine);
}

bool tour_is_unplayed(const struct tour *tour)
{
	return tour_is_all(tour) ? tour->dpor.script.left :
				   tour->explore.script.left;
}

/* ------------------------------------------------------------------- parts */

bool tour_advance(struct tour *tour)
{
	return tour_is_all(tour) ? dpor_advance(&tour->dpor) :
				   explore_advance(&tour->explore);
}

bool tour_split(struct tour *tour, struct tour *part)
{
	part->preemptions = tour->preemptions;
	return tour_is_all(tour) ?
		       dpor_split(&tour->dpor, &part->dpor) :
		       explore_split(&tour->explore, &part->explore);
}

void tour_copy(struct tour *to, const struct tour *from)
{
	to->preemptions = from->preemptions;
	if (tour_is_all(from))
		dpor_copy(&to->dpor, &from->dpor);
	else
		explore_copy(&to->explore, &from->explore);
}

bool tour_is_done(const struct tour *tour)
{
	const struct explore *explore = &tour->explore;

	if (tour_is_all(tour))
		return !tour->dpor.stale && !tour->dpor.pending &&
		       tour->dpor.nr == tour->dpor.base;
	return !explore->pending && explore->nr == explore->base;
}

void tour_import(struct tour *tour, const struct tour *above)
{
	if (tour_is_all(tour))
		dpor_import(&tour->dpor, &above->dpor);
}

void tour_let_go(struct tour *tour)
{
	tour->dpor.hold = 0;
}

struct tour_counts tour_counts(struct tour *tour)
{
	struct tour_counts counts = { .cut = tour->explore.cut };

	tour->explore.cut = 0;
	if (!tour_is_all(tour))
		return counts;
	counts = (struct tour_counts){ .redundant = tour->dpor.redundant,
				       .cut = tour->dpor.cut,
				       .crowded = tour->dpor.crowded };
	tour->dpor.redundant = tour->dpor.cut = tour->dpor.crowded = 0;
	return counts;
}
