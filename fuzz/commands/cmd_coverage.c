/* SPDX-License-Identifier: MIT */
/*
 * cmd_coverage.c: pagerace coverage: what the schedules of a corpus came to.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact.h"
#include "command.h"
#include "coverage.h"
#include "sentry.h"
#include "sites.h"
#include "ticker.h"

#define TOP 20 /* rows of a list, without --verbose */

struct pair {
	unsigned int a, b;
	uint32_t times;
};

static const char *name_of(const struct coverage *coverage, unsigned int id,
			   char name[SITE_NAME_MAX + 8])
{
	const struct site *site = coverage->sites[id].site;
	int length = site_name(site, name, SITE_NAME_MAX);

	snprintf(name + length, 8, "#%u", site->nth);
	return name;
}

static void print_pair(const struct coverage *coverage, const struct pair *pair)
{
	char a[SITE_NAME_MAX + 8], b[SITE_NAME_MAX + 8];

	printf("  %8u  %s -> %s\n", pair->times,
	       name_of(coverage, pair->a, a), name_of(coverage, pair->b, b));
}

/* Often first, then by number: the same list for the same corpus. */
static int compare_pairs(const void *left, const void *right)
{
	const struct pair *x = left, *y = right;

	if (x->times != y->times)
		return x->times < y->times ? 1 : -1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/* The pairs of @table, those seen the other way round left out if @one_way. */
static void print_pairs(const struct coverage *coverage, const uint32_t *table,
			bool one_way, size_t limit)
{
	size_t all = coverage->nr + 1, nr = 0, i;
	struct pair *pairs = malloc(all * all * sizeof(*pairs));
	unsigned int a, b;

	ensure(pairs);
	for (a = 1; a <= coverage->nr; a++)
		for (b = 1; b <= coverage->nr; b++) {
			uint32_t times = table[coverage_pair(coverage, a, b)];

			/* one with itself is there both ways */
			if (times && !(one_way &&
				       table[coverage_pair(coverage, b, a)]))
				pairs[nr++] = (struct pair){ a, b, times };
		}
	qsort(pairs, nr, sizeof(*pairs), compare_pairs);
	for (i = 0; i < nr && i < limit; i++)
		print_pair(coverage, &pairs[i]);
	if (i < nr)
		printf("  and %zu more; --verbose lists them\n", nr - i);
	free(pairs);
}

/* Sites that no run came to, or where none was preempted but came to. */
static void print_sites(const struct coverage *coverage, bool unreached,
			size_t limit)
{
	char name[SITE_NAME_MAX + 8];
	size_t nr = 0;
	unsigned int id;

	for (id = 1; id <= coverage->nr; id++) {
		const struct coverage_site *site = &coverage->sites[id];

		if (unreached ? site->reached :
				!site->reached || site->preempted)
			continue;
		if (nr++ < limit)
			printf("  %s  %s:%u\n", name_of(coverage, id, name),
			       site_file(site->site), site->site->line);
	}
	if (nr > limit)
		printf("  and %zu more; --verbose lists them\n", nr - limit);
}

static void print_all(const struct coverage *coverage, bool verbose)
{
	size_t limit = verbose ? SIZE_MAX : TOP;
	struct coverage_sum sum;

	coverage_sum(coverage, &sum);
	printf("programs             %8lu\n", *coverage->runs);
	printf("access sites         %8u, %u reached, %u preempted at\n",
	       sum.sites, sum.reached, sum.preempted);
	printf("communication pairs  %8u\n", sum.talks);
	printf("race pairs           %8u, %u seen in either order, %u not\n",
	       sum.races, sum.both, sum.races - sum.both);
	if (sum.reached < sum.sites)
		printf("\nsites that no program came to:\n");
	print_sites(coverage, true, limit);
	if (sum.preempted < sum.reached)
		printf("\nsites where no task was preempted:\n");
	print_sites(coverage, false, limit);
	if (sum.both < sum.races)
		printf("\nraces seen in one order only, most frequent first:\n");
	print_pairs(coverage, coverage->races, true, limit);
	if (!verbose)
		return;
	printf("\ncommunication, writer -> who sees it:\n");
	print_pairs(coverage, coverage->talks, false, limit);
}

/* --------------------------------------------------------------------- playing */

/* Files that the command line names have to be programs; those in folders not. */
static bool add_operand(struct paths *paths, const char *path)
{
	static struct input input;
	size_t before = paths->nr;

	if (!paths_add(paths, path, NULL)) {
		complain(path, "%s", strerror(errno));
		return false;
	}
	return paths->nr != before + 1 || strcmp(paths->path[before], path) ||
	       input_load(&input, path);
}

/* Which of them were taken for bytes is not said one by one. */
static void say_bytes(size_t nr, size_t all)
{
	if (nr)
		complain(NULL, "%zu of %zu files as bytes", nr, all);
}

struct corpus {
	struct coverage *coverage;
	struct sentry *sentry; /* its at: the next file */
	const struct target *target;
	const struct paths *paths;
};

/* In a child, which what it plays may kill; the tables are shared. */
static int play_rest(void *arg)
{
	static struct artifact artifact;
	struct corpus *corpus = arg;
	const struct paths *paths = corpus->paths;
	unsigned long *at = &corpus->sentry->at;
	struct player *player = player_open();
	const struct run_options options = { .observers = { record_observer(
						     &player->record) } };
	struct ticker ticker;

	ticker_begin(&ticker);
	for (; *at < paths->nr; ++*at) {
		const char *why = artifact_load(&artifact, paths->path[*at]);

		if (why) {
			complain(paths->path[*at], "skipped: %s", why);
			continue;
		}
		corpus->sentry->nr += !artifact.text;
		sentry_plays(corpus->sentry, corpus->target, &artifact.program);
		engine_run(&player->engine, corpus->target, &artifact.program,
			   &options);
		coverage_add(corpus->coverage, &player->engine,
			     &player->record);
		if (ticker_due(&ticker))
			ticker_say(&ticker, "%lu of %zu files played", *at + 1,
				   paths->nr);
	}
	ticker_end(&ticker);
	return EXIT_EXPECTED;
}

/* Schedules that crash are left out, and named. */
static void play_all(struct coverage *coverage, const struct target *target,
		     const struct paths *paths)
{
	struct sentry *sentry = sentry_open();
	struct corpus corpus = { coverage, sentry, target, paths };
	char words[OUTCOME_WORDS];

	while (sentry_watch(sentry, play_rest, &corpus) == SENTRY_DIED) {
		sentry_name(sentry, words);
		complain(paths->path[sentry->at++], "left out: %s", words);
	}
	say_bytes(sentry->nr, paths->nr);
	sentry_close(sentry);
}

static int run(int argc, char **argv)
{
	static struct paths paths;
	const struct variant *variant;
	struct coverage coverage;
	struct options options;
	int at = options_parse(&command_coverage, argc, argv, "trv", &options);

	if (at < 0)
		return -1 - at;
	variant = input_variant(NULL, &options);
	if (!variant)
		return EXIT_TROUBLE;
	if (at == argc) {
		complain(NULL, "coverage: no corpus");
		return EXIT_TROUBLE;
	}
	for (; at < argc; at++)
		if (!add_operand(&paths, argv[at]))
			return EXIT_TROUBLE;
	paths_sort(&paths);
	coverage_open(&coverage, variant->target);
	play_all(&coverage, variant->target, &paths);
	print_all(&coverage, options.verbose);
	coverage_close(&coverage);
	paths_free(&paths);
	return EXIT_EXPECTED;
}

const struct command command_coverage = {
	.name = "coverage",
	.about = "Say what the schedules of a corpus came to.",
	.usage = "[option...] FILE|DIR...",
	.help = "  FILE|DIR            programs, bytes or text; folders are searched\n"
		"  --target NAME, --revert NAME|none  what they are played on\n"
		"  --verbose           all rows of each list, and the communication\n"
		"                      pairs\n"
		"What crashes is named and left out.\n"
		"A race pair is two sites whose accesses raced and might have gone the\n"
		"other way round; fuzz/findings/coverage.h says what is counted.\n",
	.run = run,
};
