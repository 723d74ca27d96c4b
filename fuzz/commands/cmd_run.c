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
#include "plural.h"
#include "show.h"
#include "slip.h"
#include "stop_at.h"
#include "tsan_report.h"
#include "worker.h"

#define RUN_MAX 1000000000000000000UL /* number of a run, and so many */

/* The input names a sanitizer, and it looks on in this build. */
static bool is_watched(const struct input *input)
{
	const char *name = input->head.sanitizer;

	return *name && sanitizer_find(name, strlen(name))->on;
}

/* Clean is all that it can be here. */
static void say_unwatched(const struct input *input)
{
	const char *name = input->head.sanitizer;
	char place[INPUT_PLACE_MAX];

	complain(input_place(input, input->source.expect, place),
		 "%s is what -fsanitize=%s reports, which is not in this "
		 "build: here it is clean",
		 input->head.expect, name);
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

/* The policy by chance; NULL: it is the file's schedule. */
static const struct chance_way *way_of(const struct options *options)
{
	return options->policy ? chance_find(options->policy) : NULL;
}

/*
 * Once or, by chance, up to runs times until there is a finding; in a child,
 * which a crash or a sanitizer's report ends. Its text: where nobody expects it.
 */
static void play(struct worker *worker, const struct variant *variant,
		 const struct input *input, const struct options *options,
		 const char *expect, struct outcome *outcome)
{
	struct walks walks = { .way = way_of(options),
			       .depth = (unsigned int)options->depth,
			       .seed = options->seed,
			       .from = options->from - 1 };

	if (walks.way)
		walks.runs = options->runs;
	walks.fork = options->fork;
	worker_aim(worker, variant->target);
	worker_walk(worker, &input->program, &walks,
		    WORKER_DIGEST | WORKER_LEFT, outcome);
	if (!*outcome->id)
		strcpy(outcome->id, "clean");
	if (!outcome->crashed)
		worker_pass_on(worker);
	else if (strcmp(outcome->id, expect))
		fputs(worker_report(worker), stderr);
}

static void print_digest(const struct outcome *outcome)
{
	if (outcome->crashed)
		printf("-------- ");
	else
		printf("%08x ",
		       outcome->run ? outcome->digests : outcome->digest);
}

/*
 * By chance: after how many runs of the seed; of those from a certain one on which
 * it was, or which they were.
 */
static void print_runs(const struct outcome *outcome,
		       const struct options *options)
{
	bool many = !strcmp(outcome->id, "clean") &&
		    outcome->run > options->from;

	if (!outcome->run)
		return;
	if (options->from == 1)
		printf(" after %lu run%s, seed %lu", outcome->run,
		       plural(outcome->run), options->seed);
	else if (many)
		printf(", runs %lu to %lu of seed %lu", options->from,
		       outcome->run, options->seed);
	else
		printf(", run %lu of seed %lu", outcome->run, options->seed);
}

/* Of a crash with the function it happened in. */
static void print_outcome(const char *path, const struct outcome *outcome,
			  const char *expect, const struct options *options)
{
	char words[OUTCOME_WORDS];

	outcome_words(outcome, words);
	printf("%s: %s", path, words);
	print_runs(outcome, options);
	if (strcmp(outcome->id, expect))
		printf(", expected %s", expect);
	putchar('\n');
}

static bool policy_known(const struct options *options)
{
	char hint[SLIP_MAX], list[256] = "script";
	unsigned int i;

	if (!options->policy || !strcmp(options->policy, list) ||
	    way_of(options))
		return true;
	for (i = 0; chance_ways[i]; i++)
		snprintf(list + strlen(list), sizeof(list) - strlen(list),
			 "%s%s", chance_ways[i + 1] ? ", " : " or ",
			 chance_ways[i]->name);
	complain(NULL, "no policy %s: %s%s", options->policy, list,
		 slip_policy(options->policy, hint));
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

/* In this process, with SIGTRAP behind a step; then to its end. */
static int run_stopped(struct player *player, const struct variant *variant,
		       const struct input *input, const char *expect,
		       unsigned long step)
{
	const struct finding *finding = &player->engine.verdict.finding;
	struct stop_at stop_at;
	struct show show;
	const char *id;

	show_play(&show, player, variant, input,
		  stop_at_observer(&stop_at, &player->record, step));
	if (!stop_at.reached) {
		complain(input->path, "no step %lu: its run has %u step%s",
			 step, player->record.nr, plural(player->record.nr));
		return EXIT_TROUBLE;
	}
	id = finding->checker ? finding->id : "clean";
	printf("%s: %s", input->path, id);
	if (strcmp(id, expect))
		printf(", expected %s", expect);
	putchar('\n');
	return strcmp(id, expect) ? EXIT_UNEXPECTED : EXIT_EXPECTED;
}

static int run_file(struct player *player, struct worker *worker,
		    const char *path, const struct options *options)
{
	static struct input input;
	const struct variant *variant;
	struct outcome outcome;
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
	if (elsewhere && options->stop_at) {
		complain(path, "--stop-at is for a story on its own target");
		return EXIT_TROUBLE;
	}
	if (elsewhere)
		return run_elsewhere(player, variant, &input, expect, options);
	if (options->output) {
		complain(path,
			 "-o is for a story on another target, or --anew");
		return EXIT_TROUBLE;
	}
	if (options->stop_at)
		return run_stopped(player, variant, &input, expect,
				   options->stop_at);
	play(worker, variant, &input, options, expect, &outcome);
	met = !strcmp(outcome.id, expect);
	if (!options->quiet || !met)
		leftovers_say(&outcome.left, &input, variant->target);
	if (*input.head.sanitizer && !is_watched(&input) && !options->quiet &&
	    strcmp(variant->revert, "none"))
		say_unwatched(&input);
	if (!met)
		say_unknown(&input, options, expect);
	if (options->digest)
		print_digest(&outcome);
	if (!options->quiet || !met)
		print_outcome(input.path, &outcome, expect, options);
	return met ? EXIT_EXPECTED : EXIT_UNEXPECTED;
}

/* None that would change nothing. */
static bool options_are_used(const struct options *options)
{
	const struct chance_way *way = way_of(options);
	bool counted = options_given(options, 's') ||
		       options_given(options, 'n') ||
		       options_given(options, 'G') || options->fork;

	if (!way && counted)
		complain(NULL,
			 "run: --seed, --runs, --from and --fork are for a "
			 "policy by chance: --policy %s ...",
			 chance_ways[0]->name);
	else if (options_given(options, 'K') && (!way || !way->has_depth))
		complain(NULL, "run: --depth is for --policy pct");
	else if (options->depth > PCT_DEPTH_MAX)
		complain(NULL, "run: --depth is from 1 to %u", PCT_DEPTH_MAX);
	else if (options->from > RUN_MAX || options->runs > RUN_MAX)
		complain(NULL, "run: --from and --runs are at most %lu",
			 RUN_MAX);
	else if (options->stop_at && (options->policy || options->anew))
		complain(NULL, "run: --stop-at is for the file's schedule");
	else if (!options->target && !options->anew &&
		 options->schedules != OPTIONS_SCHEDULES)
		complain(NULL, "run: --schedules is for a story on another "
			       "--target, or --anew");
	else
		return true;
	return false;
}

static int run(int argc, char **argv)
{
	struct options options;
	struct player *player;
	struct worker *worker;
	int at, worst = EXIT_EXPECTED;

	at = options_parse(&command_run, argc, argv, "trepsndqLoKGVO^@",
			   &options);
	if (at < 0)
		return -1 - at;
	if (at == argc && !command_is_program(&options)) {
		complain(NULL, "run: no file");
		return EXIT_TROUBLE;
	}
	if (!policy_known(&options) || !options_are_used(&options))
		return EXIT_TROUBLE;
	if (options.known_races)
		tsan_report_known();
	player = player_open();
	worker = worker_open(&player->engine, &player->record,
			     variants[0].target, NULL);
	if (at == argc)
		worst = run_file(player, worker, NULL, &options);
	for (; at < argc; at++) {
		int result = run_file(player, worker, argv[at], &options);

		worst = result > worst ? result : worst;
	}
	worker_close(worker);
	return worst;
}

const struct command command_run = {
	.name = "run",
	.about = "Play programs and compare with what they expect.",
	.usage = "[option...] FILE...",
	.help = "  FILE                bytes or text; -: standard input. None is\n"
		"                      needed if the target is a program\n"
		"  --target NAME       not the target that the file names: a\n"
		"                      schedule that is told by places of one\n"
		"                      target is looked for anew on the other,\n"
		"                      with one preemption more at most (or\n"
		"                      more: by race reversal, tried first)\n"
		"  --anew              the same on its own target: another\n"
		"                      version of it has other places\n"
		"  -o FILE             the story with the schedule that was\n"
		"                      found, as one of that target\n"
		"  --schedules N       that are tried for that; 200000 if not\n"
		"                      given\n"
		"  --revert NAME|none  not the revert that the file names\n"
		"  --expect ID         a checker's id, or clean\n"
		"  --policy NAME       script (the file's schedule, the default)\n"
		"                      or, after the file's schedule, by chance:\n"
		"                      random-walk, uniform, pct, pos, surw\n"
		"                      (`list policies`)\n"
		"  --seed N, --runs N  by chance; the first finding ends\n"
		"  --from N            by chance: the N-th run of that seed is the\n"
		"                      first (with those that pct and surw learn\n"
		"                      from in front of it)\n"
		"  --depth N           of pct: one more than changes of priority;\n"
		"                      3 if not given\n"
		"  --fork              by chance: each run in a process of its\n"
		"                      own; what differs then was not taken back\n"
		"  --known-races       of plain accesses: a finding under\n"
		"                      ThreadSanitizer, too\n"
		"  --stop-at STEP      for a debugger: SIGTRAP right behind that\n"
		"                      step (of show --verbose), in the frame of\n"
		"                      the task that made it; no child is made\n"
		"  --digest            print the run's digest; by chance, that\n"
		"                      of all of them\n"
		"  --quiet             print only what was not expected\n"
		"Programs are played in a child: one that crashes ends as a\n"
		"finding (segv in FUNCTION), one that does not end as timeout.\n"
		"exit: 0 all as expected, 1 not, 2 trouble\n",
	.run = run,
};
