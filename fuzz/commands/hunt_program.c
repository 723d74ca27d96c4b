/* SPDX-License-Identifier: MIT */
/*
 * hunt_program.c: see hunt_program.h.
 *
 * All policies by chance take turns, a few hundred schedules each, for none of
 * them is the best for every program. What is found with more switches than a
 * program has room for is waited for in another schedule, or searched for.
 */
#include "hunt_program.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "called.h"
#include "clock.h"
#include "command.h"
#include "crash.h"
#include "file.h"
#include "minimized.h"
#include "ticker.h"

#define TURN 400UL /* schedules */
#define TOO_LONG 32 /* findings that do not fit, until one is searched for */
#define SEARCH_PREEMPTIONS 3
#define SEARCH_POINTS 100000000UL

struct chase {
	const struct hunt_program *hunt;
	struct player *player;
	struct worker *worker;
	double began;
	unsigned long runs; /* so far */
	unsigned int too_long;
	struct outcome outcome; /* of what was found last */
	struct program program; /* that shows it */
};

static bool is_over(const struct chase *chase)
{
	return *chase->hunt->stop ||
	       (chase->hunt->runs && chase->runs >= chase->hunt->runs) ||
	       clock_seconds() - chase->began >= (double)chase->hunt->limit;
}

/* The schedule that it was found with becomes the program's. */
static bool take_schedule(struct chase *chase)
{
	const struct outcome *outcome = &chase->outcome;

	program_clear(&chase->program);
	if (outcome->nr_taken > PROGRAM_SWITCHES)
		return false;
	chase->program.nr_switches = (uint8_t)outcome->nr_taken;
	memcpy(chase->program.switches, outcome->taken,
	       outcome->nr_taken * sizeof(outcome->taken[0]));
	return true;
}

/* A shorter one that ends in the same. */
static bool search_schedule(struct chase *chase)
{
	struct search search = { .preemptions = SEARCH_PREEMPTIONS,
				 .limit = SEARCH_POINTS,
				 .like = &chase->outcome };

	program_clear(&chase->program);
	if (!worker_search(chase->worker, &chase->program, &search) ||
	    !search.found)
		return false;
	chase->outcome = search.outcome;
	return take_schedule(chase);
}

/* Returns: something was found that can be shown. */
static bool play_turn(struct chase *chase, unsigned int nr)
{
	unsigned int ways = 0;
	struct walks walks = { .depth = PCT_DEPTH, .runs = TURN };
	struct program nothing;

	while (chance_ways[ways])
		ways++;
	walks.way = chance_ways[nr % ways];
	walks.seed = chase->hunt->seed + nr / ways;
	if (chase->hunt->runs && chase->hunt->runs - chase->runs < TURN)
		walks.runs = chase->hunt->runs - chase->runs;
	program_clear(&nothing);
	if (!worker_walk(chase->worker, &nothing, &walks, 0, &chase->outcome))
		return false;
	chase->runs += chase->outcome.run;
	if (!*chase->outcome.id)
		return false;
	if (take_schedule(chase))
		return true;
	return ++chase->too_long % TOO_LONG == 0 && search_schedule(chase);
}

static bool chase_it(struct chase *chase)
{
	struct ticker ticker;
	unsigned int nr;
	bool found = false;

	ticker_begin(&ticker);
	for (nr = 0; !found && !is_over(chase); nr++) {
		found = play_turn(chase, nr);
		if (ticker_due(&ticker))
			ticker_say(&ticker, "%lu schedules", chase->runs);
	}
	ticker_end(&ticker);
	return found;
}

/* ------------------------------------------------------------- what was found */

static bool write_story(const struct chase *chase,
			const struct minimize *minimizing, char path[PATH_MAX])
{
	const struct hunt_program *hunt = chase->hunt;
	struct text_head head = { .why = "" };

	snprintf(head.target, sizeof(head.target), "%s",
		 hunt->variant->target->name);
	snprintf(head.why, sizeof(head.why), "found by chance, seed %u",
		 hunt->seed);
	snprintf(path, PATH_MAX, "%s/%s.prog", hunt->dir,
		 minimizing->best.outcome.id);
	if (file_make_way(path))
		return minimized_write(minimizing, hunt->variant, &head, path);
	complain(path, "%s", strerror(errno));
	return false;
}

static void show_it(struct chase *chase, const char *path)
{
	static struct input input;
	struct outcome outcome;
	char words[OUTCOME_WORDS];
	struct show show;

	ensure(input_load(&input, path));
	if (crash_play(&show, chase->player, chase->worker,
		       chase->hunt->variant, &input, &outcome)) {
		show_table(&show, stdout);
		return;
	}
	outcome_words(&outcome, words);
	printf("%s\nreplay: %s run %s\n", words, called_as(), path);
}

static int tell_it(struct chase *chase)
{
	static struct minimize minimizing;
	double began = clock_seconds(), took = began - chase->began;
	char path[PATH_MAX];

	minimizing = (struct minimize){ .worker = chase->worker };
	if (!minimize(&minimizing, &chase->program)) {
		complain(NULL, "%s after %lu schedules; played again it is %s",
			 chase->outcome.id, chase->runs,
			 minimizing.stopped ? "stopped" : "clean");
		return EXIT_TROUBLE;
	}
	if (!write_story(chase, &minimizing, path))
		return EXIT_TROUBLE;
	show_it(chase, path);
	printf("\ntext: %s\n", path);
	minimized_say(&minimizing, clock_seconds() - began, stdout);
	printf("found %s after %lu schedules in %.1f s, seed %u\n",
	       minimizing.best.outcome.id, chase->runs, took,
	       chase->hunt->seed);
	return EXIT_EXPECTED;
}

int hunt_program(const struct hunt_program *hunt)
{
	static struct chase chase;
	int result = EXIT_UNEXPECTED;

	chase.hunt = hunt;
	chase.player = player_open();
	chase.worker = worker_open(&chase.player->engine, &chase.player->record,
				   hunt->variant->target, hunt->stop);
	chase.began = clock_seconds();
	printf("hunting on %s: schedules by chance, seed %u, at most "
	       "%lu s\n\n",
	       hunt->variant->target->name, hunt->seed, hunt->limit);
	fflush(stdout);
	if (chase_it(&chase))
		result = tell_it(&chase);
	else
		printf("nothing found on %s in %lu schedules, %.1f s, seed %u\n",
		       hunt->variant->target->name, chase.runs,
		       clock_seconds() - chase.began, hunt->seed);
	if (*hunt->stop)
		result = EXIT_TROUBLE;
	worker_close(chase.worker);
	return result;
}
