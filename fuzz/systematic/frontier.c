/* SPDX-License-Identifier: MIT */
/* frontier.c: see frontier.h. */
#include "frontier.h"

#include <stdlib.h>

#include "ensure.h"

#define WORTH_OF_A_PAIR 8 /* places */
#define WORTH_SCALE 100000
#define RUNS_OF_ANY 16 /* a program costs these beside its own */

void frontier_clear(struct frontier *frontier)
{
	free(frontier->programs);
	*frontier = (struct frontier){ .nr = 0 };
}

void frontier_add(struct frontier *frontier, const struct program *program,
		  const struct met_new *new, unsigned long runs)
{
	unsigned long worth = WORTH_OF_A_PAIR * new->pairs + new->places;

	if (!worth)
		return;
	if (frontier->nr == frontier->room) {
		frontier->room = frontier->room ? 2 * frontier->room : 256;
		frontier->programs = realloc(
			frontier->programs,
			frontier->room * sizeof(struct frontier_program));
		ensure(frontier->programs);
	}
	frontier->programs[frontier->nr++] = (struct frontier_program){
		.program = *program,
		.worth = worth * WORTH_SCALE / (RUNS_OF_ANY + runs),
	};
}

struct frontier_program *frontier_best(struct frontier *frontier)
{
	struct frontier_program *best = NULL;
	size_t i;

	for (i = 0; i < frontier->nr; i++)
		if (!best || frontier->programs[i].worth > best->worth)
			best = &frontier->programs[i];
	return best;
}

void frontier_spend(struct frontier *frontier, struct frontier_program *program)
{
	program->worth -= 1 + program->worth / 16;
	if (!program->worth)
		*program = frontier->programs[--frontier->nr];
}
