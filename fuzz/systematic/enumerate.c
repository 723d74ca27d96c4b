/* SPDX-License-Identifier: MIT */
/* enumerate.c: see enumerate.h. */
#include "enumerate.h"

#include <string.h>

#include "clock.h"

/* Returns: true if it came to its end within @limit runs. */
static bool explore_within(struct jobs *jobs, unsigned int preemptions,
			   unsigned long limit)
{
	static struct tour tour;
	unsigned long begun = jobs->runs;
	bool more;

	jobs->preemptions = preemptions;
	jobs->most = limit;
	tour_begin(&tour, preemptions, false);
	shares_add(&jobs->shares, &tour);
	do
		more = jobs_work(jobs);
	while (more && jobs->runs - begun < limit);
	if (more) {
		jobs_rest(jobs);
		shares_clear(&jobs->shares);
	}
	return !more && !jobs->failed;
}

/* Distinct findings of @found beside those that are there already. */
static void add_bugs(struct enumerated *enumerated,
		     const struct explored *found)
{
	struct explored all = { .nr = enumerated->nr };

	memcpy(all.bugs, enumerated->bugs, sizeof(all.bugs));
	explored_merge(&all, found);
	explored_sort(&all);
	enumerated->nr = all.nr;
	memcpy(enumerated->bugs, all.bugs, sizeof(all.bugs));
}

static void take(struct enumerated *enumerated, const struct jobs *jobs,
		 unsigned int bound)
{
	const struct explored *found = &jobs->found;
	unsigned long findings = explored_within(found->findings, bound);

	enumerated->schedules = explored_within(found->schedules, bound);
	if (findings > enumerated->findings)
		enumerated->findings = findings;
	enumerated->redundant = found->runs.redundant;
	add_bugs(enumerated, found);
}

/* Bound by bound, up to @limit runs of @jobs. Returns: the last whole one, or -1. */
static int enumerate_bounds(struct jobs *jobs, unsigned long limit,
			    struct enumerated *enumerated)
{
	int whole = -1;
	unsigned int bound;

	for (bound = 0;
	     bound <= ENUMERATE_BOUND && !jobs->failed && jobs->runs < limit;
	     bound++) {
		bool all = explore_within(jobs, bound, limit - jobs->runs);

		take(enumerated, jobs, bound);
		if (!all)
			break;
		whole = (int)bound;
	}
	return whole;
}

/*
 * First with preemptions where they can matter, as far as is known by then: so a
 * bound is done with a few of its schedules.
 */
static void enumerate_some(struct jobs *jobs, const struct program *program,
			   const struct enumerate_limits *limits,
			   struct enumerated *enumerated)
{
	jobs_aim(jobs, program);
	jobs->spares = true;
	enumerate_bounds(jobs, limits->bounded, enumerated);
	jobs->spares = false;
	enumerated->runs += jobs->runs;
	if (jobs->failed)
		return;
	jobs_aim(jobs, program);
	enumerated->bound = enumerate_bounds(jobs, limits->bounded, enumerated);
	enumerated->runs += jobs->runs;
}

void enumerate(struct jobs *jobs, const struct program *program,
	       const struct enumerate_limits *limits,
	       struct enumerated *enumerated)
{
	double begun = clock_seconds();
	struct near near = { .marks = { 0 } };

	memset(enumerated, 0, sizeof(*enumerated));
	enumerated->bound = -1;
	jobs_aim(jobs, program);
	jobs->near = &near;
	enumerated->complete = explore_within(jobs, TOUR_ALL, limits->all) &&
			       !jobs->found.runs.cut;
	take(enumerated, jobs, 0);
	enumerated->met = jobs->met;
	enumerated->runs = jobs->runs;
	if (!enumerated->complete && !jobs->failed)
		enumerate_some(jobs, program, limits, enumerated);
	jobs->near = NULL;
	enumerated->failed = jobs->failed;
	enumerated->seconds = clock_seconds() - begun;
}
