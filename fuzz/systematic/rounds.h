/* SPDX-License-Identifier: MIT */
/*
 * rounds.h: rounds over a list of programs: each has few runs at first, and those
 * for which they were too few have more when it is their turn. Each round goes
 * through the list, behind the one before, and has as many runs in all as any
 * other, until all have come to their ends.
 */
#ifndef FUZZ_ROUNDS_H
#define FUZZ_ROUNDS_H

#include "ledger.h"

#define ROUNDS 3

struct round_program {
	struct entry known; /* runs 0: nothing yet */
	uint8_t done; /* rounds of it */
};

struct rounds {
	size_t nr, room;
	struct round_program *programs; /* by their number in the list */
	unsigned long played; /* programs that at least one round is done of */
	struct {
		size_t next; /* of the list */
		unsigned long spent; /* runs */
	} rounds[ROUNDS];
};

/* Runs of a program in @round, at most; in the last one @most. */
unsigned long rounds_runs(size_t round, unsigned long most);
/* The list has @nr programs more, at its end. Aborts if memory is short. */
void rounds_grow(struct rounds *rounds, size_t nr);
void rounds_close(struct rounds *rounds);
/* Of the rounds that have a next program the poorest; ROUNDS: none has. */
size_t rounds_poorest(struct rounds *rounds);
/* Its next one's number. */
size_t rounds_take(struct rounds *rounds, size_t round);
/* Returns: what was known of it before; runs 0: nothing. */
struct entry rounds_done(struct rounds *rounds, size_t nr, size_t round,
			 const struct entry *entry);

#endif
