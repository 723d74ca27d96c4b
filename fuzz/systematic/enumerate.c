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

	enumerated->schedules = explored_within(found->schedules, bound);
	enumerated->findings = explored_within(found->findings, bound);
	enumerated->redundant = found->runs.redundant;
	add_bugs(enumerated, found);
}

void enumerate(struct jobs *jobs, const struct program *program,
	       const struct enumerate_limits *limits,
	       struct enumerated *enumerated)
{
	double begun = clock_seconds();
	unsigned int bound;

	memset(enumerated, 0, sizeof(*enumerated));
	enumerated->bound = -1;
	jobs_aim(jobs, program);
	enumerated->complete = explore_within(jobs, TOUR_ALL, limits->all) &&
			       !jobs->found.runs.cut;
	take(enumerated, jobs, 0);
	enumerated->met = jobs->met;
	enumerated->runs = jobs->runs;
	if (!enumerated->complete)
		jobs_aim(jobs, program);
	for (bound = 0;
	     !enumerated->complete && bound <= ENUMERATE_BOUND && !jobs->failed;
	     bound++) {
		bool all = explore_within(jobs, bound,
					  limits->bounded - jobs->runs);

		take(enumerated, jobs, bound);
		if (!all)
			break;
		enumerated->bound = (int)bound;
		if (jobs->runs >= limits->bounded)
			break;
	}
	if (!enumerated->complete)
		enumerated->runs += jobs->runs;
	enumerated->failed = jobs->failed;
	enumerated->seconds = clock_seconds() - begun;
}
