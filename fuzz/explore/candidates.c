/* SPDX-License-Identifier: MIT */
/* candidates.c: see candidates.h. */
#include "candidates.h"

#include <string.h>

bool candidates_has(const struct candidates_mask *mask, unsigned int nr)
{
	return mask->word[nr / 64] >> nr % 64 & 1;
}

/* One that the program's tasks make, or callbacks. */
static bool is_candidate(const struct step *step)
{
	return !step->setup && step->task <= TASK_RCU &&
	       (step->kind == STEP_ACCESS || step->kind == STEP_BEGIN);
}

/* ------------------------------------------------- a step, found again */

static unsigned int key_of(const struct step *step)
{
	uint32_t site = step->kind == STEP_ACCESS ? step->site->hash : 0;

	return (site ^ (uint32_t)step->task << 5 ^ (uint32_t)step->op * 31) *
		       2654435761U >>
	       22;
}

static bool is_same(const struct candidate_step *known, const struct step *step)
{
	return known->task == step->task && known->op == step->op &&
	       known->site == step->site;
}

/* How often its operation was there before step @at. */
static unsigned int times_before(const struct record *record, unsigned int at)
{
	const struct step *steps = record->steps;
	unsigned int i, nr = 0;

	for (i = 0; i < at; i++)
		nr += !steps[i].setup && steps[i].kind == steps[at].kind &&
		      steps[i].task == steps[at].task &&
		      steps[i].op == steps[at].op &&
		      steps[i].site == steps[at].site;
	return nr;
}

static uint16_t add_step(struct candidates *candidates,
			 const struct record *record, unsigned int at)
{
	const struct step *step = &record->steps[at];
	unsigned int nr = candidates->nr_steps, key = key_of(step), i;

	for (i = 0; i < nr; i++)
		if (candidates->step[i].step == at)
			return (uint16_t)i;
	candidates->step[nr] = (struct candidate_step){
		.site = step->site,
		.task = step->task,
		.op = step->op,
		.nth = (uint16_t)times_before(record, at),
		.step = at,
		.next = candidates->key[key],
	};
	candidates->key[key] = (uint16_t)++candidates->nr_steps;
	return (uint16_t)nr;
}

static void add_all_steps(struct candidates *candidates,
			  const struct record *record)
{
	unsigned int i;

	candidates->nr_steps = 0;
	memset(candidates->key, 0, sizeof(candidates->key));
	for (i = 0; i < candidates->nr; i++) {
		const struct candidate *order = &candidates->order[i];

		candidates->side[i][0] =
			add_step(candidates, record, order->before);
		candidates->side[i][1] =
			add_step(candidates, record, order->after);
	}
}

/* ------------------------------------------------------ which there are */

/* Of too many the first goes. */
static void add_candidate(struct candidates *candidates, const struct step *steps,
			  unsigned int before, unsigned int after, bool section)
{
	const unsigned int keep = CANDIDATES_MAX - 1;

	if (candidates->nr == CANDIDATES_MAX) {
		memmove(candidates->order, candidates->order + 1,
			keep * sizeof(candidates->order[0]));
		candidates->nr = keep;
	}
	candidates->order[candidates->nr++] =
		(struct candidate){ .before = before,
				    .after = after,
				    .task = { steps[before].task,
					      steps[after].task },
				    .section = section };
}

static bool is_there(const struct candidates *candidates, unsigned int before,
		     unsigned int after)
{
	unsigned int i;

	for (i = 0; i < candidates->nr; i++)
		if (candidates->order[i].before == before &&
		    candidates->order[i].after == after)
			return true;
	return false;
}

/* Those with step @at that others imply, too. */
static void add_implied(struct candidates *candidates,
			const struct meets *meets, unsigned int at)
{
	const struct step *steps = meets->record->steps;
	unsigned int nr[ENGINE_TASKS] = { 0 }, i;

	for (i = at; i-- > 0 && candidates->nr < CANDIDATES_MAX;) {
		if (!is_candidate(&steps[i]) ||
		    nr[steps[i].task] == CANDIDATES_EACH ||
		    !meets_conflict(meets, i, at))
			continue;
		nr[steps[i].task]++;
		if (is_there(candidates, i, at))
			continue;
		add_candidate(candidates, steps, i, at, false);
		candidates->order[candidates->nr - 1].implied = true;
	}
}

/* Of each step: how many of each task's steps are known to be before it. */
struct knowledge {
	uint16_t clock[CANDIDATES_STEPS][ENGINE_TASKS];
	uint16_t count[CANDIDATES_STEPS]; /* of its task's, itself included */
};

static void know(uint16_t *clock, const uint16_t *other)
{
	unsigned int i;

	for (i = 0; i < ENGINE_TASKS; i++)
		if (other[i] > clock[i])
			clock[i] = other[i];
}

/* The last earlier step that takes the same lock, if another task's; or @at. */
static unsigned int section_before(const struct record *record,
				   unsigned int at)
{
	const struct step *step = &record->steps[at], *other;
	unsigned int i;

	for (i = at; i-- > 0;) {
		other = &record->steps[i];
		if (is_candidate(other) && step_takes_lock(other) &&
		    other->addr == step->addr)
			return other->task == step->task ? at : i;
	}
	return at;
}

static void find_of_step(struct candidates *candidates,
			 const struct meets *meets,
			 struct knowledge *knowledge, unsigned int at)
{
	const struct record *record = meets->record;
	const struct step *step = &record->steps[at], *other;
	uint16_t *clock = knowledge->clock[at];
	unsigned int i;

	for (i = at; i-- > 0;) {
		other = &record->steps[i];
		if (!is_candidate(other) ||
		    clock[other->task] >= knowledge->count[i] ||
		    !meets_conflict(meets, i, at))
			continue;
		know(clock, knowledge->clock[i]);
		add_candidate(candidates, record->steps, i, at, false);
	}
	if (!step_takes_lock(step))
		return;
	i = section_before(record, at);
	if (i != at && clock[record->steps[i].task] < knowledge->count[i])
		add_candidate(candidates, record->steps, i, at, true);
}

void candidates_find(struct candidates *candidates, const struct meets *meets)
{
	static struct knowledge knowledge;
	const struct record *record = meets->record;
	uint32_t last[ENGINE_TASKS];
	uint16_t nr[ENGINE_TASKS] = { 0 };
	unsigned int i;

	candidates->nr = candidates->nr_steps = 0;
	memset(last, 0xff, sizeof(last));
	for (i = 0; i < record->nr && record->nr <= CANDIDATES_STEPS; i++) {
		const struct step *step = &record->steps[i];
		uint8_t task = step->task;

		if (!is_candidate(step))
			continue;
		memset(knowledge.clock[i], 0, sizeof(knowledge.clock[i]));
		if (last[task] != UINT32_MAX)
			know(knowledge.clock[i], knowledge.clock[last[task]]);
		knowledge.count[i] = ++nr[task];
		find_of_step(candidates, meets, &knowledge, i);
		knowledge.clock[i][task] = nr[task];
		last[task] = i;
	}
	while (i-- > 0 && candidates->nr < CANDIDATES_MAX)
		if (is_candidate(&record->steps[i]))
			add_implied(candidates, meets, i);
	add_all_steps(candidates, record);
}

/* ------------------------------------------------------------ which hold */

/* Where the candidates' steps are in this run; UINT32_MAX: nowhere. */
static void find_again(const struct candidates *candidates,
		       const struct record *record, uint32_t *at)
{
	uint16_t times[2 * CANDIDATES_MAX] = { 0 };
	unsigned int i, nr;

	for (i = 0; i < candidates->nr_steps; i++)
		at[i] = UINT32_MAX;
	for (i = 0; i < record->nr; i++) {
		const struct step *step = &record->steps[i];

		if (!is_candidate(step))
			continue;
		for (nr = candidates->key[key_of(step)]; nr;
		     nr = candidates->step[nr - 1].next)
			if (is_same(&candidates->step[nr - 1], step) &&
			    times[nr - 1]++ == candidates->step[nr - 1].nth)
				at[nr - 1] = i;
	}
}

static bool holds(const struct meets *meets, const struct candidate *order,
		  uint32_t before, uint32_t after)
{
	const struct step *steps = meets->record->steps;

	if (before == UINT32_MAX || after == UINT32_MAX || before > after)
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
