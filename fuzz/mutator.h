/* SPDX-License-Identifier: MIT */
/*
 * mutator.h: what the fuzzing engine is handed as the next input.
 *
 * Four times in five a structural mutation; once in five a round of race
 * reversal: one recorded run of the (perhaps mutated) parent, then up to
 * MUTATOR_CHILDREN children, handed out one by one.
 *
 * Promises: deterministic in its seeds. The recorded run counts as an execution
 * (engine.executions). If it is a finding, its input is handed out at once.
 */
#ifndef FUZZ_MUTATOR_H
#define FUZZ_MUTATOR_H

#include "reverse.h"

#define MUTATOR_CHILDREN 4

struct mutator {
	struct engine *engine;
	const struct target *target;
	struct record record;
	struct reverse reverse;
	unsigned int nr; /* children waiting */
	struct program children[MUTATOR_CHILDREN];
};

void mutator_init(struct mutator *mutator, struct engine *engine,
		  const struct target *target);
/* Replace @program by the next one to try. */
void mutator_next(struct mutator *mutator, struct program *program,
		  uint64_t seed);

#endif
