/* SPDX-License-Identifier: MIT */
/* reverse.c: see reverse.h. */
#include "reverse.h"

#include "hash.h"
#include "sequence.h"

#define TRIES (8 * REVERSE_TOURNAMENT) /* most steps race with nothing */
#define USUAL_OF 256U /* reversals, the last ones */

/* ------------------------------------------------------- picking a race */

/* An access that can be one of two that are reversed, whatever the other is. */
static bool reversible(const struct step *step)
{
	return step->kind == STEP_ACCESS && !step->setup &&
	       step->site->kind != MACHINE_UNLOCKS;
}

bool reverse_possible(const struct record *record, const struct step *a,
		      const struct step *b)
{
	return reversible(a) && reversible(b) && steps_race(record, a, b) &&
	       !(a->locks & b->locks) && a->task < PROGRAM_TASKS;
}

/*
 * Cheap, and true if they race. Hunts spend their time here: the records of a
 * large target are long, and few of the steps have to do with each other.
 */
static inline bool may_race(const struct step *a, const struct step *b)
{
	const uintptr_t reach = UINT8_MAX; /* no access is larger */

	return a->task != b->task &&
	       ((uintptr_t)a->addr - (uintptr_t)b->addr + reach <= 2 * reach ||
		a->nr_moved || b->nr_moved);
}

/*
 * An access before @b that races with it: one of the last few. Returns: its
 * step, or @b if there is none.
 */
static unsigned int pick_partner(const struct record *record, unsigned int b,
				 struct rng *rng)
{
	const struct step *steps = record->steps;
	unsigned int found[REVERSE_HISTORY], nr = 0, a = b;

	if (!reversible(&steps[b]))
		return b;
	while (a-- > 0 && nr < REVERSE_HISTORY)
		if (may_race(&steps[a], &steps[b]) &&
		    reverse_possible(record, &steps[a], &steps[b]))
			found[nr++] = a;
	return nr ? found[rng_below(rng, nr)] : b;
}

static uint16_t *pair_times(struct reverse *reverse, const struct step *a,
			    const struct step *b)
{
	uint32_t hash = hash_word(a->site->hash, a->operation);

	hash = hash_word(hash, b->site->hash);
	hash = hash_word(hash, b->operation);
	return &reverse->times[hash % REVERSE_PAIRS];
}

bool reverse_race(struct reverse *reverse, const struct record *record,
		  const struct program *program, struct rng *rng,
		  struct program *child)
{
	uint16_t *rarest = NULL;
	unsigned int tries, pairs = 0, best_a = 0, best_b = 0;

	if (!record->nr)
		return false;
	for (tries = 0; tries < TRIES && pairs < REVERSE_TOURNAMENT; tries++) {
		unsigned int b = rng_below(rng, record->nr);
		unsigned int a = pick_partner(record, b, rng);
		uint16_t *times;

		if (a == b)
			continue;
		pairs++;
		times = pair_times(reverse, &record->steps[a],
				   &record->steps[b]);
		if (rarest && *times >= *rarest)
			continue;
		rarest = times;
		best_a = a;
		best_b = b;
	}
	if (!rarest)
		return false;
	reverse->first = !*rarest;
	reverse->rare = *rarest * USUAL_OF <= reverse->usual;
	reverse->usual += *rarest - reverse->usual / USUAL_OF;
	*rarest += *rarest < UINT16_MAX;
	*child = *program;
	reverse_schedule(record, best_a, best_b, child);
	return true;
}

/* -------------------------------------------------- writing the new order */

void reverse_schedule(const struct record *record, unsigned int a,
		      unsigned int b, struct program *child)
{
	struct sequence sequence;
	unsigned int i, task = record->steps[a].task;

	sequence_begin(&sequence, record, child);
	for (i = 0; i < a; i++)
		sequence_step(&sequence, i);
	for (i = a; i <= b && a != b; i++)
		if (record->steps[i].task != task)
			sequence_step(&sequence, i);
	for (i = a; i <= b && i < record->nr; i++)
		if (a == b || record->steps[i].task == task)
			sequence_step(&sequence, i);
	for (i = b + 1; i < record->nr; i++)
		sequence_step(&sequence, i);
}
