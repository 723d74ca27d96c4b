/* SPDX-License-Identifier: MIT */
/* minimize.c: see minimize.h. */
#include "minimize.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "minimize_edits.h"
#include "minimize_memory.h"

#define SEARCH_LIMIT 30000 /* schedules of one edited program */
#define BOUND_LIMIT 300000 /* schedules of one bound */

const struct edit edits[] = {
#define EDIT(name, search) { #name, edit_##name, search },
#include "minimize_edits.def"
	{ NULL, NULL, false },
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

/* Has another schedule of the edited program what its own has not? */
static bool attempt_search(struct minimize *minimize,
			   const struct program *program)
{
	struct search all = {
		.preemptions = minimize->best.outcome.preemptions,
		.limit = SEARCH_LIMIT,
		.shortest = true,
	};
	unsigned int ops = program_nr_ops(&minimize->best.program);

	if (memory_knows(minimize->memory, program, all.preemptions))
		return false;
	/* With an operation less any schedule will do. */
	all.shortest = program_nr_ops(program) == ops;
	if (search(minimize, program, &all) &&
	    adopt_found(minimize, program, &all))
		return true;
	/* What is not smaller than the best now will never be. */
	if (!minimize->stopped)
		memory_add(minimize->memory, program, all.preemptions);
	return false;
}

/* ------------------------------------------------------------------- rounds */

static bool attempt(struct minimize *minimize, struct program *program,
		    bool by_search)
{
	bool smaller;

	program_normalize(program);
	smaller = by_search ? attempt_search(minimize, program) :
			      adopt(minimize, program);
	report(minimize);
	return smaller;
}

/* Returns: true if something became smaller. */
static bool try_edit(struct minimize *minimize, const struct edit *edit,
		     bool by_search)
{
	enum edit_result result = EDIT_SAME;
	struct program program;
	unsigned int nr = 0;
	bool smaller = false;

	while (result != EDIT_NONE && !minimize->stopped) {
		program = minimize->best.program;
		result = edit->make(&program, nr);
		if (result == EDIT_MADE &&
		    attempt(minimize, &program, by_search))
			smaller = true; /* and the nr-th is another one now */
		else
			nr++;
	}
	return smaller;
}

static bool replay_round(struct minimize *minimize)
{
	const struct edit *edit;
	bool smaller = false;

	for (edit = edits; edit->name; edit++)
		smaller |= try_edit(minimize, edit, false);
	return smaller;
}

/* Ends after the first success: what it changed is tried by replay first. */
static bool search_round(struct minimize *minimize)
{
	const struct edit *edit;

	for (edit = edits; edit->name; edit++)
		if (edit->search && try_edit(minimize, edit, true))
			return true;
	return false;
}

/* The fewest preemptions that will do, and of those schedules the shortest. */
static bool bound_round(struct minimize *minimize)
{
	unsigned int most = minimize->best.outcome.preemptions;
	struct search all = { .limit = BOUND_LIMIT, .shortest = true };

	minimize->tried = 0;
	minimize->exhaustive = true;
	for (; all.preemptions <= most; all.preemptions++) {
		if (search(minimize, &minimize->best.program, &all) ||
		    minimize->stopped)
			break;
		if (all.preemptions < most) {
			minimize->tried = all.tried;
			minimize->exhaustive = all.exhaustive;
		}
	}
	return all.found &&
	       adopt_found(minimize, &minimize->best.program, &all);
}

static void rounds(struct minimize *minimize)
{
	bool smaller = true;

	while (smaller && !minimize->stopped) {
		while (replay_round(minimize) && !minimize->stopped)
			;
		smaller = bound_round(minimize);
		smaller |= search_round(minimize);
	}
}

/* Do the names of sites mean the same run as the points? Else points. */
static void settle(struct minimize *minimize)
{
	struct story *best = &minimize->best;
	struct program by_points = best->program;
	struct outcome outcome;

	set_switches(&by_points, best->outcome.taken, best->outcome.nr_taken);
	if (!worker_run(minimize->worker, &by_points, WORKER_DIGEST,
			&outcome) ||
	    !worker_run(minimize->worker, &best->program,
			WORKER_DIGEST | WORKER_CONFLICT | WORKER_SITED,
			&best->outcome))
		return;
	if (outcome.digest != best->outcome.digest)
		best->program = by_points;
}

bool minimize(struct minimize *minimize, const struct program *program)
{
	struct story story = { .program = *program };

	minimize->stopped = false;
	if (!worker_run(minimize->worker, program, 0, &story.outcome) ||
	    !*story.outcome.id)
		return false;
	minimize->wanted = story.outcome;
	if (!tell(minimize, program, &story))
		return false;
	minimize->best = story;
	minimize->memory = memory_create();
	rounds(minimize);
	memory_destroy(minimize->memory);
	settle(minimize);
	return true;
}
