/* SPDX-License-Identifier: MIT */
/*
 * operation.h: the table of target/operations.def, for looking things up.
 *
 * Of a target's own operations it has what all of them have in common; what one is
 * called, and which numbers it reads, its target says (target.h: struct target_own).
 */
#ifndef FUZZ_OPERATION_H
#define FUZZ_OPERATION_H

#include "program.h"

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
	HANDLE_OWN, /* h0 .. h7: of one of the target's own kinds */
	HANDLE_KINDS,
};

enum operation_argument {
	ARG_INDEX = 1, /* in text: a bare number */
	ARG_COUNT = 2, /* count=N */
	ARG_ORDER = 4, /* order=N */
	ARG_COMPOUND = 8, /* the word "compound" */
	ARG_FAIL = 16, /* fail=N or fail=N+; all operations have it */
	ARG_OWN = 32, /* up to two bare numbers: the target says */
	ARG_FILE = 64, /* file=N, of a target that has more than one */
};

struct operation_info {
	const char *name; /* NULL: no such operation */
	const char *apart; /* the same where the target's own has that name */
	unsigned int weight;
	enum operation_kind kind;
	enum handle_kind gives, takes; /* OWN: it may; see below */
	unsigned int arguments; /* enum operation_argument, or'ed */
};

/* Total: an unknown @op has the row of nop. */
const struct operation_info *operation_info(unsigned int op);
/* How often @target, which has it, wants it drawn, relative to the others. */
unsigned int operation_weight(unsigned int op, const struct target *target);
/* What @target calls it; NULL: what programs do. */
const char *operation_name(unsigned int op, const struct target *target);
/* What programs for @target (NULL: for any) call it. */
const char *operation_word(unsigned int op, const struct target *target);
/*
 * The operation that programs for @target (NULL: for any) call so. Returns:
 * OP_COUNT if there is none.
 */
unsigned int operation_find(const char *name, size_t length,
			    const struct target *target);

/* What it gives, or takes, in programs for @target; NULL: what it may. */
enum handle_kind operation_gives(unsigned int op, const struct target *target);
enum handle_kind operation_takes(unsigned int op, const struct target *target);
/* May @taker take what @giver gives? */
bool operation_hands(const struct target *target, unsigned int giver,
		     unsigned int taker);
/* What gives back what @giver gives; OP_NOP: @target has no such thing. */
unsigned int operation_back(const struct target *target, unsigned int giver);
/* What names of that kind begin with: 'b', 'r', 'h'. */
char operation_letter(enum handle_kind kind);

/* Does @op of @target read an index of the cache? It is program_op's. */
bool operation_indexed(unsigned int op, const struct target *target);
/* Is it about one of several files? It is program_op's. */
bool operation_filed(unsigned int op, const struct target *target);
/* An operation of the target's own reads so many numbers. */
unsigned int operation_nr_own(const struct target *target, unsigned int op);
/* Its @nr-th number in @op: where it stands. */
uint8_t *operation_own(struct program_op *op, unsigned int nr);

#endif
