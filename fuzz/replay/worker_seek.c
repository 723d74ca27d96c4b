/* SPDX-License-Identifier: MIT */
/*
 * worker_seek.c: a search, in the child of a worker: schedule after schedule of
 * the program on the board. See worker.h.
 */
#include <string.h>

#include "dpor.h"
#include "worker_board.h"

#define RUN_POINTS 32 /* what a run costs beside its own */

static bool is_shorter(const struct outcome *a, const struct outcome *b)
{
	if (a->preemptions != b->preemptions)
		return a->preemptions < b->preemptions;
	if (a->points != b->points)
		return a->points < b->points;
	return a->nr_taken < b->nr_taken;
}

/* One more schedule was played. Returns: true if no other is wanted. */
static bool judge_schedule(const struct worker_child *child)
{
	struct search *search = &child->board->search;
	const struct outcome *outcome = &child->board->outcome;

	if (!search_wants(search, outcome) ||
	    outcome->nr_taken > PROGRAM_SWITCHES) {
		if (*outcome->id)
			memcpy(search->other, outcome->id,
			       sizeof(search->other));
		return false;
	}
	if (!search->found || is_shorter(outcome, &search->outcome))
		search->outcome = *outcome;
	search->found = true;
	return !search->shortest;
}

static bool has_tried_all(const struct search *search)
{
	return search->schedules && search->tried >= search->schedules;
}

static bool is_enough(const struct search *search)
{
	return search->points >= search->limit || has_tried_all(search);
}

/* Returns: true if no other is wanted. */
static bool play_schedule(const struct worker_child *child, struct noted *noted,
			  struct record *record)
{
	struct board *board = child->board;

	board->search.tried++;
	board->outcome = (struct outcome){ .page = TARGET_NO_PAGE };
	worker_play(child, noted, record);
	board->search.points += engine_points(child->engine) + RUN_POINTS;
	return judge_schedule(child);
}

static void child_explore(const struct worker_child *child)
{
	struct board *board = child->board;
	struct search *search = &board->search;
	struct noted noted = { .longest = search->longest };

	explore_policy(&noted.inner, &board->explore);
	do {
		if (has_tried_all(search))
			return;
		search->exhaustive = !explore_next(&board->explore);
	} while (!search->exhaustive && search->points < search->limit &&
		 !play_schedule(child, &noted, NULL));
}

/* What a class came to, and what any schedule of it could. */
static bool judge_class(const struct worker_child *child,
			const struct dpor *dpor)
{
	struct search *search = &child->board->search;

	search->found = search_wants(search, &child->board->outcome) &&
			dpor_within(dpor, child->engine, search->preemptions);
	return search->found;
}

static void child_reduce(const struct worker_child *child)
{
	static struct dpor dpor;
	struct search *search = &child->board->search;
	struct noted noted = { .also = &dpor.observer };
	bool more, over = false;

	dpor_begin(&dpor);
	dpor_policy(&noted.inner, &dpor);
	while ((more = dpor_next(&dpor)) && !over &&
	       search->points < search->limit) {
		struct board *board = child->board;

		board->outcome = (struct outcome){ .page = TARGET_NO_PAGE };
		worker_play(child, &noted, NULL);
		search->points += engine_points(child->engine) + RUN_POINTS;
		if (!dpor_played(&dpor, child->engine))
			continue;
		search->tried++;
		over = judge_class(child, &dpor);
	}
	search->exhaustive = !more && !dpor.cut;
}

#define ROUND 6 /* schedules: each reverses a race of the one before */

/* From the order without switches on. Returns: true if no other is wanted. */
static bool reverse_round(const struct worker_child *child)
{
	struct board *board = child->board;
	struct noted noted = { .longest = board->search.longest };
	struct program program = board->program;
	struct script script;
	unsigned int i;

	program.nr_switches = 0;
	for (i = 0; i < ROUND && !is_enough(&board->search); i++) {
		board->program = program;
		policy_script(&noted.inner, &script);
		if (play_schedule(child, &noted, child->record))
			return true;
		if (!reverse_race(&board->reverse, child->record,
				  &board->program, &board->rng, &program))
			break;
	}
	return false;
}

void worker_seek(const struct worker_child *child)
{
	struct search *search = &child->board->search;

	if (search->reducing)
		child_reduce(child);
	else if (!search->reversing)
		child_explore(child);
	while (search->reversing && !is_enough(search) && !reverse_round(child))
		;
}
