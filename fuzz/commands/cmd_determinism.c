/* SPDX-License-Identifier: MIT */
/*
 * cmd_determinism.c: pagerace determinism: random programs, each played twice,
 * come to the same.
 *
 * The second time is after all others, in the opposite order: what one run
 * leaves behind for the next would show. The line at the end is the same in
 * every build of the same target.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "mutate.h"
#include "sentry.h"
#include "ticker.h"

#define BYTES_MAX 512
#define CHANGES_MAX 48
#define TEXT_MAX (32 * 1024)
#define PROGRAMS_MAX 1000000000

/* Bytes as they come: whatever they decode to. */
static void program_of_bytes(struct program *program, struct rng *rng)
{
	uint8_t bytes[BYTES_MAX];
	size_t size = rng_below(rng, sizeof(bytes) + 1), i;

	for (i = 0; i < size; i++)
		bytes[i] = (uint8_t)rng_next(rng);
	program_decode(bytes, size, program);
}

/* Few of their operations get anything; those that a fuzzer makes do. */
static void program_of_changes(struct program *program,
			       const struct target *target, struct rng *rng)
{
	unsigned int changes = 1 + rng_below(rng, CHANGES_MAX);

	program_clear(program);
	while (changes--)
		mutate_program(program, target, rng);
}

/* Number @i of those that @seed stands for. */
static void program_make(struct program *program, const struct target *target,
			 unsigned long seed, unsigned long i)
{
	struct rng rng;

	rng_seed(&rng, ((uint64_t)seed << 32) + i);
	if (i % 2)
		program_of_bytes(program, &rng);
	else
		program_of_changes(program, target, &rng);
}

/* What is played twice, in a child. */
struct twice {
	struct player *player;
	struct sentry *sentry; /* its at: the number of the program under way */
	const struct target *target;
	const struct options *options;
	uint32_t *digests; /* of the first time */
};

/* Number @i. */
static uint32_t play(const struct twice *twice, unsigned long i,
		     struct program *program)
{
	struct player *player = twice->player;
	const struct run_options look = { .observers = { record_observer(
						  &player->record) } };

	program_make(program, twice->target, twice->options->seed, i);
	twice->sentry->at = i;
	sentry_plays(twice->sentry, twice->target, program);
	engine_run(&player->engine, twice->target, program, &look);
	return record_digest(&player->record, &player->engine);
}

static void print_program(const struct program *program)
{
	const struct text_head head = { .target = "" };
	static char text[TEXT_MAX];

	ensure(text_print(&head, program, TEXT_NAMELESS, text, sizeof(text)));
	fputs(text, stdout);
}

/* Returns: how many differ the second time; the first is printed. */
static unsigned long play_again(const struct twice *twice,
				struct ticker *ticker)
{
	const struct options *options = twice->options;
	static struct program program;
	unsigned long i = options->programs, differ = 0;

	while (i--) {
		uint32_t again;

		if (ticker_due(ticker))
			ticker_say(ticker, "%lu of %lu again",
				   options->programs - i, options->programs);
		again = play(twice, i, &program);
		if (again == twice->digests[i])
			continue;
		if (!differ++) {
			printf("seed %lu, program %lu: %08x, then %08x\n\n",
			       options->seed, i + 1, twice->digests[i], again);
			print_program(&program);
		}
	}
	return differ;
}

static int play_all(void *arg)
{
	static struct program program;
	struct twice *twice = arg;
	const struct options *options = twice->options;
	const char *name = twice->target->name;
	unsigned long i, differ;
	struct ticker ticker;
	uint32_t sum = 0;

	twice->player = player_open();
	ticker_begin(&ticker);
	for (i = 0; i < options->programs; i++) {
		if (ticker_due(&ticker))
			ticker_say(&ticker, "%lu of %lu", i, options->programs);
		twice->digests[i] = play(twice, i, &program);
		sum = sum * 16777619 ^ twice->digests[i];
	}
	differ = play_again(twice, &ticker);
	ticker_end(&ticker);
	if (differ) {
		printf("%s: %lu of %lu programs come to something else the "
		       "second time\n",
		       name, differ, options->programs);
		return EXIT_UNEXPECTED;
	}
	printf("%s: %lu programs, twice each, come to the same: %08x\n", name,
	       options->programs, sum);
	return EXIT_EXPECTED;
}

/* Who crashes comes to nothing that could be compared. */
static int watch(struct twice *twice)
{
	struct sentry *sentry = twice->sentry;
	char words[OUTCOME_WORDS];
	int result = sentry_watch(sentry, play_all, twice);

	if (result != SENTRY_DIED)
		return result;
	sentry_name(sentry, words);
	printf("seed %lu, program %lu: %s\n\n", twice->options->seed,
	       sentry->at + 1, words);
	print_program(&sentry->program);
	return EXIT_UNEXPECTED;
}

static int determinism(int argc, char **argv)
{
	const struct variant *variant;
	struct options options;
	struct twice twice;
	int at, result;

	at = options_parse(&command_determinism, argc, argv, "trMs", &options);
	if (at < 0)
		return -1 - at;
	if (at != argc) {
		complain(NULL, "determinism: takes no file");
		return EXIT_TROUBLE;
	}
	variant = input_variant(NULL, &options);
	if (!variant)
		return EXIT_TROUBLE;
	if (options.programs > PROGRAMS_MAX) {
		complain(NULL, "at most %d programs", PROGRAMS_MAX);
		return EXIT_TROUBLE;
	}
	twice = (struct twice){
		.sentry = sentry_open(),
		.target = variant->target,
		.options = &options,
		.digests = calloc(options.programs, sizeof(uint32_t)),
	};
	if (!twice.digests) {
		complain(NULL, "determinism: %lu programs are too many",
			 options.programs);
		return EXIT_TROUBLE;
	}
	result = watch(&twice);
	free(twice.digests);
	sentry_close(twice.sentry);
	return result;
}

const struct command command_determinism = {
	.name = "determinism",
	.about = "Play random programs twice and compare what they come to.",
	.usage = "[option...]",
	.help = "  --target NAME, --revert NAME|none  as for run\n"
		"  --programs N                       10000 if not given\n"
		"  --seed N                           1 if not given\n"
		"The last line is the same in all builds of the same target.\n"
		"exit: 0 the same, 1 a difference or a crash, 2 trouble\n",
	.run = determinism,
};
