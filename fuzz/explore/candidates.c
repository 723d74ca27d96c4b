/* SPDX-License-Identifier: MIT */
/* candidates.c: see candidates.h. */
#include <string.h>

#include "candidates_step.h"
#include "effect.h"

/* Of a callback the beginning is all there may be. */
static bool is_boundary(const struct step *step)
{
	return step->kind != STEP_ACCESS && step->task != TASK_RCU;
}

/* ------------------------------------------------- a step, found again */

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

struct candidate_step candidates_step(const struct record *record,
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

uint16_t candidates_add_step(struct candidates *candidates,
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

		candidates->side[i][0] = candidates_add_step(
			candidates, &candidates->story[order->before]);
		candidates->side[i][1] = candidates_add_step(
			candidates, &candidates->story[order->after]);
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

/* What came of a run, in the order in which it took effect. */
struct knowledge {
	unsigned int nr;
	uint32_t at[CANDIDATES_STEPS]; /* steps of the record */
	uint32_t time[CANDIDATES_STEPS]; /* of each, as it is recorded */
	/* Of each step: how many of each task's are known to be before it. */
	uint16_t clock[CANDIDATES_STEPS][ENGINE_TASKS];
	uint16_t count[CANDIDATES_STEPS]; /* of its task's, itself included */
};

/* Those few that memory has moved go to where they took effect. */
static void sort_by_effect(struct knowledge *knowledge,
			   const struct record *record)
{
	unsigned int i, to;

	knowledge->nr = record->nr < CANDIDATES_STEPS ? record->nr :
							CANDIDATES_STEPS;
	for (i = 0; i < knowledge->nr; i++) {
		knowledge->time[i] = effect_time(record, i);
		for (to = i; to && knowledge->time[knowledge->at[to - 1]] >
					   knowledge->time[i];
		     to--)
			knowledge->at[to] = knowledge->at[to - 1];
		knowledge->at[to] = i;
	}
}

/* Those with the step at place @to that others imply, too. */
static void add_implied(struct candidates *candidates,
			const struct meets *meets,
			const struct knowledge *knowledge, unsigned int to)
{
	const struct step *steps = meets->record->steps;
	unsigned int nr[ENGINE_TASKS][2] = { { 0 } }, at = knowledge->at[to], i;
	bool boundary;

	while (to-- > 0 && candidates->nr < CANDIDATES_MAX) {
		i = knowledge->at[to];
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

/* With the step at place @to. */
static void find_of_step(struct candidates *candidates,
			 const struct meets *meets, struct knowledge *knowledge,
			 unsigned int to)
{
	const struct record *record = meets->record;
	unsigned int at = knowledge->at[to], i;
	const struct step *step = &record->steps[at], *other;
	uint16_t *clock = knowledge->clock[at];

	while (to-- > 0 && !is_boundary(step)) {
		i = knowledge->at[to];
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

/* What memory has moved is in no order with its task's other steps. */
static void find_first(struct candidates *candidates, const struct meets *meets,
		       struct knowledge *knowledge)
{
	const struct record *record = meets->record;
	uint32_t last[ENGINE_TASKS];
	uint16_t nr[ENGINE_TASKS] = { 0 };
	unsigned int to, at;

	memset(last, 0xff, sizeof(last));
	for (to = 0; to < knowledge->nr; to++) {
		uint8_t task;

		at = knowledge->at[to];
		if (!is_candidate(&record->steps[at]))
			continue;
		task = record->steps[at].task;
		memset(knowledge->clock[at], 0, sizeof(knowledge->clock[at]));
		if (record->steps[at].reordered) {
			knowledge->count[at] = UINT16_MAX;
			find_of_step(candidates, meets, knowledge, to);
			continue;
		}
		if (last[task] != UINT32_MAX)
			know(knowledge->clock[at],
			     knowledge->clock[last[task]]);
		knowledge->count[at] = ++nr[task];
		find_of_step(candidates, meets, knowledge, to);
		knowledge->clock[at][task] = nr[task];
		last[task] = at;
	}
}

void candidates_find(struct candidates *candidates, const struct meets *meets)
{
	static struct knowledge knowledge;
	const struct record *record = meets->record;
	unsigned int i;

	candidates->nr = candidates->nr_steps = 0;
	sort_by_effect(&knowledge, record);
	find_first(candidates, meets, &knowledge);
	for (i = knowledge.nr; i-- > 0 && candidates->nr < CANDIDATES_MAX;)
		if (is_candidate(&record->steps[knowledge.at[i]]))
			add_implied(candidates, meets, &knowledge, i);
	candidates->nr_story = knowledge.nr;
	for (i = 0; i < candidates->nr_story; i++)
		candidates->story[i] = candidates_step(record, i);
	add_all_steps(candidates);
}
