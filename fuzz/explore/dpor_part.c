/* SPDX-License-Identifier: MIT */
/*
 * dpor_part.c: what is to come, and how it is shared out. See dpor.h.
 *
 * Two parts have the levels below the base of the upper one in common, up to
 * the choice at the last of them. What the upper one finds out about these
 * levels is the lower one's business, so that one does not leave them before
 * the upper one is done.
 */
#include <string.h>

#include "dpor_see.h"

void dpor_put_to_sleep(struct dpor *dpor, struct dpor_level *level)
{
	const struct races_step *step = &dpor->races.step[level - dpor->level];
	uint64_t choice = 1ULL << level->choice;

	if (level->tried & choice)
		return;
	level->tried |= choice;
	level->asleep |= choice;
	if (dpor->nr_sleepers == DPOR_SLEEPERS) {
		dpor->crowded++;
		return;
	}
	dpor->sleeper[dpor->nr_sleepers++] =
		(struct dpor_sleeper){ .stops = step->stops,
				       .part = step->part,
				       .nr = step->nr,
				       .choice = level->choice,
				       .everything = step->everything };
}

/* Nothing else is to be tried on top. */
static void pop_level(struct dpor *dpor, const struct dpor_level *level)
{
	dpor->nr_sleepers = level->sleepers;
	dpor->races.nr_parts = level->parts;
	dpor->nr--;
}

static uint64_t left_at(const struct dpor_level *level)
{
	return level->backtrack & ~level->asleep;
}

bool dpor_advance(struct dpor *dpor)
{
	if (dpor->stale)
		return true; /* what is not saved is more than nothing */
	while (!dpor->pending && dpor->nr > dpor->base) {
		struct dpor_level *level = &dpor->level[dpor->nr - 1];

		dpor_put_to_sleep(dpor, level);
		races_cut(&dpor->races, dpor->nr - 1);
		if (left_at(level)) {
			level->choice =
				(uint8_t)__builtin_ctzll(left_at(level));
			dpor->pending = true;
		} else if (dpor->nr <= dpor->hold) {
			return false;
		} else {
			pop_level(dpor, level);
		}
	}
	return dpor->pending;
}

bool dpor_next(struct dpor *dpor)
{
	if (!dpor_advance(dpor))
		return false;
	dpor->pending = false;
	return true;
}

/* The lowest level, but for the last, at which something else is to be tried. */
static unsigned int level_to_split(const struct dpor *dpor)
{
	unsigned int i = dpor->base;

	while (i + 1 < dpor->nr &&
	       !(left_at(&dpor->level[i]) & ~(1ULL << dpor->level[i].choice)))
		i++;
	return i;
}

bool dpor_split(struct dpor *dpor, struct dpor *part)
{
	unsigned int at;

	if (dpor->stale)
		return false;
	dpor_advance(dpor);
	at = level_to_split(dpor);
	if (at + 1 >= dpor->nr)
		return false;
	dpor_copy(part, dpor);
	part->cut = part->crowded = 0;
	part->hold = at + 1;
	part->nr = at + 1;
	part->pending = false;
	part->nr_sleepers = dpor->level[at + 1].sleepers;
	races_cut(&part->races, at + 1);
	part->races.nr_parts = dpor->level[at + 1].parts;
	dpor->base = at + 1;
	return dpor_advance(part);
}

void dpor_import(struct dpor *dpor, const struct dpor *above)
{
	unsigned int i;

	for (i = dpor->base; i < dpor->hold && i < dpor->nr; i++)
		dpor->level[i].backtrack |= above->level[i].backtrack;
}

void dpor_copy(struct dpor *to, const struct dpor *from)
{
	dpor_begin(to);
	to->cut = from->cut;
	to->crowded = from->crowded;
	to->prefix = from->prefix;
	to->nr = from->nr;
	to->base = from->base;
	to->hold = from->hold;
	to->stale = from->stale;
	to->pending = from->pending;
	to->nr_sleepers = from->nr_sleepers;
	memcpy(to->level, from->level,
	       (from->stale > from->nr ? from->stale : from->nr) *
		       sizeof(from->level[0]));
	memcpy(to->sleeper, from->sleeper,
	       from->nr_sleepers * sizeof(from->sleeper[0]));
	races_copy(&to->races, &from->races);
}

double dpor_left(const struct dpor *dpor)
{
	double left = 0, share = 1;
	unsigned int i;

	for (i = 0; i < dpor->nr; i++) {
		const struct dpor_level *level = &dpor->level[i];

		share /= __builtin_popcountll(level->backtrack);
		if (i >= dpor->base)
			left += share *
				__builtin_popcountll(left_at(level) &
						     ~(1ULL << level->choice));
	}
	return left + (dpor->pending ? share : 0);
}
