/* SPDX-License-Identifier: MIT */
/* bench_search.c: see bench_search.h. */
#include "bench_search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "contest.h"
#include "sites.h"
#include "ticker.h"

#define SEEDS 10
#define LIMIT 300000
#define LIMIT_MAX 2000000000 /* libFuzzer's number of runs is an int */

/* The last search that was begun. */
static void on_progress(const struct contest *contest, void *arg)
{
	struct contest_place at = contest_place(contest, contest->at);
	struct ticker *ticker = arg;

	if (ticker_due(ticker))
		ticker_say(ticker, "%u of %u searches; %s, %s: %s, seed %u",
			   contest->done, contest->wanted,
			   at.part == CONTEST_GIVEN ? "given" : "empty",
			   contest->rows[at.row].name,
			   contest_entrant(at.entrant), at.seed);
}

static void print_load(const char *when)
{
	double load[3] = { 0, 0, 0 };

	if (getloadavg(load, 3) == 3)
		printf("load %s: %.2f %.2f %.2f on %ld CPUs\n", when, load[0],
		       load[1], load[2], sysconf(_SC_NPROCESSORS_ONLN));
	fflush(stdout);
}

static bool options_fit(const struct options *options)
{
	if (options->seeds > CONTEST_SEEDS)
		complain(NULL, "bench search: --seeds takes at most %u",
			 CONTEST_SEEDS);
	else if (!options->seed || options->seed > 1000000000)
		complain(NULL, "bench search: --seed is from 1 to 1000000000");
	else if (options->limit > LIMIT_MAX)
		complain(NULL, "bench search: --limit takes at most %u",
			 LIMIT_MAX);
	else if (options->jobs > CONTEST_JOBS)
		complain(NULL, "bench search: --jobs takes at most %u",
			 CONTEST_JOBS);
	else
		return true;
	return false;
}

static int say_trouble(const struct contest *contest)
{
	complain(NULL, "bench search: %s",
		 *contest->trouble ? contest->trouble : "stopped");
	if (contest->file)
		complain(NULL,
			 "bench search: %u of %u searches stand in %s: the "
			 "same command goes on from there",
			 contest->done, contest->wanted, contest->scores);
	return EXIT_TROUBLE;
}

int bench_search(const struct options *options, char *const *names)
{
	char fuzzers[PATH_MAX], dir[64];
	struct contest contest = {
		.fuzzers = fuzzers,
		.pattern = options->fuzzer,
		.dir = dir,
		.seeds = options_given(options, 'E') ?
				 (unsigned int)options->seeds :
				 SEEDS,
		.seed = (unsigned int)options->seed,
		.limit = options_given(options, 'I') ? options->limit : LIMIT,
		.scores = options->output,
		.jobs = command_jobs(options, CONTEST_JOBS),
		.progress = on_progress,
		.stop = command_stop(),
	};
	struct ticker ticker;
	bool well;

	if (!options_fit(options) || !command_beside("", fuzzers))
		return EXIT_TROUBLE;
	snprintf(dir, sizeof(dir), "/tmp/pagerace-bench-%d", (int)getpid());
	sites_init_all();
	if (!contest_fill(&contest,
			  options->corpus ? options->corpus : "corpus",
			  options->target, names)) {
		say_trouble(&contest);
		contest_close(&contest);
		return EXIT_TROUBLE;
	}
	print_load("as it begins");
	ticker_begin(&ticker);
	contest.arg = &ticker;
	well = contest_run(&contest);
	ticker_end(&ticker);
	if (well) {
		print_load("as it ends");
		if (contest.before)
			printf("%u of %u searches were made before: %s\n",
			       contest.before, contest.wanted, contest.scores);
		printf("\n");
		contest_print(&contest, stdout);
	} else {
		say_trouble(&contest);
	}
	contest_close(&contest);
	return well ? EXIT_EXPECTED : EXIT_TROUBLE;
}
