/* SPDX-License-Identifier: MIT */
/*
 * candidates.h: candidates: the orders "this before that" of a recorded run which
 * may decide how it ended; and which of them hold in another run.
 *
 * Two steps of different tasks that meet (the same bytes, not both only looking;
 * an object that comes or goes) are a candidate; those first of which no others
 * say that they come in that order. So are two sections of a lock, one right after
 * the other, as one: the steps that take it. What comes before what goes by when
 * it took effect (effect.h): of weak memory the order that the others saw.
 *
 * A step is found again in another run by task, operation, site and how often the
 * operation was there before. An order holds if both steps are there, meet, and
 * come in that order: so it is the same in all schedules of a class.
 *
 * A run that its finding ends in the middle tells nothing of what would have come.
 * So there are candidates "before what did not come": a step of another run stands
 * for that, and they hold where it has not come before, either.
 *
 * Limits: CANDIDATES_MAX, the last ones of a run, of a step and a task
 * CANDIDATES_EACH; of a run the first CANDIDATES_STEPS steps.
 */
#ifndef FUZZ_CANDIDATES_H
#define FUZZ_CANDIDATES_H

#include "meets.h"

#define CANDIDATES_MAX 256
#define CANDIDATES_EACH 4
#define CANDIDATES_STEPS 8192
#define CANDIDATES_NEVER UINT32_MAX
#define CANDIDATES_KEYS 1024 /* a power of two, twice the steps they have */

/* Bit n: candidate n. */
struct candidates_mask {
	uint64_t word[CANDIDATES_MAX / 64];
};

struct candidate {
	uint32_t before, after; /* steps of the run they are of; NEVER: none */
	uint8_t task[2]; /* whose */
	bool section;
	bool implied; /* by others, in that run */
	bool boundary; /* an operation's begin or end, not accesses alone */
	bool never; /* @after is no step of it: a step of another run */
};

/* A step as it is found again. */
struct candidate_step {
	const struct site *site; /* NULL: where its operation begins, ends */
	uint8_t kind; /* enum step_kind */
	uint8_t task, op;
	uint16_t nth; /* time that its operation is there, from 0 */
	uint32_t step; /* of the run they are of, or NEVER */
	uint16_t next; /* of those with this key; 0: none, else one more */
};

struct candidates {
	unsigned int nr;
	struct candidate order[CANDIDATES_MAX];
	unsigned int nr_steps;
	struct candidate_step step[2 * CANDIDATES_MAX];
	uint16_t side[CANDIDATES_MAX][2]; /* before, after: their steps */
	uint16_t key[CANDIDATES_KEYS]; /* first step with it; 0: none */
	/* All steps of the run they are of, as they are found again. */
	unsigned int nr_story;
	struct candidate_step story[CANDIDATES_STEPS];
};

bool candidates_has(const struct candidates_mask *mask, unsigned int nr);

/* Those of the run that @meets is of. */
void candidates_find(struct candidates *candidates, const struct meets *meets);
/*
 * More of them, from another run, of those steps that come before one of theirs in
 * it, and not at all in their own.
 */
void candidates_find_never(struct candidates *candidates,
			   const struct meets *meets);
/* Which hold in the run that they are of now. */
void candidates_hold(const struct candidates *candidates,
		     const struct meets *meets, struct candidates_mask *mask);

#endif
