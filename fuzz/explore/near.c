/* SPDX-License-Identifier: MIT */
/* near.c: see near.h. */
#include "near.h"

#include <string.h>

#define SPOTS (1U << 15) /* of eight bytes or things each */
#define SPOTS_LOOK 64 /* so many are tried; then two share one */

/* Who met what stands there: tasks are a bit each. */
struct spot {
	uint64_t at; /* in eights */
	uint8_t what; /* stands there */
	uint16_t reads, others; /* none of both: it is free */
};

/* Addresses are others in each process: what it finds does not depend on them. */
static struct spot *spot_of(struct spot *spots, const struct part *part,
			    uint64_t at)
{
	uint32_t hash = hash_word(hash_word(part->what, (uint32_t)(at >> 3)),
				  (uint32_t)(at >> 35));
	unsigned int i;

	for (i = 0; i < SPOTS_LOOK; i++) {
		struct spot *spot = &spots[(hash + i) % SPOTS];

		if (!spot->reads && !spot->others)
			*spot = (struct spot){ .at = at >> 3,
					       .what = part->what };
		if (spot->at == at >> 3 && spot->what == part->what)
			return spot;
	}
	return &spots[hash % SPOTS];
}

static void note(struct spot *spots, const struct part *part, uint8_t task)
{
	uint64_t at;

	for (at = part->at & ~7ULL; at < part->at + part->size; at += 8) {
		struct spot *spot = spot_of(spots, part, at);

		if (part->how == TOUCH_READS)
			spot->reads |= 1U << task;
		else
			spot->others |= 1U << task;
	}
}

/* Did another task meet it, and one of the two not by reading? */
static bool is_met(struct spot *spots, const struct part *part, uint8_t task)
{
	uint64_t at;

	for (at = part->at & ~7ULL; at < part->at + part->size; at += 8) {
		const struct spot *spot = spot_of(spots, part, at);
		uint16_t who = spot->others;

		if (part->how != TOUCH_READS)
			who |= spot->reads;
		if (who & ~(1U << task))
			return true;
	}
	return false;
}

static void add(struct near *near, uint32_t mark)
{
	near->marks[mark % NEAR_BITS / 64] |= 1ULL << mark % 64;
}

void near_add(struct near *near, const struct races *races)
{
	static struct spot spots[SPOTS]; /* too large for a stack */
	unsigned int i, j;

	memset(spots, 0, sizeof(spots));
	for (i = 0; i < races->nr; i++)
		for (j = 0; j < races->step[i].nr; j++)
			note(spots, &races->part[races->step[i].part + j],
			     races->step[i].task);
	for (i = 0; i < races->nr; i++) {
		const struct races_step *step = &races->step[i];
		bool met = step->everything;

		for (j = 0; j < step->nr && !met; j++)
			met = is_met(spots, &races->part[step->part + j],
				     step->task);
		if (met)
			add(near, step->mark.mark);
	}
}

bool near_has(const struct near *near, uint32_t mark)
{
	return near->marks[mark % NEAR_BITS / 64] >> mark % 64 & 1;
}

void near_merge(struct near *to, const struct near *from)
{
	unsigned int i;

	for (i = 0; i < NEAR_BITS / 64; i++)
		to->marks[i] |= from->marks[i];
}
