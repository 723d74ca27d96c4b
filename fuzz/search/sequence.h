/* SPDX-License-Identifier: MIT */
/*
 * sequence.h: a sequence: steps of a recorded run in another order, written as a
 * schedule.
 *
 * Steps of one task stay in their order. What locks or waits do not allow is for
 * the engine to pass over.
 */
#ifndef FUZZ_SEQUENCE_H
#define FUZZ_SEQUENCE_H

#include "record.h"

/* Where each task stands in its own steps. */
struct sequence {
	const struct record *record;
	struct program *child;
	unsigned int next[ENGINE_TASKS]; /* a task's next step; nr: none */
	int running; /* task; -1: not begun */
	int before_rcu;
	int below[ENGINE_TASKS]; /* an interrupt: whom it interrupted */
};

/* @child loses its switches, and keeps its reorderings. */
void sequence_begin(struct sequence *sequence, const struct record *record,
		    struct program *child);
/* Step @at of the record comes next. At most PROGRAM_SWITCHES entries. */
void sequence_step(struct sequence *sequence, unsigned int at);

#endif
