/* SPDX-License-Identifier: MIT */
/* refind.c: see refind.h. */
#include "refind.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "checker.h"

#define SLICE 2000 /* schedules between two looks at the clock */
#define REVERSING 4 /* part of the limit that race reversal gets: a quarter */

unsigned int refind_preemptions(const struct program *program)
{
	unsigned int i, nr = 0;

	for (i = 0; i < program->nr_switches; i++) {
		const struct program_switch *entry = &program->switches[i];

		nr += entry->kind == ENTRY_SWITCH && entry->point &&
		      !(entry->next < PROGRAM_TASKS &&
			program->tasks[entry->next].irq);
	}
	return nr;
}

/* Access points for which there is room. */
static unsigned long points_left(const struct refind *refind)
{
	if (!refind->points)
		return ULONG_MAX;
	return refind->points > refind->spent ? refind->points - refind->spent :
						0;
}

/* Until it is found, there are no more, or so many schedules were played. */
static bool refind_within(struct refind *refind, const struct program *program,
			  struct search *search, unsigned long limit)
{
	refind->exhaustive = false;
	while (!refind->found && !refind->exhaustive && refind->tried < limit &&
	       points_left(refind)) {
		search->limit = points_left(refind);
		search->schedules = limit - refind->tried;
		if (search->schedules > SLICE)
			search->schedules = SLICE;
		if (!worker_search(refind->worker, program, search))
			return false;
		search->again = true;
		refind->tried += search->tried;
		refind->spent += search->points;
		refind->found = search->found;
		refind->exhaustive = search->exhaustive;
		if (search->found)
			refind->outcome = search->outcome;
		if (*search->other)
			memcpy(refind->other, search->other,
			       sizeof(refind->other));
		if (refind->progress)
			refind->progress(refind, refind->arg);
	}
	return true;
}

/* What is left is shared by the bounds that are left. */
static unsigned long share(const struct refind *refind)
{
	unsigned int bounds = refind->preemptions - refind->bound + 1;

	return refind->tried + (refind->limit - refind->tried) / bounds;
}

/* Bound by bound, to the last. */
static bool refind_exploring(struct refind *refind,
			     const struct program *program,
			     const struct outcome *like)
{
	bool whole = true, exhaustive = true;

	for (refind->bound = 0; whole; refind->bound++) {
		struct search search = {
			.preemptions = refind->bound,
			.like = like,
			.checker = checker_target_bug.id,
		};

		whole = refind_within(refind, program, &search, share(refind));
		exhaustive &= refind->exhaustive;
		if (refind->found || refind->bound == refind->preemptions)
			break;
	}
	refind->exhaustive = exhaustive;
	return whole;
}

bool refind(struct refind *refind, const struct program *program)
{
	struct outcome like = { .page = TARGET_NO_PAGE };
	struct search reversing = {
		.reversing = true,
		.like = &like,
		.checker = checker_target_bug.id,
	};
	bool clean = !strcmp(refind->expect, "clean");

	if (!clean)
		snprintf(like.id, sizeof(like.id), "%s", refind->expect);
	refind->found = false;
	refind->tried = refind->spent = 0;
	refind->bound = 0;
	*refind->other = '\0';
	if (!clean && !refind_within(refind, program, &reversing,
				     refind->limit / REVERSING))
		return false;
	return refind->found || refind_exploring(refind, program, &like);
}
