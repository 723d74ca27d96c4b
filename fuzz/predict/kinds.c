/* SPDX-License-Identifier: MIT */
/* kinds.c: see kinds.h. */
#include "kinds.h"

#include "hash.h"

#define RUNS_AT_FIRST 1U

static uint32_t sort_of(uint64_t value)
{
	return value < 64 ? (uint32_t)value : 64 | (uint32_t)(value & 3);
}

uint32_t kinds_change(uint64_t from, uint64_t to)
{
	return from == to ? 0 : 1 + (sort_of(from) << 8 | sort_of(to));
}

static bool has_room(struct kinds *kinds, struct block_turn turn,
		     unsigned int nr)
{
	if (kinds->kind[nr].block != turn.block) {
		kinds->kind[nr].block = turn.block;
		kinds->kind[nr].of_block = 0;
	}
	return kinds->kind[nr].runs < RUNS_AT_FIRST << 2 * turn.pass &&
	       kinds->kind[nr].of_block < 1U << turn.pass;
}

bool kinds_take(struct kinds *kinds, struct block_turn turn,
		const uint32_t past[KINDS_PAST], unsigned int nr, uint32_t next)
{
	unsigned int kind[KINDS_PAST + 1], i;
	bool room = false;

	for (i = 0; i <= nr; i++) {
		kind[i] = hash_word(i ? past[i - 1] : 0, next) % KINDS;
		room |= has_room(kinds, turn, kind[i]);
	}
	for (i = 0; room && i <= nr;
	     i++) { /* of two processes one may be lost */
		kinds->kind[kind[i]].runs += kinds->kind[kind[i]].runs <
					     UINT16_MAX;
		kinds->kind[kind[i]].of_block += kinds->kind[kind[i]].of_block <
						 UINT16_MAX;
	}
	return room;
}

bool kinds_played(struct kinds *kinds, uint64_t hash)
{
	uint64_t bit = 1ULL << hash % 64;
	uint64_t *word = &kinds->played[hash % KINDS_PLAYED / 64];

	return __atomic_fetch_or(word, bit, __ATOMIC_RELAXED) & bit;
}
