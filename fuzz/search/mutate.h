/* SPDX-License-Identifier: MIT */
/*
 * mutate.h: changing a program into a similar, legal one.
 *
 * Works on structure: operations, tasks, configuration, switches. An operation
 * that is inserted or removed takes the switches of its list along.
 *
 * Promises: deterministic in the generator's seed; results are normalized; new
 * operations are those that the target has and that can get what they take, by
 * their weights; no block, setting or interrupt that it lacks is asked for
 * (fit.h); and new points lie as far out as its operations go.
 */
#ifndef FUZZ_MUTATE_H
#define FUZZ_MUTATE_H

#include "program.h"
#include "rng.h"

#define MUTATE_ORDER_USUAL 4 /* larger blocks are drawn seldom */

/* One to a few small changes. */
void mutate_program(struct program *program, const struct target *target,
		    struct rng *rng);
/* The same of its schedule alone. */
void mutate_schedule(struct program *program, const struct target *target,
		     struct rng *rng);
/* One reordering more, less, or another. Of one that cannot be, nothing comes. */
void mutate_reorderings(struct program *program, const struct target *target,
			struct rng *rng);
/* One field of the configuration anew, or where a task runs. */
void mutate_config(struct program *program, const struct target *target,
		   struct rng *rng);
/*
 * Who asks for a block larger than usual gets a memory of four such; of a target from
 * which such are drawn.
 */
void mutate_room(struct program *program, const struct target *target);
/* So many pages as the target may be given; few more often. */
unsigned int mutate_pages(const struct target *target, struct rng *rng);
/* Which file @op is about; for nothing where there is one. */
uint8_t mutate_file(unsigned int op, const struct target *target,
		    struct rng *rng);
/*
 * An allocation of one operation fails, most often of one that fills or empties
 * the cache; or, if one does, perhaps none any more.
 */
void mutate_fail(struct program *program, struct rng *rng);
/* Lists and schedule from either parent. @child may be neither. */
void mutate_cross(const struct program *a, const struct program *b,
		  struct program *child, struct rng *rng);
/*
 * An operation of @target's by the weights of operations.def. Three times in four it takes
 * up an index or a handle that @program already has.
 */
struct program_op mutate_random_op(const struct program *program,
				   const struct target *target,
				   struct rng *rng);
/* If it is of @target's own: its numbers anew, each from its range. */
void mutate_own(struct program_op *op, const struct target *target,
		struct rng *rng);

#endif
