/* SPDX-License-Identifier: MIT */
/*
 * foresight.h: predictions (prediction.h) in the process of a fuzzing engine, beside
 * what else its mutator plays.
 *
 * Promises: deterministic in its seed. What it plays counts as executions. A run that
 * is a finding, or kills, is handed out as the next input.
 */
#ifndef FUZZ_FORESIGHT_H
#define FUZZ_FORESIGHT_H

#include "prediction.h"

struct foresight {
	bool begun, within; /* a block */
	bool over; /* there is no block left */
	unsigned long from, runs; /* executions before it, and its own */
	struct engine *engine;
	const struct target *target;
	struct record record;
	bool found;
	struct program finding;
	struct predictor predictor;
	struct prediction prediction;
};

/* Begins at the next foresight_next(). */
void foresight_init(struct foresight *foresight, struct engine *engine,
		    const struct target *target);
/* How many of so many @executions of a search are to be its runs. */
unsigned long foresight_due(unsigned long executions);
/*
 * Play what is due. @seed: of the order, the first time. Returns: @program is to be
 * the next input.
 */
bool foresight_next(struct foresight *foresight, uint64_t seed,
		    struct program *program);

#endif
