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
	return !step->setup && step->task <= TASK_RCU;
}

/* Of a callback the beginning is all there may be. */
static bool is_boundary(const struct step *step)
{
	return step->kind != STEP_ACCESS && step->task != TASK_RCU;
}

/* ------------------------------------------------- a step, found again */

static unsigned int key_of(const struct candidate_step *step)
{
	uint32_t site = step->site ? step->site->hash : 0;

	return (site ^ (uint32_t)step->task << 5 ^ (uint32_t)step->op * 31) *
		       2654435761U >>
	       22;
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

/* Step @at of a run, as it is found again. */
static struct candidate_step step_of(const struct record *record,
				     unsigned int at)
{
	const struct step *step = &record->steps[at];

	return (struct candidate_step){ .site = step->site,
					.kind = step->kind,
					.task = step->task,
					.op = step->op,
					.nth = (uint16_t)times_before(record,
								      at),
					.step = at };
}

static bool equal_steps(const struct candidate_step *a,
			const struct candidate_step *b)
{
	return a->site == b->site && a->kind == b->kind && a->task == b->task &&
	       a->op == b->op && a->nth == b->nth;
}

static uint16_t add_step(struct candidates *candidates,
			 const struct candidate_step *step)
{
	unsigned int nr = candidates->nr_steps, i;
	uint16_t *key = &candidates->key[key_of(step)];

	for (i = 0; i < nr; i++)
		if (equal_steps(&candidates->step[i], step))
			return (uint16_t)i;
	candidates->step[nr] = *step;
	candidates->step[nr].next = *key;
	*key = (uint16_t)++candidates->nr_steps;
	return (uint16_t)nr;
}

static void add_all_steps(struct candidates *candidates)
{
	unsigned int i;

	candidates->nr_steps = 0;
	memset(candidates->key, 0, sizeof(candidates->key));
	for (i = 0; i < candidates->nr; i++) {
		const struct candidate *order = &candidates->order[i];

		candidates->side[i][0] =
			add_step(candidates, &candidates->story[order->before]);
		candidates->side[i][1] =
			add_step(candidates, &candidates->story[order->after]);
	}
}

/* ------------------------------------------------------ which there are */

/* Of too many the first goes. */
static void add_candidate(struct candidates *candidates,
			  const struct step *steps, unsigned int before,
			  unsigned int after, bool section)
{
	const unsigned int keep = CANDIDATES_MAX - 1;

	if (candidates->nr == CANDIDATES_MAX) {
		memmove(candidates->order, candidates->order + 1,
			keep * sizeof(candidates->order[0]));
		candidates->nr = keep;
	}
	candidates->order[candidates->nr++] = (struct candidate){
		.before = before,
		.after = after,
		.task = { steps[before].task, steps[after].task },
		.section = section,
		.boundary = is_boundary(&steps[before]) ||
			    is_boundary(&steps[after]),
	};
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
	unsigned int nr[ENGINE_TASKS][2] = { { 0 } }, i;
	bool boundary;

	for (i = at; i-- > 0 && candidates->nr < CANDIDATES_MAX;) {
		boundary = is_boundary(&steps[i]);
		if (!is_candidate(&steps[i]) ||
		    nr[steps[i].task][boundary] == CANDIDATES_EACH ||
		    !meets_conflict(meets, i, at))
			continue;
		nr[steps[i].task][boundary]++;
		if (is_there(candidates, i, at))
			continue;
		add_candidate(candidates, steps, i, at, false);
		candidates->order[candidates->nr - 1].implied =
			!boundary && !is_boundary(&steps[at]);
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
static unsigned int section_before(const struct record *record, unsigned int at)
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
			 const struct meets *meets, struct knowledge *knowledge,
			 unsigned int at)
{
	const struct record *record = meets->record;
	const struct step *step = &record->steps[at], *other;
	uint16_t *clock = knowledge->clock[at];
	unsigned int i;

	for (i = at; i-- > 0 && !is_boundary(step);) {
		other = &record->steps[i];
		if (!is_candidate(other) || is_boundary(other) ||
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
	candidates->nr_story = record->nr > CANDIDATES_STEPS ? 0 : record->nr;
	for (i = 0; i < candidates->nr_story; i++)
		candidates->story[i] = step_of(record, i);
	add_all_steps(candidates);
}

/* ------------------------------------------- before what did not come */

/* Which step of the story is step @at of another run? NEVER: none. */
static uint32_t step_of_story(const struct candidates *candidates,
			      const struct record *record, unsigned int at)
{
	const struct candidate_step step = step_of(record, at);
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
	struct candidate_step after = step_of(meets->record, at);
	unsigned int nr = candidates->nr, i;
	uint16_t side;

	if (nr == CANDIDATES_MAX)
		return;
	after.step = CANDIDATES_NEVER;
	side = add_step(candidates, &after);
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
		add_step(candidates, &candidates->story[before]);
	candidates->side[nr][1] = side;
	candidates->nr++;
}

void candidates_find_never(struct candidates *candidates,
			   const struct meets *meets)
{
	static uint32_t of_story[CANDIDATES_STEPS];
	const struct record *record = meets->record;
	unsigned int i, j;

	if (record->nr > CANDIDATES_STEPS)
		return;
	for (i = 0; i < record->nr; i++)
		of_story[i] = is_candidate(&record->steps[i]) ?
				      step_of_story(candidates, record, i) :
				      0;
	for (i = record->nr; i-- > 0;) {
		if (!is_candidate(&record->steps[i]) ||
		    of_story[i] == CANDIDATES_NEVER)
			continue;
		for (j = i; j-- > 0;)
			if (is_candidate(&record->steps[j]) &&
			    of_story[j] == CANDIDATES_NEVER &&
			    meets_conflict(meets, j, i))
				add_never(candidates, meets, of_story[i], j);
	}
}

/* ------------------------------------------------------------ which hold */

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

/* "Before what did not come": has it come? */
static bool is_before_never(const struct meets *meets, uint32_t before,
			    uint32_t never)
{
	return before != CANDIDATES_NEVER &&
	       (never == CANDIDATES_NEVER || never > before ||
		!meets_conflict(meets, never, before));
}

static bool holds(const struct meets *meets, const struct candidate *order,
		  uint32_t before, uint32_t after)
{
	const struct step *steps = meets->record->steps;

	if (order->never)
		return is_before_never(meets, before, after);
	if (before == CANDIDATES_NEVER || after == CANDIDATES_NEVER ||
	    before > after)
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
