/* SPDX-License-Identifier: MIT */
/*
 * cmd_run.c: pagerace run: play programs, and say how they went.
 */
#include <stdio.h>
#include <string.h>

#include "build.h"
#include "cmd_run_elsewhere.h"
#include "finding_id.h"
#include "leftovers_text.h"
#include "policy.h"
#include "slip.h"
#include "tsan_glue.h"
#include "worker.h"

/* How a run ended, in this process or in a child. */
struct ending {
	char id[TEXT_WORD_MAX]; /* a checker's, a report's type, or clean */
	bool crashed; /* and therefore without a digest */
	uint32_t digest;
	struct leftovers left; /* of the program; of a crash nobody knows */
};

/* The input names a sanitizer, and it looks on in this build. */
static bool is_watched(const struct input *input)
{
	const char *name = input->head.sanitizer;

	return *name && sanitizer_find(name, strlen(name))->on;
}

/* Without a sanitizer, too, it ends the process. */
static bool is_crash(const char *expect)
{
	return !strcmp(expect, "segv");
}

/* The id that the input expects; "clean" if it expects nothing. */
static const char *expected(const struct input *input,
			    const struct options *options,
			    const struct variant *variant)
{
	if (options->expect)
		return options->expect;
	if (options->revert && !strcmp(variant->revert, "none"))
		return "clean";
	if (*input->head.sanitizer && !is_watched(input))
		return "clean";
	return *input->head.expect ? input->head.expect : "clean";
}

static bool is_random(const struct options *options)
{
	return options->policy && !strcmp(options->policy, "random-walk");
}

/* Play once or, by random walks, up to runs times until there is a finding. */
static const struct verdict *play(struct player *player,
				  const struct variant *variant,
				  const struct input *input,
				  const struct options *options,
				  struct leftovers_watch *watch)
{
	struct policy policy;
	const struct run_options look = {
		.policy = &policy,
		.observers = { record_observer(&player->record),
			       leftovers_observer(watch) },
	};
	const struct verdict *verdict;
	struct walk walk;
	unsigned long i = 0;

	do {
		if (is_random(options))
			policy_random_walk(&policy, &walk, options->seed + i,
					   8);
		else
			policy_script(&policy, &walk.script);
		verdict = engine_run(&player->engine, variant->target,
				     &input->program, &look);
	} while (is_random(options) && ++i < options->runs &&
		 !verdict->finding.checker);
	leftovers_gather(watch, &player->engine, &walk.script);
	return verdict;
}

static void play_here(struct player *player, const struct variant *variant,
		      const struct input *input, const struct options *options,
		      struct ending *ending)
{
	struct leftovers_watch watch;
	const struct finding *finding =
		&play(player, variant, input, options, &watch)->finding;

	*ending = (struct ending){
		.digest = record_digest(&player->record, &player->engine),
		.left = watch.left,
	};
	snprintf(ending->id, sizeof(ending->id), "%s",
		 finding->checker ? finding->id : "clean");
}

/*
 * A sanitizer's report ends the process, or TSan's interest in the address. Its
 * text: where nobody expects it.
 */
static void play_in_child(struct player *player, const struct variant *variant,
			  const struct input *input, const char *expect,
			  struct ending *ending)
{
	struct worker *worker = worker_open(&player->engine, &player->record,
					    variant->target, NULL);
	struct outcome outcome;

	worker_run(worker, &input->program, WORKER_DIGEST | WORKER_LEFT,
		   &outcome);
	*ending = (struct ending){ .crashed = outcome.crashed,
				   .digest = outcome.digest,
				   .left = outcome.left };
	snprintf(ending->id, sizeof(ending->id), "%s",
		 *outcome.id ? outcome.id : "clean");
	if (outcome.crashed && strcmp(ending->id, expect))
		fputs(worker_report(worker), stderr);
	worker_close(worker);
}

static void print_digest(const struct ending *ending)
{
	if (ending->crashed)
		printf("-------- ");
	else
		printf("%08x ", ending->digest);
}

static bool policy_known(const struct options *options)
{
	static const char *const policies[] = { "script", "random-walk", NULL };
	char hint[SLIP_MAX];

	if (!options->policy || !strcmp(options->policy, "script") ||
	    !strcmp(options->policy, "random-walk"))
		return true;
	complain(NULL, "no policy %s: script or random-walk%s", options->policy,
		 slip_word(options->policy, policies, hint));
	return false;
}

/* Expected was what nothing here is called, and nothing of it came. */
static void say_unknown(const struct input *input,
			const struct options *options, const char *expect)
{
	unsigned int line = options->expect ? 0 : input->source.expect;
	char place[INPUT_PLACE_MAX];

	if (!finding_id_is_known(expect))
		complain(
			input_place(input, line, place),
			"no checker is called %s, nor any report; an assertion "
			"of the target may be",
			expect);
}

static int run_file(struct player *player, const char *path,
		    const struct options *options)
{
	static struct input input;
	const struct variant *variant;
	struct ending ending;
	const char *expect;
	bool met, elsewhere;

	if (!command_input(&input, path, options))
		return EXIT_TROUBLE;
	elsewhere = run_is_elsewhere(&input, options);
	variant = elsewhere ? run_elsewhere_variant(&input, options) :
			      input_variant(&input, options);
	if (!variant)
		return EXIT_TROUBLE;
	expect = expected(&input, options, variant);
	if (elsewhere)
		return run_elsewhere(player, variant, &input, expect, options);
	if (options->output) {
		complain(path, "-o is for a story on another target");
		return EXIT_TROUBLE;
	}
	if ((TSAN_ON && !options->policy) ||
	    (is_watched(&input) && strcmp(variant->revert, "none")) ||
	    is_crash(expect))
		play_in_child(player, variant, &input, expect, &ending);
	else
		play_here(player, variant, &input, options, &ending);
	met = !strcmp(ending.id, expect);
	if (!options->quiet || !met)
		leftovers_say(&ending.left, &input, variant->target);
	if (!met)
		say_unknown(&input, options, expect);
	if (options->digest)
		print_digest(&ending);
	if (!options->quiet || !met)
		printf("%s: %s%s%s\n", path, ending.id,
		       met ? "" : ", expected ", met ? "" : expect);
	return met ? EXIT_EXPECTED : EXIT_UNEXPECTED;
}

/* None that would change nothing. */
static bool options_are_used(const struct options *options)
{
	if (!is_random(options) && (options->seed != 1 || options->runs != 1))
		complain(NULL, "run: --seed and --runs are for --policy "
			       "random-walk");
	else if (!options->target && options->schedules != OPTIONS_SCHEDULES)
		complain(NULL, "run: --schedules is for a story on another "
			       "--target");
	else
		return true;
	return false;
}

static int run(int argc, char **argv)
{
	struct options options;
	struct player *player;
	int at, worst = EXIT_EXPECTED;

	at = options_parse(&command_run, argc, argv, "trepsndqLo", &options);
	if (at < 0)
		return -1 - at;
	if (at == argc) {
		complain(NULL, "run: no file");
		return EXIT_TROUBLE;
	}
	if (!policy_known(&options) || !options_are_used(&options))
		return EXIT_TROUBLE;
	player = player_open();
	for (; at < argc; at++) {
		int result = run_file(player, argv[at], &options);

		worst = result > worst ? result : worst;
	}
	return worst;
}

const struct command command_run = {
	.name = "run",
	.about = "Play programs and compare with what they expect.",
	.usage = "[option...] FILE...",
	.help = "  FILE                bytes or text; -: standard input\n"
		"  --target NAME       not the target that the file names: a\n"
		"                      schedule that is told by places of one\n"
		"                      target is looked for anew on the other,\n"
		"                      with one preemption more at most (or\n"
		"                      more: by race reversal, tried first)\n"
		"  -o FILE             the story with the schedule that was\n"
		"                      found, as one of that target\n"
		"  --schedules N       that are tried for that; 200000 if not\n"
		"                      given\n"
		"  --revert NAME|none  not the revert that the file names\n"
		"  --expect ID         a checker's id, or clean\n"
		"  --policy NAME       script (the file's schedule, the default)\n"
		"                      or random-walk, after the file's schedule\n"
		"  --seed N, --runs N  of random walks; the first finding ends\n"
		"  --digest            print each run's digest\n"
		"  --quiet             print only what was not expected\n"
		"exit: 0 all as expected, 1 not, 2 trouble\n",
	.run = run,
};
