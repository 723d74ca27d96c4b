/* SPDX-License-Identifier: MIT */
/* rounds.c: see rounds.h. */
#include "rounds.h"

#include <stdlib.h>
#include <string.h>

#include "ensure.h"

unsigned long rounds_runs(size_t round, unsigned long most)
{
	static const unsigned long runs[ROUNDS - 1] = { 100, 2000 };

	return round < ROUNDS - 1 ? runs[round] : most;
}

void rounds_grow(struct rounds *rounds, size_t nr)
{
	size_t need = rounds->nr + nr;

	if (need > rounds->room) {
		rounds->room = need + need / 2 + 64;
		rounds->programs =
			realloc(rounds->programs,
				rounds->room * sizeof(*rounds->programs));
		ensure(rounds->programs);
	}
	memset(rounds->programs + rounds->nr, 0,
	       nr * sizeof(*rounds->programs));
	rounds->nr = need;
}

void rounds_close(struct rounds *rounds)
{
	free(rounds->programs);
	memset(rounds, 0, sizeof(*rounds));
}

/* Is there one for @round now? Then it is next there. */
static bool round_has_next(struct rounds *rounds, size_t round)
{
	size_t *next = &rounds->rounds[round].next;

	if (!round)
		return *next < rounds->nr;
	while (*next < rounds->rounds[round - 1].next &&
	       rounds->programs[*next].known.complete)
		++*next;
	return *next < rounds->rounds[round - 1].next &&
	       rounds->programs[*next].done >= round;
}

size_t rounds_poorest(struct rounds *rounds)
{
	size_t best = ROUNDS, round;

	for (round = 0; round < ROUNDS; round++)
		if (round_has_next(rounds, round) &&
		    (best == ROUNDS ||
		     rounds->rounds[round].spent < rounds->rounds[best].spent))
			best = round;
	return best;
}

size_t rounds_take(struct rounds *rounds, size_t round)
{
	return rounds->rounds[round].next++;
}

struct entry rounds_done(struct rounds *rounds, size_t nr, size_t round,
			 const struct entry *entry)
{
	struct round_program *program = &rounds->programs[nr];
	struct entry before = program->known;

	rounds->played += !program->done;
	program->done = (uint8_t)(round + 1);
	program->known = *entry;
	rounds->rounds[round].spent += entry->runs;
	return before;
}
