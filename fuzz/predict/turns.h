/* SPDX-License-Identifier: MIT */
/*
 * turns.h: turns: the blocks of each pass over all set-ups, in no order, but the same
 * in every run of one seed. A block is a set-up and a group of first operations.
 */
#ifndef FUZZ_TURNS_H
#define FUZZ_TURNS_H

#include <stdbool.h>
#include <stdint.h>

#define TURN_GROUP 8 /* first operations of a block */

/* Shared by those who take them. */
struct turns {
	unsigned int pass;
	unsigned int block; /* the next of the pass */
	uint64_t seed; /* of their order; set before the first is taken */
};

struct block_turn {
	unsigned int pass; /* from 0 */
	unsigned int block; /* from 1, of all passes */
	uint64_t seed; /* of the turns' order */
};

/* Returns: false if there is no block left. */
bool turns_take(struct turns *turns, struct block_turn *turn);
/* The set-up (setups.h), and which group of operations, from 0. */
void turns_block(struct block_turn turn, unsigned int *setup,
		 unsigned int *group);

#endif
