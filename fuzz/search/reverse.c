/* SPDX-License-Identifier: MIT */
/* reverse.c: see reverse.h. */
#include "reverse.h"

#include <string.h>

#include "hash.h"
#include "sequence.h"

#define TRIES (8 * REVERSE_TOURNAMENT) /* most steps race with nothing */
#define USUAL_OF 256U /* reversals, the last ones */

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

/* ------------------------------------------------------------ what is near */

#define BLOCK_SHIFT 6

/* It may race with steps that went elsewhere. */
static bool is_wide(const struct step *step)
{
	uintptr_t at = (uintptr_t)step->addr;

	return step->nr_moved ||
	       at >> BLOCK_SHIFT != (at + step->site->size - 1) >> BLOCK_SHIFT;
}

static void near_fill(struct reverse_near *near, const struct record *record)
{
	uint16_t wide = 0;
	unsigned int i;

	memset(near->last, 0, sizeof(near->last));
	for (i = 0; i < record->nr; i++) {
		const struct step *step = &record->steps[i];
		uintptr_t block = (uintptr_t)step->addr >> BLOCK_SHIFT;
		uint16_t *last = &near->last[block % REVERSE_BLOCKS];

		near->wide[i] = wide;
		if (!reversible(step))
			continue;
		if (is_wide(step)) {
			wide = (uint16_t)(i + 1);
			continue;
		}
		near->before[i] = *last;
		*last = (uint16_t)(i + 1);
	}
}

/* Those that may race with a step, the last one before it first. */
struct nearby {
	const struct reverse_near *near;
	bool all;
	unsigned int next, wide; /* as in struct reverse_near */
};

static struct nearby nearby(const struct reverse_near *near,
			    const struct step *steps, unsigned int step)
{
	bool all = is_wide(&steps[step]);

	return (struct nearby){
		.near = near,
		.all = all,
		.next = all ? step : near->before[step],
		.wide = all ? 0 : near->wide[step],
	};
}

/* Returns: its number; 0: no more. */
static unsigned int nearby_next(struct nearby *nearby)
{
	unsigned int step = nearby->next;

	if (nearby->wide > step) {
		step = nearby->wide;
		nearby->wide = nearby->near->wide[step - 1];
	} else if (nearby->all) {
		nearby->next -= step != 0;
	} else if (step) {
		nearby->next = nearby->near->before[step - 1];
	}
	return step;
}

/*
 * An access before @b that races with it: one of the last few. Returns: its
 * step, or @b if there is none.
 */
static unsigned int pick_partner(const struct reverse_near *near,
				 const struct record *record, unsigned int b,
				 struct rng *rng)
{
	const struct step *steps = record->steps;
	unsigned int found[REVERSE_HISTORY], nr = 0, a;
	struct nearby before;

	if (!reversible(&steps[b]))
		return b;
	before = nearby(near, steps, b);
	while (nr < REVERSE_HISTORY && (a = nearby_next(&before)) != 0)
		if (steps[a - 1].task != steps[b].task &&
		    reverse_possible(record, &steps[a - 1], &steps[b]))
			found[nr++] = a - 1;
	return nr ? found[rng_below(rng, nr)] : b;
}

/* ------------------------------------------------------- picking a race */

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
	near_fill(&reverse->near, record);
	for (tries = 0; tries < TRIES && pairs < REVERSE_TOURNAMENT; tries++) {
		unsigned int b = rng_below(rng, record->nr);
		unsigned int a = pick_partner(&reverse->near, record, b, rng);
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
