/* SPDX-License-Identifier: MIT */
/*
 * minimize_reorder.c: reorderings: does the story need them, and how far?
 *
 * A story that ends in its finding without one tells of no barrier.
 */
#include "edit.h"
#include "minimize_attempt.h"
#include "minimize_edits.h"

#define SEQUENTIAL_MORE 2 /* preemptions in the place of reorderings */

/* The @nr-th entry that is a reordering, from 0; nr_switches: none. */
static unsigned int find_reordering(const struct program *program,
				    unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < program->nr_switches; i++)
		if (program->switches[i].kind != ENTRY_SWITCH && !nr--)
			break;
	return i;
}

static void drop_all(struct program *program)
{
	unsigned int at;

	while ((at = find_reordering(program, 0)) < program->nr_switches)
		edit_remove_switch(program, at);
}

/* All, then one after the other. */
enum edit_result edit_drop_reorderings(struct program *program, unsigned int nr)
{
	unsigned int all = program_nr_reorderings(program);

	if (!all || nr > all || (nr && all == 1))
		return EDIT_NONE;
	if (nr)
		edit_remove_switch(program, find_reordering(program, nr - 1));
	else
		drop_all(program);
	return EDIT_MADE;
}

/* As late as may be; the value before. */
enum edit_result edit_nearer(struct program *program, unsigned int nr)
{
	unsigned int at = find_reordering(program, nr);
	struct program_switch *entry = &program->switches[at];
	uint8_t least;

	if (at == program->nr_switches)
		return EDIT_NONE;
	least = entry->kind == ENTRY_STALE;
	if (entry->next == least)
		return EDIT_SAME;
	entry->next = least;
	return EDIT_MADE;
}

bool minimize_sequential(struct minimize *minimize, unsigned long limit)
{
	struct search all = attempt_within(minimize, limit, false);
	unsigned int most = all.preemptions + SEQUENTIAL_MORE;

	if (!program_nr_reorderings(&minimize->best.program))
		return false;
	for (all.preemptions = 0; all.preemptions <= most; all.preemptions++)
		if (attempt_edit(minimize, edit_drop_reorderings, &all))
			return true;
	return false;
}

bool minimize_claim_sequential(struct minimize *minimize, unsigned long limit)
{
	struct program program = minimize->best.program;
	struct search all = { .limit = limit };

	all.preemptions = minimize->best.outcome.preemptions + SEQUENTIAL_MORE;
	drop_all(&program);
	if (attempt_find(minimize, &program, &all))
		return attempt_found(minimize, &program, &all);
	if (minimize->stopped)
		return false;
	minimize->sequential.preemptions = all.preemptions;
	minimize->sequential.tried = all.tried;
	minimize->sequential.exhaustive = all.exhaustive;
	return false;
}
