/* SPDX-License-Identifier: MIT */
/* candidates_step.h: a step as it is found again. Private to candidates*.c. */
#ifndef FUZZ_CANDIDATES_STEP_H
#define FUZZ_CANDIDATES_STEP_H

#include "candidates.h"

/* One that the program's tasks make, or callbacks. */
static inline bool is_candidate(const struct step *step)
{
	return !step->setup && step->task <= TASK_RCU;
}

static inline unsigned int key_of(const struct candidate_step *step)
{
	uint32_t site = step->site ? step->site->hash : 0;

	return (site ^ (uint32_t)step->task << 5 ^ (uint32_t)step->op * 31) *
		       2654435761U >>
	       22;
}

static inline bool equal_steps(const struct candidate_step *a,
			       const struct candidate_step *b)
{
	return a->site == b->site && a->kind == b->kind && a->task == b->task &&
	       a->op == b->op && a->nth == b->nth;
}

/* Step @at of a run, as it is found again. */
struct candidate_step candidates_step(const struct record *record,
				      unsigned int at);
/* Returns: the number of one that is found again as @step is. */
uint16_t candidates_add_step(struct candidates *candidates,
			     const struct candidate_step *step);

#endif
