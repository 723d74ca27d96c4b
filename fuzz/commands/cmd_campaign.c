/* SPDX-License-Identifier: MIT */
/*
 * cmd_campaign.c: pagerace campaign: fuzz for hours; build.sh fuzz calls it.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "campaign.h"
#include "command.h"
#include "ticker.h"

/*
 * "edges 12  ", or nothing: without a table of program counters (target linux)
 * libFuzzer counts edges among its features, and does not say how many.
 */
static const char *edges_text(unsigned int edges, char *text, size_t size)
{
	text[0] = '\0';
	if (edges)
		snprintf(text, size, "edges %u  ", edges);
	return text;
}

/* The largest of what the workers say. */
static void reached(const struct campaign *campaign, unsigned int *edges,
		    unsigned int *features)
{
	unsigned int i;

	*edges = *features = 0;
	for (i = 0; i < campaign->jobs; i++) {
		const struct campaign_worker *worker = &campaign->workers[i];

		if (worker->edges > *edges)
			*edges = worker->edges;
		if (worker->features > *features)
			*features = worker->features;
	}
}

/* Workers of @build, NULL: of all, that run now. */
static unsigned int nr_alive(const struct campaign *campaign,
			     const struct campaign_build *build)
{
	unsigned int i, nr = 0;

	for (i = 0; i < campaign->jobs; i++)
		nr += campaign->workers[i].pid != 0 &&
		      (!build || campaign->workers[i].build == build);
	return nr;
}

#define BUILDS_TEXT (CAMPAIGN_BUILDS_MAX * (CAMPAIGN_NAME + 32))

/* "1 alive", or "release 1, address 1 alive, waits for thread" */
static const char *alive_text(const struct campaign *campaign,
			      char text[BUILDS_TEXT])
{
	static const char *const before[2] = { "", ", " };
	const struct campaign_build *build = campaign->builds;
	bool any = false, waits = false;
	int at = 0;

	if (!*build->name || !nr_alive(campaign, NULL)) {
		sprintf(text, "%u alive", nr_alive(campaign, NULL));
		return text;
	}
	for (; build < campaign->builds + campaign->nr_builds; build++) {
		if (!nr_alive(campaign, build))
			continue;
		at += sprintf(text + at, "%s%s %u", before[any], build->name,
			      nr_alive(campaign, build));
		any = true;
	}
	at += sprintf(text + at, " alive");
	for (build = campaign->builds;
	     build < campaign->builds + campaign->nr_builds; build++) {
		if (build->state != BUILD_AWAITED)
			continue;
		at += sprintf(text + at, "%s %s", waits ? "," : ", waits for",
			      build->name);
		waits = true;
	}
	return text;
}

/* What each had: "  release  1,234,567 executions, 300 s, 2 findings" */
static void print_builds(const struct campaign *campaign)
{
	static const char *const state[] = { ", was not there", "",
					     ", failed" };
	const struct campaign_build *build = campaign->builds;
	char number[32];

	if (!*build->name)
		return;
	printf("builds:%18s  %14s  %9s\n", "executions", "seconds, in all",
	       "findings");
	for (; build < campaign->builds + campaign->nr_builds; build++)
		printf("  %-12s  %9s  %14.0f  %9zu%s\n", build->name,
		       ticker_number(build->executions, number), build->used,
		       build->found, state[build->state]);
}

static void say_status(const struct campaign *campaign, struct ticker *ticker)
{
	unsigned int edges, features, i;
	unsigned long rate = 0;
	struct coverage_sum sum;
	char all[32], each[32], covered[32], alive[BUILDS_TEXT];
	char still[32];

	for (i = 0; i < campaign->jobs; i++)
		if (campaign->workers[i].pid)
			rate += campaign->workers[i].rate;
	reached(campaign, &edges, &features);
	coverage_sum(&campaign->coverage, &sum);
	ticker_say(ticker,
		   "%5lu s  %s  %s executions, %s/s  %s"
		   "features %u  corpus %u, for %s executions  "
		   "preempted at %u of %u sites  pairs %u  findings %zu",
		   campaign_seconds(campaign), alive_text(campaign, alive),
		   ticker_number(campaign_executions(campaign), all),
		   ticker_number(rate, each),
		   edges_text(edges, covered, sizeof(covered)), features,
		   campaign->nr_corpus,
		   ticker_number(campaign->pulse.executions -
					 campaign->pulse.newest,
				 still),
		   sum.preempted, sum.sites, sum.talks, campaign->found.nr);
}

static void say_news(const struct campaign *campaign, struct ticker *ticker,
		     size_t *said)
{
	if (*said == campaign->found.nr)
		return;
	ticker_end(ticker);
	while (*said < campaign->found.nr)
		printf("finding %s/artifacts/%s\n", campaign->dir,
		       campaign->found.name[(*said)++]);
	fflush(stdout);
}

static void sum_up(const struct campaign *campaign)
{
	struct coverage_sum sum;
	char *table = campaign_table(campaign), number[32], covered[32];
	char words[PULSE_TEXT];
	unsigned int edges, features;

	coverage_sum(&campaign->coverage, &sum);
	reached(campaign, &edges, &features);
	printf("%s: %s executions in %lu s of %u workers\n", campaign->dir,
	       ticker_number(campaign_executions(campaign), number),
	       campaign_seconds(campaign), campaign->jobs);
	print_builds(campaign);
	printf("corpus: %u entries, %zu kept of all; %sfeatures %u\n",
	       campaign->nr_corpus, campaign->kept.nr,
	       edges_text(edges, covered, sizeof(covered)), features);
	printf("schedules: %u of %u sites reached, %u preempted at; %u "
	       "communication pairs;\n"
	       "           %u race pairs, %u of them in either order\n",
	       sum.reached, sum.sites, sum.preempted, sum.talks, sum.races,
	       sum.both);
	if (*pulse_words(&campaign->pulse, words))
		printf("left: %s\n", words);
	if (campaign->found.nr)
		printf("findings: %zu artifacts, %s/artifacts\n%s",
		       campaign->found.nr, campaign->dir, table);
	else
		printf("findings: none\n");
	free(table);
}

/* ------------------------------------------------------------------- running */

static void run_on(struct campaign *campaign, unsigned long limit,
		   const volatile sig_atomic_t *stop)
{
	const struct timespec nap = { .tv_nsec = 200000000 };
	double begin = campaign_now();
	struct ticker ticker;
	size_t findings = campaign->found.nr;

	ticker_begin(&ticker);
	while (campaign_tick(campaign) && !*stop &&
	       (!limit || campaign_now() - begin < (double)limit)) {
		say_news(campaign, &ticker, &findings);
		if (ticker_due(&ticker))
			say_status(campaign, &ticker);
		nanosleep(&nap, NULL);
	}
	ticker_end(&ticker);
	signal(SIGINT, SIG_DFL); /* once more: at once; nothing is lost */
	signal(SIGTERM, SIG_DFL);
	campaign_stop(campaign);
	say_news(campaign, &ticker, &findings);
}

/* Before anything is written. */
static bool makes_sense(const struct options *options, int nr_args)
{
	if (!options->output)
		complain(NULL, "campaign: no folder; -o DIR");
	else if (strlen(options->output) > PATH_MAX - 512)
		complain(NULL, "campaign: the name of the folder is too long");
	else if (options->jobs > CAMPAIGN_JOBS_MAX)
		complain(NULL, "at most %d jobs", CAMPAIGN_JOBS_MAX);
	else if (options->corpus && access(options->corpus, R_OK | X_OK))
		complain(options->corpus, "%s", strerror(errno));
	else if (!nr_args || nr_args > CAMPAIGN_ARGS_MAX)
		complain(NULL, "campaign: -- FUZZER [argument...]");
	else
		return true;
	return false;
}

/* Of the builds one at least is there. */
static bool choose_builds(struct campaign *campaign, const char *list)
{
	unsigned int i;

	if (!campaign_choose_builds(campaign, list)) {
		complain(NULL, "%s", campaign->trouble);
		return false;
	}
	for (i = 0; i < campaign->nr_builds; i++)
		if (!access(campaign->builds[i].fuzzer, X_OK))
			return true;
	complain(campaign->builds[0].fuzzer, "%s", strerror(errno));
	return false;
}

static int run(int argc, char **argv)
{
	static struct campaign campaign;
	struct options options;
	struct player *player;
	int at = options_parse(&command_campaign, argc, argv, "trojsTCB",
			       &options);

	if (at < 0)
		return -1 - at;
	campaign.variant = input_variant(NULL, &options);
	if (!campaign.variant || !makes_sense(&options, argc - at))
		return EXIT_TROUBLE;
	campaign.fuzzer = argv + at;
	if (!choose_builds(&campaign, options.builds))
		return EXIT_TROUBLE;
	player = player_open();
	campaign.engine = &player->engine;
	campaign.record = &player->record;
	campaign.dir = options.output;
	campaign.seeds = options.corpus;
	campaign.jobs = command_jobs(&options, CAMPAIGN_JOBS_MAX);
	campaign.seed = options.seed;
	campaign.limit = options.time;
	if (campaign_open(&campaign)) {
		run_on(&campaign, options.time, command_stop());
		campaign_finish(&campaign);
		sum_up(&campaign);
	}
	if (*campaign.trouble) {
		complain(NULL, "%s", campaign.trouble);
		return EXIT_TROUBLE;
	}
	at = campaign.found.nr ? EXIT_EXPECTED : EXIT_UNEXPECTED;
	campaign_close(&campaign);
	return at;
}

const struct command command_campaign = {
	.name = "campaign",
	.about = "Fuzz with several processes on one corpus, resumably.",
	.usage = "[option...] -o DIR -- FUZZER [argument...]",
	.help = "  FUZZER [argument...]  a libFuzzer binary of the target, its flags\n"
		"                      and folders of seeds\n"
		"  -o, --output DIR    its folder; a campaign that is there goes on\n"
		"  --builds LIST       \"NAME:SHARE,...\": workers of several builds\n"
		"                      share the corpus, and the time as the shares\n"
		"                      are to each other; FUZZER has a % where NAME\n"
		"                      goes; one that is not there yet is waited for,\n"
		"                      FOLDER.failed beside its folder says why not\n"
		"  --corpus DIR        seeds, as bytes, taken in once\n"
		"  --jobs N            workers; left out: one a CPU\n"
		"  --time S            seconds; left out: until Ctrl-C\n"
		"  --seed N            of the first worker; the next have the next\n"
		"  --target NAME, --revert NAME|none  what FUZZER has\n"
		"exit: 0 findings, 1 none, 2 trouble\n",
	.run = run,
};
