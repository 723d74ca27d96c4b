/* SPDX-License-Identifier: MIT */
/* decide_child.c: the child that plays. See decide.h. */
#include <string.h>
#include <unistd.h>

#include "deadly.h"
#include "decide_board.h"
#include "tsan_report.h"

void decide_note(struct decide_board *board, bool lost)
{
	struct decide_row *row = &board->row[board->nr];

	ensure(board->nr < DECIDE_ROWS);
	candidates_hold(&board->candidates, &board->meets, &row->held);
	row->lost = lost;
	row->reordered = board->reorderings && board->tour.explore.reordered;
	board->nr++;
}

static void look_on(struct decide_board *board, struct run_options *options)
{
	options->observers[1] = record_observer(&board->record);
	options->observers[2] = meets_observer(&board->meets, &board->record);
}

static void decide_run(const struct decide *decide, struct decide_board *board,
		       const struct run_options *options)
{
	unsigned int reports = tsan_reports();

	board->runs++;
	board->playing = true;
	engine_run(&board->engine, decide->target, decide->program, options);
	if (tsan_reports() > reports && !board->engine.verdict.finding.checker)
		_exit(77); /* as other sanitizers do, at the report */
	board->playing = false;
	board->points += engine_points(&board->engine);
}

/* The access to what was no more that ended the run, or NULL. */
static const struct step *last_if_dead(const struct record *record)
{
	const struct step *last = &record->steps[record->nr - 1];

	return record->nr && last->dead ? last : NULL;
}

static void play_story(const struct decide *decide, struct decide_board *board)
{
	struct run_options options = { .policy = NULL };
	const struct step *last;
	struct script script;
	struct policy policy;

	policy_script(&policy, &script);
	options.policy = &policy;
	look_on(board, &options);
	decide_run(decide, board, &options);
	board->finding = board->engine.verdict.finding;
	last = last_if_dead(&board->record);
	board->dead = last ? last->site : NULL;
	board->dead_task = last ? last->task : 0;
}

/* Did the run end as the story does? */
static bool is_lost(const struct decide_board *board)
{
	const struct finding *finding = &board->engine.verdict.finding;
	const struct step *last = last_if_dead(&board->record);

	if (!finding->checker || !board->finding.checker ||
	    strcmp(finding->id, board->finding.id))
		return false;
	return !board->dead || (last && last->site == board->dead &&
				last->task == board->dead_task);
}

/* Of classes none may be cut short: then it is not one of each. */
static bool has_room(const struct decide_board *board)
{
	return board->nr < DECIDE_ROWS && board->points < DECIDE_POINTS &&
	       !(tour_is_all(&board->tour) && board->tour.dpor.cut);
}

/* Has the last run what is looked for? Then it is noted what came in it. */
static void probe_row(struct decide_board *board)
{
	const struct decide_row *row = &board->row[board->nr - 1];

	if (!board->probes || row->lost || !decide_all_held(&board->probe, row))
		return;
	candidates_find_never(&board->candidates, &board->meets);
	board->probes--;
}

/* The tour's schedules, as far as may be. Returns: false if there are more. */
static bool play_tour(const struct decide *decide, struct decide_board *board)
{
	struct run_options options = { .policy = NULL };

	tour_policy(&board->tour, &options);
	look_on(board, &options);
	while (tour_next(&board->tour)) {
		if (!has_room(board))
			return false;
		decide_run(decide, board, &options);
		if (!tour_played(&board->tour, &board->engine))
			continue;
		decide_note(board, is_lost(board));
		probe_row(board);
	}
	return true;
}

static void play_classes(const struct decide *decide,
			 struct decide_board *board)
{
	board->tour.dpor.near = &board->near;
	board->over = !play_tour(decide, board) ||
		      tour_counts(&board->tour).cut;
}

/* Where steps meet on weak memory no reduction has shown. */
static void set_bounds(struct decide_board *board)
{
	struct explore *explore = &board->tour.explore;

	explore->reorderings = board->reorderings;
	explore->near = board->reorderings ? NULL : &board->near;
}

static void play_bounds(const struct decide *decide, struct decide_board *board)
{
	set_bounds(board);
	while (play_tour(decide, board)) {
		if (board->tour.preemptions == board->preemptions)
			return;
		board->whole = board->nr;
		tour_begin(&board->tour, board->tour.preemptions + 1, false);
		set_bounds(board);
	}
	board->over = true;
}

void decide_serve(const struct decide *decide, struct decide_board *board)
{
	static void (*const phases[])(const struct decide *,
				      struct decide_board *) = {
		[DECIDE_STORY] = play_story,
		[DECIDE_CLASSES] = play_classes,
		[DECIDE_BOUNDED] = play_bounds,
	};

	memset(&board->engine, 0, sizeof(board->engine));
	engine_init(&board->engine);
	deadly_catch(NULL, &board->runs);
	phases[board->phase](decide, board);
	board->done = true;
	_exit(0);
}
