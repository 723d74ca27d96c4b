/* SPDX-License-Identifier: MIT */
/* candidates_hold.c: which hold in a run. See candidates.h. */
#include <string.h>

#include "candidates_step.h"
#include "effect.h"

bool candidates_has(const struct candidates_mask *mask, unsigned int nr)
{
	return mask->word[nr / 64] >> nr % 64 & 1;
}

/* Where the candidates' steps are in this run; NEVER: nowhere. */
static void find_again(const struct candidates *candidates,
		       const struct record *record, uint32_t *at)
{
	uint16_t times[2 * CANDIDATES_MAX] = { 0 };
	struct candidate_step key;
	unsigned int i, nr;

	for (i = 0; i < candidates->nr_steps; i++)
		at[i] = CANDIDATES_NEVER;
	for (i = 0; i < record->nr; i++) {
		const struct step *step = &record->steps[i];

		if (!is_candidate(step))
			continue;
		key = (struct candidate_step){ .site = step->site,
					       .kind = step->kind,
					       .task = step->task,
					       .op = step->op };
		for (nr = candidates->key[key_of(&key)]; nr;
		     nr = candidates->step[nr - 1].next) {
			key.nth = candidates->step[nr - 1].nth;
			if (equal_steps(&candidates->step[nr - 1], &key) &&
			    times[nr - 1]++ == key.nth)
				at[nr - 1] = i;
		}
	}
}

/* Did @a take effect before @b? Both are there. */
static bool is_earlier(const struct record *record, uint32_t a, uint32_t b)
{
	if (!record->steps[a].reordered && !record->steps[b].reordered)
		return a < b;
	return effect_time(record, a) < effect_time(record, b);
}

/* "Before what did not come": has it come? */
static bool is_before_never(const struct meets *meets, uint32_t before,
			    uint32_t never)
{
	return before != CANDIDATES_NEVER &&
	       (never == CANDIDATES_NEVER ||
		is_earlier(meets->record, before, never) ||
		!meets_conflict(meets, never, before));
}

static bool holds(const struct meets *meets, const struct candidate *order,
		  uint32_t before, uint32_t after)
{
	const struct step *steps = meets->record->steps;

	if (order->never)
		return is_before_never(meets, before, after);
	if (before == CANDIDATES_NEVER || after == CANDIDATES_NEVER ||
	    !is_earlier(meets->record, before, after))
		return false;
	if (order->section)
		return step_takes_lock(&steps[before]) &&
		       step_takes_lock(&steps[after]) &&
		       steps[before].addr == steps[after].addr;
	return meets_conflict(meets, before, after);
}

void candidates_hold(const struct candidates *candidates,
		     const struct meets *meets, struct candidates_mask *mask)
{
	uint32_t at[2 * CANDIDATES_MAX];
	unsigned int i;

	memset(mask, 0, sizeof(*mask));
	find_again(candidates, meets->record, at);
	for (i = 0; i < candidates->nr; i++)
		if (holds(meets, &candidates->order[i],
			  at[candidates->side[i][0]],
			  at[candidates->side[i][1]]))
			mask->word[i / 64] |= 1ULL << i % 64;
}
