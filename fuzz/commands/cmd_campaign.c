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

static unsigned int nr_alive(const struct campaign *campaign)
{
	unsigned int i, nr = 0;

	for (i = 0; i < campaign->jobs; i++)
		nr += campaign->workers[i].pid != 0;
	return nr;
}

static void say_status(const struct campaign *campaign, struct ticker *ticker)
{
	unsigned int edges, features, i;
	unsigned long rate = 0;
	struct coverage_sum sum;
	char all[32], each[32], covered[32];

	for (i = 0; i < campaign->jobs; i++)
		if (campaign->workers[i].pid)
			rate += campaign->workers[i].rate;
	reached(campaign, &edges, &features);
	coverage_sum(&campaign->coverage, &sum);
	ticker_say(ticker,
		   "%5lu s  %u alive  about %s executions, %s/s  %s"
		   "features %u  corpus %u  preempted at %u of %u sites  "
		   "pairs %u  findings %zu",
		   campaign_seconds(campaign), nr_alive(campaign),
		   ticker_number(campaign_executions(campaign), all),
		   ticker_number(rate, each),
		   edges_text(edges, covered, sizeof(covered)), features,
		   campaign->nr_corpus, sum.preempted, sum.sites, sum.talks,
		   campaign->found.nr);
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
	unsigned int edges, features;

	coverage_sum(&campaign->coverage, &sum);
	reached(campaign, &edges, &features);
	printf("%s: %s executions in %lu s of %u workers\n", campaign->dir,
	       ticker_number(campaign_executions(campaign), number),
	       campaign_seconds(campaign), campaign->jobs);
	printf("corpus: %u entries, %zu kept of all; %sfeatures %u\n",
	       campaign->nr_corpus, campaign->kept.nr,
	       edges_text(edges, covered, sizeof(covered)), features);
	printf("schedules: %u of %u sites reached, %u preempted at; %u "
	       "communication pairs;\n"
	       "           %u race pairs, %u of them in either order\n",
	       sum.reached, sum.sites, sum.preempted, sum.talks, sum.races,
	       sum.both);
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
static bool makes_sense(const struct options *options, int nr_args,
			char **args)
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
	else if (access(args[0], X_OK))
		complain(args[0], "%s", strerror(errno));
	else
		return true;
	return false;
}

static int run(int argc, char **argv)
{
	static struct campaign campaign;
	struct options options;
	struct player *player;
	int at = options_parse(&command_campaign, argc, argv, "trojsTC",
			       &options);

	if (at < 0)
		return -1 - at;
	campaign.variant = input_variant(NULL, &options);
	if (!campaign.variant || !makes_sense(&options, argc - at, argv + at))
		return EXIT_TROUBLE;
	player = player_open();
	campaign.engine = &player->engine;
	campaign.record = &player->record;
	campaign.dir = options.output;
	campaign.seeds = options.corpus;
	campaign.jobs = command_jobs(&options, CAMPAIGN_JOBS_MAX);
	campaign.seed = options.seed;
	campaign.fuzzer = argv + at;
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
		"  --corpus DIR        seeds, as bytes, taken in once\n"
		"  --jobs N            workers; left out: one a CPU\n"
		"  --time S            seconds; left out: until Ctrl-C\n"
		"  --seed N            of the first worker; the next have the next\n"
		"  --target NAME, --revert NAME|none  what FUZZER has\n"
		"exit: 0 findings, 1 none, 2 trouble\n",
	.run = run,
};
