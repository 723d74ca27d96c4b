/* SPDX-License-Identifier: MIT */
/* mutate_reorder.c: reorderings come, go, and come to be others. */
#include "edit.h"
#include "mutate.h"

static unsigned int pick_reordering(const struct program *program,
				    struct rng *rng)
{
	unsigned int nr = rng_below(rng, program_nr_reorderings(program));
	unsigned int i = 0;

	while (program->switches[i].kind == ENTRY_SWITCH || nr--)
		i++;
	return i;
}

static uint8_t how_far(unsigned int kind, struct rng *rng)
{
	if (kind == ENTRY_DELAY)
		return (uint8_t)rng_small(rng, 1, PROGRAM_UNTIL_MAX + 1);
	return (uint8_t)(1 + rng_small(rng, 2, PROGRAM_BACK_MAX));
}

static void add_reordering(struct program *program, const struct target *target,
			   struct rng *rng)
{
	unsigned int shift = rng_below(rng, target_points_shift(target) + 1);
	unsigned int task = rng_below(rng, 3), ops;
	unsigned int kind = rng_one_in(rng, 2) ? ENTRY_DELAY : ENTRY_STALE;

	ops = program->tasks[task].nr;
	if (program->nr_switches == PROGRAM_SWITCHES || !ops)
		return;
	program->switches[program->nr_switches++] = (struct program_switch){
		.task = (uint8_t)task,
		.op = (uint8_t)rng_below(rng, ops),
		.point = (uint16_t)(1 + rng_below(rng, 1U << shift)),
		.kind = (uint8_t)kind,
		.next = how_far(kind, rng),
	};
}

static void change_reordering(struct program_switch *entry, struct rng *rng)
{
	unsigned int by = rng_below(rng, 9);

	if (rng_one_in(rng, 2))
		entry->next = how_far(entry->kind, rng);
	else if (entry->point + by > 4)
		entry->point = (uint16_t)(entry->point + by - 4);
}

void mutate_reorderings(struct program *program, const struct target *target,
			struct rng *rng)
{
	unsigned int at;

	if (!program_nr_reorderings(program) || rng_one_in(rng, 2)) {
		add_reordering(program, target, rng);
	} else {
		at = pick_reordering(program, rng);
		if (rng_one_in(rng, 3))
			edit_remove_switch(program, at);
		else
			change_reordering(&program->switches[at], rng);
	}
	program_normalize(program);
}
