/* SPDX-License-Identifier: MIT */
/*
 * cmd_fidelity.c: pagerace fidelity: the same programs on two targets.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "fidelity.h"
#include "sentry.h"
#include "ticker.h"

#define ENOUGH_PAGES 2048 /* for 24 operations and what they leave on lists */
#define CONFIG_PROGRAMS 64 /* in a row: to bring a target up takes its time */
#define TEXT_MAX (32 * 1024)

/* ------------------------------------------------------------- what and what */

/* "TARGET" or "TARGET:REVERT". Returns: NULL, having said why. */
static const struct variant *against_variant(const char *name)
{
	const char *colon = strchr(name, ':');
	struct options options = { .revert = colon ? colon + 1 : "none" };
	const struct variant *variant;
	char target[TEXT_WORD_MAX];

	snprintf(target, sizeof(target), "%.*s",
		 (int)(colon ? colon - name : (long)strlen(name)), name);
	options.target = target;
	variant = input_variant(NULL, &options);
	return variant;
}

static void side_init(struct fidelity_side *side, const struct variant *variant)
{
	static char names[2][2 * TEXT_WORD_MAX];
	static int nr;
	char *name = names[nr++];
	bool reverted = strcmp(variant->revert, "none");

	snprintf(name, sizeof(names[0]), "%s%s%s", variant->target->name,
		 reverted ? ":" : "", reverted ? variant->revert : "");
	side->name = name;
	side->target = variant->target;
}

static bool sides_init(struct fidelity *fidelity, const struct options *options)
{
	const struct variant *a = input_variant(NULL, options);
	const struct variant *b;

	if (!a)
		return false;
	b = against_variant(options->against ? options->against : "linux");
	if (!b)
		return false;
	side_init(&fidelity->sides[0], a);
	side_init(&fidelity->sides[1], b);
	return true;
}

/* ----------------------------------------------------------------- reporting */

static void print_program(const struct program *program)
{
	const struct text_head head = { .target = "" };
	static char text[TEXT_MAX];

	ensure(text_print(&head, program, TEXT_NAMELESS, text, sizeof(text)));
	fputs(text, stdout);
}

static void report(struct fidelity *fidelity, struct program *program,
		   const char *name)
{
	static const char *const kinds[] = {
		[FIDELITY_RESULT] = "an operation gets something else",
		[FIDELITY_CACHE] = "something else stands in the cache",
		[FIDELITY_BOOKS] = "references or handles are others",
		[FIDELITY_VERDICT] = "the verdict is another",
		[FIDELITY_FREE] = "free lists at the end are others",
	};

	fidelity_minimize(fidelity, program);
	printf("%s: %s and %s differ: %s\n\n", name, fidelity->sides[0].name,
	       fidelity->sides[1].name, kinds[fidelity->kind]);
	fidelity_print(fidelity, program, stdout);
	putchar('\n');
	print_program(program);
	putchar('\n');
	fflush(stdout);
}

/* ------------------------------------------------------------------ programs */

/*
 * A zone that can be exhausted, or per-CPU lists that keep pages. With both,
 * whether the last pages can be had depends on how many stand on which list,
 * and each version of the kernel has its own numbers.
 */
static void random_config(struct target_config *config, struct rng *rng)
{
	bool lists = rng_one_in(rng, 2);

	config->pages = 16U << rng_below(rng, 5);
	config->pcp_high = 0;
	config->pcp_batch = 1;
	config->fanout_shift = 1 + rng_below(rng, 6);
	if (!lists)
		return;
	config->pages = ENOUGH_PAGES;
	config->pcp_high = rng_below(rng, 16);
	config->pcp_batch = 1 + rng_below(rng, 8);
}

/* How many programs differ, by how and by what operation. */
struct tally {
	unsigned long differ;
	bool known[FIDELITY_FREE + 1][OP_COUNT];
};

/* Of those that differ alike the first is shown. */
static void note_difference(struct fidelity *fidelity, struct tally *tally,
			    const struct program *program, const char *name)
{
	bool *known = &tally->known[fidelity->kind]
				   [fidelity_operation(fidelity)];
	struct program smaller = *program;

	tally->differ++;
	if (*known)
		return;
	*known = true;
	report(fidelity, &smaller, name);
}

static int conclude(const struct fidelity *fidelity, const struct tally *tally,
		    unsigned long programs)
{
	const char *a = fidelity->sides[0].name, *b = fidelity->sides[1].name;

	if (!tally->differ) {
		printf("%s and %s do the same in %lu programs\n", a, b,
		       programs);
		return EXIT_EXPECTED;
	}
	printf("%s and %s differ in %lu of %lu programs\n", a, b,
	       tally->differ, programs);
	return EXIT_UNEXPECTED;
}

static int compare_random(struct fidelity *fidelity,
			  const struct options *options)
{
	const struct target shared = fidelity_shared(fidelity);
	struct tally tally = { .differ = 0 };
	struct program program;
	struct ticker ticker;
	char name[64]; /* "seed 1, program 2" */
	struct rng rng;
	unsigned long i;

	rng_seed(&rng, options->seed);
	program_clear(&program);
	ticker_begin(&ticker);
	for (i = 0; i < options->programs; i++) {
		if (!(i % CONFIG_PROGRAMS))
			random_config(&program.config, &rng);
		fidelity_random(&program, &shared, &rng);
		if (ticker_due(&ticker))
			ticker_say(&ticker, "%lu of %lu programs, %lu differ",
				   i, options->programs, tally.differ);
		snprintf(name, sizeof(name), "seed %lu, program %lu",
			 options->seed, i + 1);
		fidelity->sentry->at = i;
		if (fidelity_differs(fidelity, &program))
			note_difference(fidelity, &tally, &program, name);
	}
	ticker_end(&ticker);
	return conclude(fidelity, &tally, i);
}

/* Its set-up and tasks one after the other. */
static int compare_file(struct fidelity *fidelity, const char *path,
			const struct options *options)
{
	static struct input input;

	if (!command_input(&input, path, options))
		return EXIT_TROUBLE;
	input.program.nr_switches = 0;
	if (fidelity_differs(fidelity, &input.program)) {
		report(fidelity, &input.program, path);
		return EXIT_UNEXPECTED;
	}
	printf("%s: %s and %s do the same\n", path, fidelity->sides[0].name,
	       fidelity->sides[1].name);
	return EXIT_EXPECTED;
}

/* ------------------------------------------------------------------ command */

struct comparison {
	struct fidelity *fidelity;
	const struct options *options;
	char **paths;
	int nr; /* of them; 0: random programs */
};

/* In a child, which what it plays may kill; files from the sentry's next on. */
static int compare(void *arg)
{
	struct comparison *it = arg;
	struct sentry *sentry = it->fidelity->sentry;
	unsigned long *at = &sentry->at;

	it->fidelity->engine = &player_open()->engine;
	if (!it->nr)
		return compare_random(it->fidelity, it->options);
	for (; *at < (unsigned long)it->nr; ++*at) {
		int result =
			compare_file(it->fidelity, it->paths[*at], it->options);

		if (result > sentry->worst)
			sentry->worst = result;
		fflush(stdout);
	}
	return sentry->worst;
}

/* A crash, of one side, is a difference; of both, nothing can be compared. */
static void report_crash(const struct comparison *it)
{
	const struct fidelity *fidelity = it->fidelity;
	const struct sentry *sentry = fidelity->sentry;
	bool second = sentry->target == fidelity->sides[1].target;
	char words[OUTCOME_WORDS];

	sentry_name(sentry, words);
	if (it->nr)
		printf("%s", it->paths[sentry->at]);
	else
		printf("seed %lu, program %lu", it->options->seed,
		       sentry->at + 1);
	printf(": %s, on %s\n\n", words, fidelity->sides[second].name);
	print_program(&sentry->program);
	putchar('\n');
}

static int compare_all(struct comparison *it)
{
	struct sentry *sentry = it->fidelity->sentry;
	int result;

	while ((result = sentry_watch(sentry, compare, it)) == SENTRY_DIED) {
		report_crash(it);
		if (sentry->worst < EXIT_UNEXPECTED)
			sentry->worst = EXIT_UNEXPECTED;
		if (!it->nr)
			return EXIT_UNEXPECTED;
		sentry->at++;
	}
	return result;
}

static int run(int argc, char **argv)
{
	static struct fidelity fidelity;
	struct comparison it = { .fidelity = &fidelity };
	struct options options;
	int at, result;

	at = options_parse(&command_fidelity, argc, argv, "trAMs", &options);
	if (at < 0)
		return -1 - at;
	if (!sides_init(&fidelity, &options))
		return EXIT_TROUBLE;
	it.options = &options;
	it.paths = argv + at;
	it.nr = argc - at;
	fidelity.sentry = sentry_open();
	result = compare_all(&it);
	sentry_close(fidelity.sentry);
	return result;
}

const struct command command_fidelity = {
	.name = "fidelity",
	.about = "Play programs on two targets and compare, step by step.",
	.usage = "[option...] [FILE...]",
	.help = "  FILE              compare these, without their schedules; if\n"
		"                    none is given, random programs of set-up and\n"
		"                    one task, of operations that both have\n"
		"  --target NAME     core if not given; --revert NAME|none: of it\n"
		"  --against NAME    or NAME:REVERT; linux if not given\n"
		"  --programs N      10000 if not given\n"
		"  --seed N          1 if not given\n"
		"Compared are, after each operation: what it got, the cache,\n"
		"handles and references; at the end the verdict and free lists.\n"
		"Numbers of pages may differ: pages have names, as they appear.\n"
		"A random program has a zone that can be exhausted or per-CPU\n"
		"lists that keep pages; with both, it is a matter of numbers\n"
		"whether the last pages can be had.\n"
		"Batches on the way to LRU lists, if one side has them, are\n"
		"emptied after each operation. Of programs that differ in the\n"
		"same way by the same operation the first is minimized and\n"
		"printed.\n"
		"exit: 0 the same, 1 a difference, 2 trouble\n",
	.run = run,
};
