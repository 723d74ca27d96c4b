/* SPDX-License-Identifier: MIT */
/*
 * frontier.h: the frontier: programs that showed operations meeting as they had
 * not before; those that showed most, for the runs that it took, are made into
 * others first.
 */
#ifndef FUZZ_FRONTIER_H
#define FUZZ_FRONTIER_H

#include "met.h"
#include "program.h"

#define FRONTIER_OPS 3 /* of a task, at most, when one is added */

struct frontier_program {
	struct program program;
	unsigned long worth; /* of a run; falls with each child */
	unsigned int children; /* that were made: frontier_grow() */
	unsigned int of; /* so many there are; 0: not counted yet */
};

struct frontier {
	size_t nr, room;
	struct frontier_program *programs;
};

void frontier_clear(struct frontier *frontier);
/* Nothing if @new is. @runs: how many it took to see that. */
void frontier_add(struct frontier *frontier, const struct program *program,
		  const struct met_new *new, unsigned long runs);
/* The one that is worth most. Returns: NULL if there is none. */
struct frontier_program *frontier_best(struct frontier *frontier);
/* It has a child more, and is worth less; removed when it is worth nothing. */
void frontier_spend(struct frontier *frontier,
		    struct frontier_program *program);

/* -------------------------------------------------------- frontier_grow.c */

/*
 * A child, by frontier_child(), of the one that is worth most: another one each time, in no
 * order, but the same in every run. Returns: false if there is none.
 */
bool frontier_grow(struct frontier *frontier, const struct target *target,
		   struct program *child);
/*
 * The @nr-th program that is @parent with one operation more at the end of a task,
 * in all its forms, at the indices and with the handles that are there. Returns:
 * false if there are not so many.
 */
bool frontier_child(const struct program *parent, const struct target *target,
		    unsigned int nr, struct program *child);

#endif
