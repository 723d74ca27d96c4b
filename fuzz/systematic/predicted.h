/* SPDX-License-Identifier: MIT */
/* predicted.h: what a process that plays predictions came to, and what it is at. */
#ifndef FUZZ_PREDICTED_H
#define FUZZ_PREDICTED_H

#include "explored.h"
#include "prediction.h"

#define PREDICT_BUGS 8 /* distinct ones of a block; more are counted */
#define PREDICT_DEATHS 16 /* in a block; then the rest of it is left out */

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

/*
 * The next block of @predictor's, into @predicted; or the same once more, if it is
 * that which killed. Exits if a sanitizer that does not end the process reports.
 */
void predicted_work(struct predicted *predicted, struct predictor *predictor,
		    const struct target *target, struct engine *engine,
		    struct record *record);
/* Nothing if there is such a one, or no room. */
void predicted_add(struct predicted *predicted, const struct program *program,
		   const struct explored_bug *bug);

#endif
