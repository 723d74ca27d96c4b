/* SPDX-License-Identifier: MIT */
/*
 * candidates.h: candidates: the orders "this before that" of a recorded run which
 * may decide how it ended; and which of them hold in another run.
 *
 * Two steps of different tasks that meet (the same bytes, not both only looking;
 * an object that comes or goes) are a candidate; those first of which no others
 * say that they come in that order. So are two sections of a lock, one right after
 * the other, as one: the steps that take it.
 *
 * A step is found again in another run by task, operation, site and how often the
 * operation was there before. An order holds if both steps are there, meet, and
 * come in that order: so it is the same in all schedules of a class.
 *
 * Limits: CANDIDATES_MAX, the last ones of a run, of a step and a task
 * CANDIDATES_EACH; runs of CANDIDATES_STEPS.
 */
#ifndef FUZZ_CANDIDATES_H
#define FUZZ_CANDIDATES_H

#include "meets.h"

#define CANDIDATES_MAX 256
#define CANDIDATES_EACH 4
#define CANDIDATES_STEPS 8192
#define CANDIDATES_KEYS 1024 /* a power of two, twice the steps they have */

/* Bit n: candidate n. */
struct candidates_mask {
	uint64_t word[CANDIDATES_MAX / 64];
};

struct candidate {
	uint32_t before, after; /* steps of the run they are of */
	uint8_t task[2]; /* whose */
	bool section;
	bool implied; /* by others, in that run */
};

/* A step as it is found again. */
struct candidate_step {
	const struct site *site; /* NULL: where its operation begins */
	uint8_t task, op;
	uint16_t nth; /* time that its operation is there, from 0 */
	uint32_t step; /* of the run they are of */
	uint16_t next; /* of those with this key; 0: none, else one more */
};

struct candidates {
	unsigned int nr;
	struct candidate order[CANDIDATES_MAX];
	unsigned int nr_steps;
	struct candidate_step step[2 * CANDIDATES_MAX];
	uint16_t side[CANDIDATES_MAX][2]; /* before, after: their steps */
	uint16_t key[CANDIDATES_KEYS]; /* first step with it; 0: none */
};

bool candidates_has(const struct candidates_mask *mask, unsigned int nr);

/* Those of the run that @meets is of; none if it is too long. */
void candidates_find(struct candidates *candidates,
		     const struct meets *meets);
/* Which hold in the run that they are of now. */
void candidates_hold(const struct candidates *candidates,
		     const struct meets *meets, struct candidates_mask *mask);

#endif
