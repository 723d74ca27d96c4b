/* SPDX-License-Identifier: MIT */
/* minimize_attempt.c: see minimize_attempt.h. */
#include "minimize_attempt.h"

#include <string.h>

#include "edit.h"
#include "fit.h"
#include "minimize_memory.h"

static void report(const struct minimize *minimize)
{
	if (minimize->progress)
		minimize->progress(minimize, minimize->arg);
}

/* ------------------------------------------------------------------ stories */

void attempt_switches(struct program *program,
		      const struct program_switch *switches, unsigned int nr)
{
	if (nr > PROGRAM_SWITCHES)
		nr = PROGRAM_SWITCHES;
	program->nr_switches = (uint8_t)nr;
	memcpy(program->switches, switches, nr * sizeof(*switches));
}

bool attempt_tell(struct minimize *minimize, const struct program *program,
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
	attempt_switches(&story->program, story->outcome.sited,
			 story->outcome.nr_taken);
	return true;
}

bool attempt_replay(struct minimize *minimize, const struct program *program)
{
	struct story story;

	if (!attempt_tell(minimize, program, &story) ||
	    story_compare(&story, &minimize->best) >= 0)
		return false;
	minimize->best = story;
	return true;
}

/* ----------------------------------------------------------------- searches */

bool attempt_find(struct minimize *minimize, const struct program *program,
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

bool attempt_found(struct minimize *minimize, const struct program *program,
		   const struct search *found)
{
	struct program copy = *program;

	attempt_switches(&copy, found->outcome.taken, found->outcome.nr_taken);
	return attempt_replay(minimize, &copy);
}

struct search attempt_within(const struct minimize *minimize,
			     unsigned long limit, bool shortest)
{
	return (struct search){
		.preemptions = minimize->best.outcome.preemptions,
		.limit = limit,
		.longest = 2 * minimize->best.outcome.points + 256,
		.shortest = shortest,
	};
}

bool attempt_search(struct minimize *minimize, const struct program *program,
		    struct search *all)
{
	if (memory_knows(minimize->memory, program, all))
		return false;
	if (attempt_find(minimize, program, all) &&
	    attempt_found(minimize, program, all))
		return true;
	/* What is not smaller than the best now will never be. */
	if (!minimize->stopped)
		memory_add(minimize->memory, program, all);
	return false;
}

/* Operations that @target lacks. */
static unsigned int nr_idle_ops(const struct target *target,
				struct program *program)
{
	const struct program_op *op;
	unsigned int i, nr = 0;

	for (i = 0; (op = edit_op(program, i)); i++)
		nr += !target_has(target, op->op);
	return nr;
}

/* Does @program have more of them than the best, or ask for what is not there? */
static bool is_idle(struct minimize *minimize, struct program *program)
{
	const struct target *target = worker_target(minimize->worker);
	struct program fitted = *program;

	return fit_program(&fitted, target) ||
	       nr_idle_ops(target, program) >
		       nr_idle_ops(target, &minimize->best.program);
}

bool attempt_edits(struct minimize *minimize, edit_make *make,
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
		if (is_idle(minimize, &program))
			continue;
		smaller = all ? attempt_search(minimize, &program, all) :
				attempt_replay(minimize, &program);
		report(minimize);
		if (smaller)
			return true;
	}
	return false;
}

bool attempt_edit(struct minimize *minimize, edit_make *make,
		  struct search *all)
{
	unsigned int nr = 0;

	return attempt_edits(minimize, make, &nr, all);
}
