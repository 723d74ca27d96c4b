/* SPDX-License-Identifier: MIT */
/*
 * mutate.h: changing a program into a similar, legal one.
 *
 * Works on structure: operations, tasks, configuration, switches. An operation
 * that is inserted or removed takes the switches of its list along.
 *
 * Promises: deterministic in the generator's seed; results are normalized; the
 * weights and ranges are the same whatever the target.
 */
#ifndef FUZZ_MUTATE_H
#define FUZZ_MUTATE_H

#include "program.h"
#include "rng.h"

/* One to a few small changes. */
void mutate_program(struct program *program, struct rng *rng);
/* Lists and schedule from either parent. @child may be neither. */
void mutate_cross(const struct program *a, const struct program *b,
		  struct program *child, struct rng *rng);
/*
 * An operation by the weights of operations.def. Three times in four it takes
 * up an index or a handle that @program already has.
 */
struct program_op mutate_random_op(const struct program *program,
				   struct rng *rng);

#endif
