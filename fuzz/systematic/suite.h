/* SPDX-License-Identifier: MIT */
/*
 * suite.h: a suite: every pair of a target's operations, each in all the states
 * of setups.def, as programs of two tasks with one operation each.
 *
 * An operation stands there in a few forms (orders and kinds of block). If both
 * name an index it is the same, or another page of the same large folio or node,
 * or one in another node. If the target can, the second one is an interrupt, too.
 *
 * The order is the same in every run: first one program of each pair, then
 * another one, of any state, those without interrupts before those with; so that
 * a part of it says something of every pair and state.
 */
#ifndef FUZZ_SUITE_H
#define FUZZ_SUITE_H

#include "program.h"

struct suite_program {
	struct program program;
	uint64_t hash; /* of the program */
	uint16_t pair; /* struct suite_pair's number */
	const char *setup; /* name of its row */
};

struct suite_pair {
	uint8_t op[2]; /* enum operation */
};

struct suite {
	const struct target *target;
	size_t nr, room;
	struct suite_program *programs;
	unsigned int nr_pairs;
	struct suite_pair pairs[OP_COUNT * OP_COUNT];
};

/* Each program once. Aborts with a message if memory is short. */
void suite_open(struct suite *suite, const struct target *target);
void suite_close(struct suite *suite);

#endif
