/* SPDX-License-Identifier: MIT */
/* crash.c: see crash.h. */
#include "crash.h"

#include "events.h"

const struct checker checker_crash = {
	.id = "crash",
	.promise = "the code runs to its end, and touches what is its own",
};

/* A switch behind the last event was made, and then nothing was seen any more. */
static void forget_ahead(struct leftovers *left)
{
	size_t i;

	for (i = 0; i < PROGRAM_SWITCHES; i++)
		if (left->switches[i] == LEFT_AHEAD)
			left->switches[i] = LEFT_NOT;
}

/* The same run, as far as it goes. @outcome: what the child came to. */
static void play_up_to_it(struct show *show, struct player *player,
			  const struct variant *variant,
			  const struct input *input,
			  const struct outcome *outcome)
{
	struct verdict *verdict = &player->engine.verdict;
	unsigned long nr;
	struct events events = {
		.nr = &nr,
		.stop = outcome->events,
		.engine = &player->engine,
		.finding = checker_finding(&checker_crash, outcome->id),
	};

	events.finding.where = outcome->where;
	events.finding.touched = outcome->touched;
	show_play(show, player, variant, input, events_observer(&events));
	if (outcome->nr_taken > player->engine.nr_taken)
		forget_ahead(&show->left);
	/* Who died, and after what, is behind the last event. */
	verdict->task = outcome->task;
	verdict->preemptions = outcome->preemptions;
	trace_init(&show->trace, &player->engine, &player->record, false);
	show->trace.timeline = &player->timeline;
	trace_choose_rows(&show->trace);
}

bool crash_play(struct show *show, struct player *player, struct worker *worker,
		const struct variant *variant, const struct input *input,
		struct outcome *outcome)
{
	bool played;

	player->record.timeline = &player->timeline;
	worker_aim(worker, variant->target);
	played = worker_run(worker, &input->program, WORKER_EVENTS, outcome);
	player->record.timeline = NULL;
	if (!played || (outcome->crashed && !outcome->events))
		return false;
	if (outcome->crashed)
		play_up_to_it(show, player, variant, input, outcome);
	else
		show_play(show, player, variant, input, NULL);
	return true;
}
