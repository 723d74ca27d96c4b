/* SPDX-License-Identifier: MIT */
/* minimize.c: see minimize.h. */
#include "minimize.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
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

static void report(const struct minimize *minimize)
{
	if (minimize->progress)
		minimize->progress(minimize, minimize->arg);
}

/* ------------------------------------------------------------------ stories */

static void set_switches(struct program *program,
			 const struct program_switch *switches, unsigned int nr)
{
	if (nr > PROGRAM_SWITCHES)
		nr = PROGRAM_SWITCHES;
	program->nr_switches = (uint8_t)nr;
	memcpy(program->switches, switches, nr * sizeof(*switches));
}

/*
 * Play @program and tell the story by the switches that were made. Returns:
 * false if it was stopped or has another end than the input.
 */
static bool tell(struct minimize *minimize, const struct program *program,
		 struct story *story)
{
	story->program = *program;
	if (!worker_run(minimize->worker, program, WORKER_SITED,
			&story->outcome)) {
		minimize->stopped = true;
		return false;
	}
	if (!outcome_alike(&story->outcome, &minimize->wanted) ||
	    story->outcome.nr_taken > PROGRAM_SWITCHES)
		return false;
	set_switches(&story->program, story->outcome.sited,
		     story->outcome.nr_taken);
	return true;
}

/* Is the story of @program a smaller one? Then it is the best so far. */
static bool adopt(struct minimize *minimize, const struct program *program)
{
	struct story story;

	if (!tell(minimize, program, &story) ||
	    story_compare(&story, &minimize->best) >= 0)
		return false;
	minimize->best = story;
	return true;
}

/* ----------------------------------------------------------------- searches */

/* All schedules, or the first @limit, of @program within the bound. */
static bool search(struct minimize *minimize, const struct program *program,
		   struct search *search)
{
	search->like = &minimize->wanted;
	/* Each schedule that crashes costs a child: one is enough. */
	search->shortest &= !minimize->wanted.crashed;
	if (worker_search(minimize->worker, program, search))
		return search->found;
	minimize->stopped = true;
	return false;
}

static bool adopt_found(struct minimize *minimize,
			const struct program *program,
			const struct search *found)
{
	struct program copy = *program;

	set_switches(&copy, found->outcome.taken, found->outcome.nr_taken);
	return adopt(minimize, &copy);
}

/* No more preemptions than the best has, and not very much longer. */
static struct search search_within(const struct minimize *minimize,
				   unsigned long limit, bool shortest)
{
	return (struct search){
		.preemptions = minimize->best.outcome.preemptions,
		.limit = limit,
		.longest = 2 * minimize->best.outcome.points + 256,
		.shortest = shortest,
	};
}

/* Has a schedule of the edited program what its own has not? */
static bool attempt_search(struct minimize *minimize,
			   const struct program *program, struct search *all)
{
	if (memory_knows(minimize->memory, program, all->preemptions))
		return false;
	if (search(minimize, program, all) &&
	    adopt_found(minimize, program, all))
		return true;
	/* What is not smaller than the best now will never be. */
	if (!minimize->stopped)
		memory_add(minimize->memory, program, all->preemptions);
	return false;
}

/*
 * Make one change after the other, by replay or, if @all is given, by search
 * within its bounds, until one makes something smaller. @nr: the first to be
 * made, and the one that did it. Returns: false if none does.
 */
static bool try_edits(struct minimize *minimize, edit_make *make,
		      unsigned int *nr, struct search *all)
{
	for (; !minimize->stopped; ++*nr) {
		struct program program = minimize->best.program;
		enum edit_result result = make(&program, *nr);
		bool smaller;

		if (result == EDIT_NONE)
			return false;
		if (result == EDIT_SAME)
			continue;
		program_normalize(&program);
		smaller = all ? attempt_search(minimize, &program, all) :
				adopt(minimize, &program);
		report(minimize);
		if (smaller)
			return true;
	}
	return false;
}

static bool try_one(struct minimize *minimize, edit_make *make,
		    struct search *all)
{
	unsigned int nr = 0;

	return try_edits(minimize, make, &nr, all);
}

/* ------------------------------------------------------------------- stages */

static bool by_replay(struct minimize *minimize)
{
	const struct edit *edit;
	bool smaller = false;
	unsigned int nr;

	/* After a success the nr-th is another one. */
	for (edit = edits; edit->name; edit++)
		for (nr = 0; try_edits(minimize, edit->make, &nr, NULL);)
			smaller = true;
	return smaller;
}

/* Will fewer tasks do? Few tasks have few schedules. */
static bool by_dissolving(struct minimize *minimize)
{
	struct search all = search_within(minimize, GROWTH_LIMIT, false);
	enum edit_result result = EDIT_SAME;
	unsigned int nr;

	for (nr = 0; result != EDIT_NONE && !minimize->stopped; nr++) {
		struct program program = minimize->best.program;

		result = edit_dissolve_task(&program, &minimize->best.outcome,
					    nr);
		if (result == EDIT_MADE &&
		    (adopt(minimize, &program) ||
		     attempt_search(minimize, &program, &all)))
			return true;
	}
	return false;
}

/* Will fewer preemptions do? */
static bool bound(struct minimize *minimize, unsigned long limit)
{
	struct search all = { .limit = limit };

	minimize->tried = 0;
	minimize->exhaustive = true;
	while (all.preemptions < minimize->best.outcome.preemptions) {
		if (search(minimize, &minimize->best.program, &all))
			return adopt_found(minimize, &minimize->best.program,
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

/* Last of all, and with most effort: minimize.h calls it a claim. */
static bool by_claim(struct minimize *minimize)
{
	return bound(minimize, CLAIM_LIMIT);
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
			search_within(minimize, growths[i].limit, false);
		unsigned int most = all.preemptions;

		for (all.preemptions = 0; all.preemptions < most;
		     all.preemptions++)
			if (try_one(minimize, growths[i].make, &all))
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
	struct search all = search_within(minimize, SEARCH_LIMIT, shortest);
	const struct edit *edit;

	for (edit = edits; edit->name; edit++)
		if (edit->kind == kind && try_one(minimize, edit->make, &all))
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
	struct search all = search_within(minimize, CLAIM_LIMIT, true);
	struct program program = minimize->best.program;
	struct story story;

	if (!search(minimize, &program, &all))
		return false;
	set_switches(&program, all.outcome.taken, all.outcome.nr_taken);
	if (!tell(minimize, &program, &story) ||
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
		by_replay,	 by_dissolving, by_bound,
		by_early_growth, by_dropping,	by_schedule,
		by_simplifying,	 by_growth,	by_claim,
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

	set_switches(&best->program, best->outcome.taken,
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
	struct story story = { .program = *program };

	minimize->stopped = !worker_run(minimize->worker, program, 0,
					&story.outcome);
	if (minimize->stopped || !*story.outcome.id)
		return false;
	minimize->wanted = story.outcome;
	if (!tell(minimize, program, &story))
		return false;
	minimize->best = story;
	minimize->memory = memory_create();
	stages(minimize);
	memory_destroy(minimize->memory);
	settle(minimize);
	return true;
}
