/* SPDX-License-Identifier: MIT */
/*
 * cmd_explore.c: pagerace explore: play every schedule of a program with at
 * most so many preemptions, bound by bound; or one of each class.
 */
#include <string.h>
#include <unistd.h>

#include "bug_text.h"
#include "clock.h"
#include "exploration.h"
#include "hash.h"
#include "jobs_state.h"
#include "worker.h"

#define SAVE_S 0.25 /* seconds between two state files */

/* ------------------------------------------------------------- what and how */

/* What a state file is good for: program, schedule, target, its sites. */
static uint32_t exploration_key(const struct exploration *it)
{
	const struct target *target = it->variant->target;
	const struct text_head head = { .target = "" };
	char text[BUG_TEXT_MAX];
	size_t size = text_print(&head, &it->input.program, TEXT_NAMELESS, text,
				 sizeof(text));
	uint32_t key = hash_bytes(HASH_START, text, size);
	const struct site *site;

	key = hash_string(key, target->name);
	key = hash_string(key, it->variant->revert);
	for (site = target->sites; site < target->sites_end; site++)
		key += hash_word(site->hash, site->id);
	return key + it->options->all + 2 * (uint32_t)it->options->reorderings;
}

static bool options_make_sense(const struct options *options,
			       const struct input *input)
{
	if (options->all && options_given(options, 'k'))
		complain(NULL, "explore: --all has no bound: it goes without "
			       "--preemptions");
	else if (options->all && options->reorderings)
		complain(NULL, "explore: --all is of sequential memory: it "
			       "goes without --reorderings");
	else if (options->reorderings > PROGRAM_SWITCHES)
		complain(NULL, "at most %d reorderings", PROGRAM_SWITCHES);
	else if (options->preemptions >= EXPLORED_BOUNDS)
		complain(NULL, "at most %d preemptions", EXPLORED_BOUNDS - 1);
	else if (options->jobs > JOBS_MAX)
		complain(NULL, "at most %d jobs", JOBS_MAX);
	else if (options->prefix > input->program.nr_switches)
		complain(input->path, "its schedule has %u entries, not %lu",
			 input->program.nr_switches, options->prefix);
	else
		return true;
	return false;
}

/* ----------------------------------------------------------------- progress */

/* Parts know of each other's choices late: a guess. */
static double percent_done(const struct exploration *it)
{
	double left = jobs_left(it->jobs);

	return left < 1 ? 100 * (1 - left) : 0;
}

/* How many there may be is told by what share of choices is left. */
static void say_classes(struct exploration *it)
{
	const struct explored *found = &it->jobs->found;

	if (!ticker_due(&it->ticker))
		return;
	ticker_say(&it->ticker,
		   "%lu schedules (%lu redundant), %lu findings, about %.1f %% "
		   "of them, as far as is known",
		   found->schedules[0], found->runs.redundant,
		   found->findings[0], percent_done(it));
}

static void say_progress(struct exploration *it)
{
	const struct explored *found = &it->jobs->found;
	unsigned int left;

	if (it->options->all) {
		say_classes(it);
		return;
	}
	left = jobs_ways_left(it->jobs);
	if (left > it->ways)
		it->ways = left;
	if (!ticker_due(&it->ticker))
		return;
	ticker_say(&it->ticker,
		   "bound %u: %lu schedules, %lu findings, %u of %u first "
		   "choices left", it->bound, found->schedules[it->bound],
		   found->findings[it->bound], left, it->ways);
}

/* Now and then, or @surely. */
static bool save(struct exploration *it, bool surely)
{
	if (!it->options->state ||
	    (!surely && clock_seconds() - it->saved < SAVE_S))
		return true;
	it->saved = clock_seconds();
	return state_save(it->options->state, it->key, it->jobs);
}

/* ---------------------------------------------------------------- exploring */

/* Returns: false if it did not come to its end. */
static bool explore_until_done(struct exploration *it)
{
	bool saved = true;

	it->ways = 0;
	ticker_begin(&it->ticker);
	while (!*it->stopped && saved && jobs_work(it->jobs)) {
		say_progress(it);
		saved = save(it, false);
	}
	ticker_end(&it->ticker);
	if (*it->stopped)
		jobs_rest(it->jobs);
	return save(it, true) && saved && !*it->stopped && !it->jobs->failed;
}

static void queue_all(struct exploration *it)
{
	static struct tour all;

	it->jobs->preemptions = it->options->all ? TOUR_ALL : it->bound;
	tour_begin(&all, it->jobs->preemptions, it->options->prefix > 0);
	all.explore.reorderings = (unsigned int)it->options->reorderings;
	shares_add(&it->jobs->shares, &all);
}

/* Bound by bound, from where the state file stands. */
static bool explore_bounds(struct exploration *it, bool loaded)
{
	unsigned int bound;

	it->bound = loaded ? it->jobs->preemptions : 0;
	for (bound = 0; bound < it->bound; bound++)
		exploration_print_bound(&it->jobs->found, bound);
	for (;; it->bound++, loaded = false) {
		if (!loaded)
			queue_all(it);
		if (!explore_until_done(it))
			return false;
		exploration_print_bound(&it->jobs->found, it->bound);
		if (it->bound == it->options->preemptions)
			return true;
	}
}

static bool explore_all(struct exploration *it, bool loaded)
{
	if (!loaded)
		queue_all(it);
	return explore_until_done(it);
}

/* ------------------------------------------------------------------ command */

static void say_stopped(const struct exploration *it)
{
	const struct explored *found = &it->jobs->found;

	if (it->jobs->failed)
		complain(NULL, "a job died, and not of its schedule");
	else if (*it->stopped && it->options->all)
		complain(NULL,
			 "stopped after %lu inequivalent schedules (%lu "
			 "redundant) and %lu findings, about %.1f %% of all%s",
			 found->schedules[0], found->runs.redundant,
			 found->findings[0], percent_done(it),
			 it->options->state ? "; the same command goes on" :
					      "");
	else if (*it->stopped)
		complain(NULL,
			 "stopped at bound %u after %lu schedules and %lu "
			 "findings%s", it->bound,
			 explored_within(found->schedules, it->bound),
			 explored_within(found->findings, it->bound),
			 it->options->state ?
				 "; the same command goes on" : "");
}

static int explore_jobs(struct exploration *it)
{
	enum state_load loaded = STATE_NONE;

	it->key = exploration_key(it);
	if (it->options->state)
		loaded = state_load(it->options->state, it->key, it->jobs);
	if (loaded == STATE_BAD)
		return EXIT_TROUBLE;
	if (!it->options->all &&
	    it->jobs->preemptions > it->options->preemptions) {
		complain(it->options->state, "is at bound %u already",
			 it->jobs->preemptions);
		return EXIT_TROUBLE;
	}
	if (!(it->options->all ? explore_all :
				 explore_bounds)(it, loaded == STATE_LOADED)) {
		say_stopped(it);
		if (*it->stopped && it->options->all)
			exploration_give(it); /* so far */
		return EXIT_TROUBLE;
	}
	if (it->jobs->unplayed) {
		complain(it->input.path, "the prefix is not played to its end");
		return EXIT_TROUBLE;
	}
	return exploration_give(it) ? exploration_conclude(it) : EXIT_TROUBLE;
}

static int explore_file(struct exploration *it)
{
	const struct options *options = it->options;
	struct player *player = player_open();
	int result;

	it->input.program.nr_switches = (uint8_t)options->prefix;
	it->stopped = command_stop();
	it->jobs = jobs_open(command_jobs(options, JOBS_MAX),
			     it->variant->target, &it->input.program,
			     &player->engine, &player->record);
	it->jobs->name_crash = worker_name_crash;
	it->jobs->arg = worker_open(&player->engine, &player->record,
				    it->variant->target, NULL);
	result = explore_jobs(it);
	worker_close(it->jobs->arg);
	jobs_close(it->jobs);
	return result;
}

/* Before hours are spent. */
static bool outputs_make_sense(const struct options *options)
{
	if (options->state && !strcmp(options->state, "-")) {
		complain(NULL, "explore: --state is a file that is read again");
		return false;
	}
	return output_is_possible(options->state) &&
	       (!options->findings ||
		output_folder_is_possible(options->findings));
}

static int run(int argc, char **argv)
{
	static struct exploration it;
	struct options options;
	int at = options_parse(&command_explore, argc, argv, "trkUWjxSD",
			       &options);

	if (at < 0)
		return -1 - at;
	if (at + 1 != argc && !(at == argc && command_is_program(&options))) {
		complain(NULL, "explore: one file");
		return EXIT_TROUBLE;
	}
	if (!outputs_make_sense(&options))
		return EXIT_TROUBLE;
	it.options = &options;
	if (!command_input(&it.input, argv[at], &options) || /* or NULL */
	    !options_make_sense(&options, &it.input))
		return EXIT_TROUBLE;
	it.variant = input_variant(&it.input, &options);
	return it.variant ? explore_file(&it) : EXIT_TROUBLE;
}

const struct command command_explore = {
	.name = "explore",
	.about = "Play every schedule, or all up to a number of preemptions.",
	.usage = "[option...] FILE",
	.help = "  --target NAME, --revert NAME|none  as for run\n"
		"  --preemptions K   at most, 2 if not given\n"
		"  --reorderings R   in a run at most R stores seen late or\n"
		"                    loads of the past (fuzz/memory/), all\n"
		"                    ways; none if not given\n"
		"  --all             any number, by reduction: one schedule of\n"
		"                    all those that order what conflicts alike\n"
		"  --jobs N          processes; one a CPU if not given\n"
		"  --prefix N        every schedule begins with the first N\n"
		"                    entries of the file's; their preemptions\n"
		"                    count\n"
		"  --state FILE      what is left and was found; the same\n"
		"                    command goes on where it stands\n"
		"  --findings DIR    a program for each distinct finding there\n"
		"A preemption is a switch away from a task that could go on\n"
		"inside an operation; switches elsewhere are free, and all are\n"
		"tried. A line for each bound: schedules with exactly so many\n"
		"preemptions, and how many of them end in a finding: those are\n"
		"the findings that the last line counts. In files findings\n"
		"are distinct if the checker or the two steps in conflict are.\n"
		"With --all the last line has no bound: two schedules are\n"
		"equivalent if steps that could meet (an access to the same\n"
		"memory, not both loads; a lock; a grace period; an interrupt\n"
		"and its window ...) come in one order in both; redundant are\n"
		"runs that were broken off as nothing new could follow.\n"
		"A schedule that crashes is a finding, and one that the\n"
		"sanitizer of the build reports; its job is started anew.\n"
		"exit: 0 something found, 1 nothing, 2 trouble\n",
	.run = run,
};
