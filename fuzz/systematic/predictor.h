/* SPDX-License-Identifier: MIT */
/*
 * predictor.h: the predictor: which operations are stopped where, for which
 * others (predict.h); what of it several processes share, and outlives them.
 */
#ifndef FUZZ_PREDICTOR_H
#define FUZZ_PREDICTOR_H

#include "explored.h"
#include "kinds.h"
#include "turns.h"
#include "record.h"

#define PREDICT_BUGS 8 /* distinct ones of a block; more are counted */
#define PREDICT_KILLERS                                                        \
	64 /* operations that are known to kill who plays them */
#define PREDICT_DEATHS 16 /* in a block; then the rest of it is left out */

struct predictor {
	struct turns turns;
	unsigned int nr_killers;
	uint64_t killers[PREDICT_KILLERS]; /* programs; the last ones */
	struct kinds kinds;
};

struct predicted_bug {
	struct program program; /* with its schedule */
	struct explored_bug bug;
};

/* A process's own, and its parent's. */
struct predicted {
	struct block_turn turn; /* the block that it is at */
	unsigned int deaths; /* in it: it is begun again, but for what killed */
	bool over; /* there is no block left */
	unsigned long runs; /* that were played, to look at operations as well */
	unsigned long programs, schedules, findings;
	double seconds;
	unsigned int nr;
	struct predicted_bug bugs[PREDICT_BUGS];
	struct program playing;
	bool stopped; /* it is a schedule, not an operation to be looked at */
};

/* The next block, into @predicted. Aborts with a message if memory is short. */
void predictor_work(struct predictor *predictor, struct predicted *predicted,
		    const struct target *target, struct engine *engine,
		    struct record *record);
/* Nothing if there is such a one, or no room. */
void predicted_add(struct predicted *predicted, const struct program *program,
		   const struct explored_bug *bug);

#endif
