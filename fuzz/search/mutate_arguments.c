/* SPDX-License-Identifier: MIT */
/*
 * mutate_arguments.c: numbers of an operation of the target's own; which file it is
 * about; and which of its allocations fails. See mutate.h.
 */
#include "edit.h"
#include "fit.h"
#include "mutate.h"
#include "operation.h"

#define FILE_ONE_IN 4 /* operations on a file: on the second */

void mutate_own(struct program_op *op, const struct target *target,
		struct rng *rng)
{
	const struct target_own *own = target_own(target, op->op);
	unsigned int i;

	for (i = 0; own && i < TARGET_OWN_ARGUMENTS; i++) {
		const struct target_argument *argument = &own->arguments[i];
		unsigned int range = argument->max - argument->min + 1;

		*operation_own(op, i) = 0;
		if (argument->name)
			*operation_own(op, i) =
				(uint8_t)(argument->min +
					  rng_below(rng, range));
	}
	fit_own(op, target);
}

uint8_t mutate_file(unsigned int op, const struct target *target,
		    struct rng *rng)
{
	return operation_filed(op, target) && rng_one_in(rng, FILE_ONE_IN);
}

void mutate_fail(struct program *program, struct rng *rng)
{
	struct program_op *op = NULL;
	unsigned int tries, nr = program_nr_ops(program);

	for (tries = 0; tries < 4; tries++) {
		op = edit_op(program, rng_below(rng, nr));
		if (!op || operation_info(op->op)->kind == OPERATION_CACHE)
			break;
	}
	if (!op)
		return;
	op->fail = op->fail && rng_one_in(rng, 2) ?
			   0 :
			   (uint8_t)(1 + rng_small(rng, 2, PROGRAM_FAIL_MAX));
	op->fail_on = rng_one_in(rng, 3);
}
