/* SPDX-License-Identifier: MIT */
/*
 * meetings.h: earlier steps that a new one meets: which of them it may race with.
 */
#ifndef FUZZ_MEETINGS_H
#define FUZZ_MEETINGS_H

#include "races.h"

/*
 * Earlier steps that the newest one meets, of each task the last one: what that
 * task did before is before that. NONE: it met none.
 */
struct meetings {
	uint32_t step[ENGINE_TASKS];
	bool only_after[ENGINE_TASKS]; /* it could not be the other way round */
	uint32_t late[ENGINE_TASKS]; /* edges that hide no race */
	/* The task had from here to there what the newest one takes. */
	uint32_t from[ENGINE_TASKS], to[ENGINE_TASKS];
	bool interrupt; /* who is pinned to a CPU does not keep it out */
};

/* @interrupt: it is an interrupt's. */
void meetings_clear(struct meetings *meetings, bool interrupt);
/* An edge to @step that hides no race. */
void meetings_add_late(const struct races *races, struct meetings *meetings,
		       uint32_t step);
/* Those that @part of a step of @task meets; @held: it is kept waiting for a lock. */
void meetings_add_part(const struct races *races, const struct part *part,
		       uint8_t task, bool held, struct meetings *meetings);
/* ... and all @nr parts of it. */
void meetings_add_parts(const struct races *races, const struct part *part,
			unsigned int nr, uint8_t task,
			struct meetings *meetings);
/* A step that depends on everything: the others' last ones. */
void meetings_add_everybody(const struct races *races, uint8_t task,
			    struct meetings *meetings);
/* All are there. */
void meetings_settle(const struct races *races, struct meetings *meetings);
/*
 * Take out the newest of them; @only_after: it could not be the other way round.
 * Returns: NONE if none is left.
 */
uint32_t meetings_take(struct meetings *meetings, bool *only_after);
/*
 * Words are eight bytes, pages and indices eight in a row: which list has those
 * that were met there, as what, by reading or not?
 */
uint32_t meetings_head(unsigned int what, bool reads, uint64_t at);

#endif
