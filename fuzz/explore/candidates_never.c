/* SPDX-License-Identifier: MIT */
/* candidates_never.c: before what did not come. See candidates.h. */
#include "candidates_step.h"
#include "effect.h"

/* Which step of the story is step @at of another run? NEVER: none. */
static uint32_t step_of_story(const struct candidates *candidates,
			      const struct record *record, unsigned int at)
{
	const struct candidate_step step = candidates_step(record, at);
	unsigned int i;

	for (i = 0; i < candidates->nr_story; i++)
		if (equal_steps(&candidates->story[i], &step))
			return i;
	return CANDIDATES_NEVER;
}

static void add_never(struct candidates *candidates, const struct meets *meets,
		      uint32_t before, unsigned int at)
{
	const struct step *steps = meets->record->steps;
	struct candidate_step after = candidates_step(meets->record, at);
	unsigned int nr = candidates->nr, i;
	uint16_t side;

	if (nr == CANDIDATES_MAX)
		return;
	after.step = CANDIDATES_NEVER;
	side = candidates_add_step(candidates, &after);
	for (i = 0; i < nr; i++)
		if (candidates->order[i].before == before &&
		    candidates->side[i][1] == side)
			return;
	candidates->order[nr] = (struct candidate){
		.before = before,
		.after = CANDIDATES_NEVER,
		.task = { candidates->story[before].task, steps[at].task },
		.never = true,
	};
	candidates->side[nr][0] =
		candidates_add_step(candidates, &candidates->story[before]);
	candidates->side[nr][1] = side;
	candidates->nr++;
}

void candidates_find_never(struct candidates *candidates,
			   const struct meets *meets)
{
	static uint32_t of_story[CANDIDATES_STEPS];
	static uint32_t time[CANDIDATES_STEPS];
	const struct record *record = meets->record;
	unsigned int i, j;

	if (record->nr > CANDIDATES_STEPS)
		return;
	for (i = 0; i < record->nr; i++) {
		time[i] = effect_time(record, i);
		of_story[i] = is_candidate(&record->steps[i]) ?
				      step_of_story(candidates, record, i) :
				      0;
	}
	for (i = record->nr; i-- > 0;) {
		if (!is_candidate(&record->steps[i]) ||
		    of_story[i] == CANDIDATES_NEVER)
			continue;
		for (j = record->nr; j-- > 0;)
			if (is_candidate(&record->steps[j]) &&
			    of_story[j] == CANDIDATES_NEVER &&
			    time[j] < time[i] && meets_conflict(meets, j, i))
				add_never(candidates, meets, of_story[i], j);
	}
}
