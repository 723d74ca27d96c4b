/* SPDX-License-Identifier: MIT */
/* minimize.c: see minimize.h. */
#include "minimize.h"

#include <stddef.h>

#include "fit.h"
#include "minimize_attempt.h"
#include "minimize_edits.h"
#include "minimize_memory.h"

/* Access points in all schedules of a search, about; a million is 0.1 s. */
#define GROWTH_LIMIT 200000
#define SEARCH_LIMIT 2000000
#define CLAIM_LIMIT 10000000

const struct edit edits[] = {
#define EDIT(name, kind) { #name, edit_##name, EDIT_##kind },
#include "minimize_edits.def"
	{ NULL, NULL, EDIT_BY_REPLAY },
};

/* ------------------------------------------------------------------- stages */

static bool by_replay(struct minimize *minimize)
{
	const struct edit *edit;
	bool smaller = false;
	unsigned int nr;

	/* After a success the nr-th is another one. */
	for (edit = edits; edit->name; edit++)
		for (nr = 0; attempt_edits(minimize, edit->make, &nr, NULL);)
			smaller = true;
	return smaller;
}

/* An upper bound of what a task of its own needs instead of interrupts. */
static unsigned int nr_interrupts(const struct program *program)
{
	unsigned int i, nr = 0;

	for (i = 0; i < program->nr_switches; i++) {
		const struct program_switch *entry = &program->switches[i];

		nr += entry->kind == ENTRY_SWITCH &&
		      entry->next < PROGRAM_TASKS &&
		      program->tasks[entry->next].irq;
	}
	return nr;
}

static bool by_sequential(struct minimize *minimize)
{
	return minimize_sequential(minimize, SEARCH_LIMIT);
}

/* Will tasks do instead of interrupts, be it with more preemptions? */
static bool by_plain_tasks(struct minimize *minimize)
{
	struct search all = attempt_within(minimize, SEARCH_LIMIT, false);
	unsigned int most = all.preemptions +
			    nr_interrupts(&minimize->best.program);

	for (all.preemptions = 0; all.preemptions <= most; all.preemptions++)
		if (attempt_edit(minimize, edit_plain_task, &all))
			return true;
	return false;
}

/* Will fewer tasks do? Few tasks have few schedules. */
static bool by_dissolving(struct minimize *minimize)
{
	struct search all = attempt_within(minimize, GROWTH_LIMIT, false);
	enum edit_result result = EDIT_SAME;
	unsigned int nr;

	for (nr = 0; result != EDIT_NONE && !minimize->stopped; nr++) {
		struct program program = minimize->best.program;

		result = edit_dissolve_task(&program, &minimize->best.outcome,
					    nr);
		if (result == EDIT_MADE &&
		    (attempt_replay(minimize, &program) ||
		     attempt_search(minimize, &program, &all)))
			return true;
	}
	return false;
}

/* Will fewer preemptions do? */
static bool bound(struct minimize *minimize, unsigned long limit)
{
	struct search all = {
		.limit = limit,
		.reorderings = program_nr_reorderings(&minimize->best.program),
	};

	minimize->tried = 0;
	minimize->exhaustive = true;
	while (all.preemptions < minimize->best.outcome.preemptions) {
		if (attempt_find(minimize, &minimize->best.program, &all))
			return attempt_found(minimize, &minimize->best.program,
					     &all);
		if (minimize->stopped)
			return false;
		minimize->tried = all.tried;
		minimize->exhaustive = all.exhaustive;
		all.preemptions++;
	}
	return false;
}

static bool by_bound(struct minimize *minimize)
{
	return bound(minimize, SEARCH_LIMIT);
}

/* Too many to try: is there a class that could have one with fewer? */
static void claim_by_classes(struct minimize *minimize)
{
	struct search all = {
		.reducing = true,
		.preemptions = minimize->best.outcome.preemptions - 1,
		.limit = CLAIM_LIMIT,
	};

	if (!attempt_find(minimize, &minimize->best.program, &all) &&
	    all.exhaustive)
		minimize->classes = all.tried;
}

/* Last of all, and with most effort: minimize.h calls it a claim. */
static bool by_claim(struct minimize *minimize)
{
	bool weak = program_nr_reorderings(&minimize->best.program);
	bool smaller = bound(minimize, CLAIM_LIMIT);

	minimize->classes = 0;
	minimize->sequential.tried = 0;
	if (smaller || minimize->stopped)
		return smaller;
	if (weak)
		return minimize_claim_sequential(minimize, CLAIM_LIMIT);
	if (!minimize->exhaustive)
		claim_by_classes(minimize);
	return false;
}

/* Will fewer preemptions do if there are more operations? */
static bool by_growth(struct minimize *minimize)
{
	static const struct {
		edit_make *make;
		unsigned long limit;
	} growths[] = {
		{ grow_by_reference, SEARCH_LIMIT },
		{ grow_by_one, GROWTH_LIMIT },
	};
	size_t i;

	for (i = 0; i < sizeof(growths) / sizeof(growths[0]); i++) {
		struct search all =
			attempt_within(minimize, growths[i].limit, false);
		unsigned int most = all.preemptions;

		for (all.preemptions = 0; all.preemptions < most;
		     all.preemptions++)
			if (attempt_edit(minimize, growths[i].make, &all))
				return true;
	}
	return false;
}

/* Early, for what follows is cheaper then; once for so many of both. */
static bool by_early_growth(struct minimize *minimize)
{
	unsigned int preemptions = minimize->best.outcome.preemptions;
	unsigned int ops = program_nr_ops(&minimize->best.program);

	if (minimize->grown.preemptions == preemptions &&
	    minimize->grown.operations == ops)
		return false;
	minimize->grown.preemptions = preemptions;
	minimize->grown.operations = ops;
	return by_growth(minimize);
}

static bool by_search(struct minimize *minimize, enum edit_kind kind,
		      bool shortest)
{
	struct search all = attempt_within(minimize, SEARCH_LIMIT, shortest);
	const struct edit *edit;

	for (edit = edits; edit->name; edit++)
		if (edit->kind == kind &&
		    attempt_edit(minimize, edit->make, &all))
			return true;
	return false;
}

static bool by_dropping(struct minimize *minimize)
{
	return by_search(minimize, EDIT_DROPS, false);
}

static bool by_simplifying(struct minimize *minimize)
{
	return by_search(minimize, EDIT_SIMPLIFIES, true);
}

/*
 * The shortest of all schedules with as many preemptions; of equal ones the
 * first, so that equal programs have equal schedules.
 */
static bool by_schedule(struct minimize *minimize)
{
	struct search all = attempt_within(minimize, CLAIM_LIMIT, true);
	struct program program = minimize->best.program;
	struct story story;

	if (!attempt_find(minimize, &program, &all))
		return false;
	attempt_switches(&program, all.outcome.taken, all.outcome.nr_taken);
	if (!attempt_tell(minimize, &program, &story) ||
	    program_equal(&story.program, &minimize->best.program) ||
	    story_compare(&story, &minimize->best) > 0)
		return false;
	minimize->best = story;
	return true;
}

/* After a success all over again: the cheap ones come first. */
static void stages(struct minimize *minimize)
{
	static bool (*const stages[])(struct minimize *) = {
		by_replay,	by_sequential,	 by_plain_tasks, by_dissolving,
		by_bound,	by_early_growth, by_dropping,	 by_schedule,
		by_simplifying, by_growth,	 by_claim,
	};
	size_t stage = 0;

	while (stage < sizeof(stages) / sizeof(stages[0]) &&
	       !minimize->stopped)
		stage = stages[stage](minimize) ? 0 : stage + 1;
}

/*
 * Do the names of sites mean the same run as the points? If not, or if there
 * is no time to look, points.
 */
static void settle(struct minimize *minimize)
{
	struct story *best = &minimize->best;
	struct program by_sites = best->program;
	struct outcome points, sites;

	attempt_switches(&best->program, best->outcome.taken,
			 best->outcome.nr_taken);
	if (!worker_run(minimize->worker, &best->program, WORKER_DIGEST,
			&points) ||
	    !worker_run(minimize->worker, &by_sites,
			WORKER_DIGEST | WORKER_CONFLICT | WORKER_SITED,
			&sites))
		return;
	if (!outcome_alike(&sites, &points) || sites.digest != points.digest)
		return;
	best->program = by_sites;
	best->outcome = sites;
}

bool minimize(struct minimize *minimize, const struct program *program)
{
	struct program fitted = *program;
	struct story story;

	fit_program(&fitted, worker_target(minimize->worker));
	minimize->stopped =
		!worker_run(minimize->worker, &fitted, 0, &story.outcome);
	if (minimize->stopped || !*story.outcome.id)
		return false;
	minimize->wanted = story.outcome;
	if (!attempt_tell(minimize, &fitted, &story))
		return false;
	minimize->best = story;
	minimize->memory = memory_create();
	minimize->grown.preemptions = minimize->grown.operations = 0;
	stages(minimize);
	memory_destroy(minimize->memory);
	settle(minimize);
	return true;
}
