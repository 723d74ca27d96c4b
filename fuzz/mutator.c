/* SPDX-License-Identifier: MIT */
/* mutator.c: see mutator.h. */
#include "mutator.h"

#include <string.h>

#include "mutate.h"

#define REVERSAL_ONE_IN 5

void mutator_init(struct mutator *mutator, struct engine *engine,
		  const struct target *target)
{
	memset(&mutator->reverse, 0, sizeof(mutator->reverse));
	mutator->engine = engine;
	mutator->target = target;
	mutator->nr = 0;
}

/* Record a run of @program and line up its children. */
static void mutator_round(struct mutator *mutator, struct program *program,
			  struct rng *rng)
{
	const struct run_options options = { .record = &mutator->record };
	const struct verdict *verdict;
	unsigned int i;

	if (rng_one_in(rng, 2))
		mutate_program(program, rng);
	verdict = engine_run(mutator->engine, mutator->target, program,
			     &options);
	if (verdict->finding.checker)
		return;
	for (i = 0; i < MUTATOR_CHILDREN; i++)
		if (reverse_race(&mutator->reverse, &mutator->record, program,
				 rng, &mutator->children[mutator->nr]))
			mutator->nr++;
}

void mutator_next(struct mutator *mutator, struct program *program,
		  uint64_t seed)
{
	struct rng rng;

	rng_seed(&rng, seed);
	if (!mutator->nr && rng_one_in(&rng, REVERSAL_ONE_IN)) {
		mutator_round(mutator, program, &rng);
		if (!mutator->nr)
			return;
	}
	if (mutator->nr)
		*program = mutator->children[--mutator->nr];
	else
		mutate_program(program, &rng);
}
