/* SPDX-License-Identifier: MIT */
/*
 * forms.h: forms: how an operation can stand in a small program: of which order,
 * at which index, with which handle that is there.
 */
#ifndef FUZZ_FORMS_H
#define FUZZ_FORMS_H

#include "operation.h"
#include "program.h"
#include "rng.h"

/* The most forms of an operation, indices and handles aside. */
#define FORMS_MAX 6
/*
 * Forms of @op for @target, with index 1, handle 0, and all that it reads. Returns:
 * how many; 0: it has none, or nothing that it takes can be had.
 */
unsigned int forms_of(const struct target *target, unsigned int op,
		      struct program_op forms[FORMS_MAX]);
/* An index beyond the node that has 0. */
unsigned int forms_other_node(const struct target *target);

/* Handles of @kind that somebody in @program gives, a bit each. */
unsigned int forms_given(const struct program *program, enum handle_kind kind);
/* What @op gets can be taken by another one, if there is a handle left. */
void forms_name_result(const struct program *program,
		       const struct target *target, struct program_op *op);

/* The most of all operations, at all places. */
#define FORMS_PLACED_MAX 384
/*
 * All operations of @target in all forms, those of the cache of order 3, too, each
 * at index 0, 1 and 2, of one folio of order 2, at 5, of the next one, and at one in
 * another node, or with each handle that @program gives; in an order that follows from @rng.
 * Returns: how many.
 */
unsigned int forms_placed(const struct target *target,
			  const struct program *program, struct rng *rng,
			  struct program_op placed[FORMS_PLACED_MAX]);

#endif
