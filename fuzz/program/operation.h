/* SPDX-License-Identifier: MIT */
/*
 * operation.h: the table of target/operations.def, for looking things up.
 */
#ifndef FUZZ_OPERATION_H
#define FUZZ_OPERATION_H

#include "target.h"

enum operation_kind {
	OPERATION_OTHER,
	OPERATION_ACQUIRE,
	OPERATION_RELEASE,
	OPERATION_CACHE,
	OPERATION_LOOKUP,
};

enum handle_kind {
	HANDLE_NONE,
	HANDLE_BLOCK, /* b0 .. b7 */
	HANDLE_REF, /* r0 .. r7 */
};

enum operation_argument {
	ARG_INDEX = 1, /* in text: a bare number */
	ARG_COUNT = 2, /* count=N */
	ARG_ORDER = 4, /* order=N */
	ARG_COMPOUND = 8, /* the word "compound" */
	ARG_FAIL = 16, /* fail=N or fail=N+; all operations have it */
};

struct operation_info {
	const char *name; /* NULL: no such operation */
	unsigned int weight;
	enum operation_kind kind;
	enum handle_kind gives, takes;
	unsigned int arguments; /* enum operation_argument, or'ed */
};

/* Total: an unknown @op has the row of nop. */
const struct operation_info *operation_info(unsigned int op);
/* What @target calls it; NULL: what programs do. */
const char *operation_name(unsigned int op, const struct target *target);
/* Returns: OP_COUNT if there is none of that name. */
unsigned int operation_find(const char *name, size_t length);

#endif
