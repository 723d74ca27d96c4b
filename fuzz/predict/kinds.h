/* SPDX-License-Identifier: MIT */
/*
 * kinds.h: kinds of communication, each a hash, and how many runs they had: one in
 * the first pass, four in the next, and so on; and in each block of a pass one, two,
 * four. So kinds that many programs have do not crowd out the others,
 * and one's runs are of as many blocks as can be. It lies in memory that several
 * processes share.
 */
#ifndef FUZZ_KINDS_H
#define FUZZ_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#include "turns.h"

#define KINDS (1U << 22) /* two may share one */
#define KINDS_PLAYED (1U << 26) /* schedules; so may two of them */
#define KINDS_PAST                                                             \
	4 /* looks before a stop that make kinds with the one behind */

struct kinds {
	struct {
		uint32_t block; /* that it had runs in last */
		uint16_t of_block; /* runs in that */
		uint16_t runs;
	} kind[KINDS];
	uint64_t played[KINDS_PLAYED / 64];
};

/*
 * How a value changed, for a kind: small ones are themselves, large ones are told apart
 * by the two bits in which pointers have tags. 0: it did not.
 */
uint32_t kinds_change(uint64_t from, uint64_t to);
/*
 * A stop between what is communicated at @past, before it, and at @next, behind it (0:
 * nothing is). Returns: one of its kinds had room; then each has a run more.
 */
bool kinds_take(struct kinds *kinds, struct block_turn turn,
		const uint32_t past[KINDS_PAST], unsigned int nr,
		uint32_t next);
/* Was that schedule played? It is, from now on. */
bool kinds_played(struct kinds *kinds, uint64_t hash);

#endif
