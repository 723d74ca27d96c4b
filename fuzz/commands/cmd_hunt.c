/* SPDX-License-Identifier: MIT */
/*
 * cmd_hunt.c: pagerace hunt: fuzz a target until it breaks a promise, make the
 * smallest program of that, and show it. build.sh hunt builds, and calls it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include "called.h"
#include "command.h"
#include "crash.h"
#include "decided.h"
#include "file.h"
#include "hunt.h"
#include "hunt_program.h"
#include "minimized.h"
#include "ticker.h"

#define LIMIT_S 300
#define LOG_LINES 20 /* of a fuzz target that failed */

struct prey {
	struct hunt hunt;
	const struct variant *variant;
	struct player *player;
	char fuzzer[PATH_MAX], dir[PATH_MAX];
	char input[CAMPAIGN_PATH], text[CAMPAIGN_PATH]; /* of what it found */
};

/* --------------------------------------------------------- before it begins */

static bool find_fuzzer(struct prey *prey, const struct options *options)
{
	const struct variant *variant = prey->variant;

	if (options->fuzzer) {
		snprintf(prey->fuzzer, PATH_MAX, "%s", options->fuzzer);
	} else if (!*variant->sibling ||
		   !command_beside(variant->sibling, prey->fuzzer)) {
		complain(NULL,
			 "hunt: no fuzz target of %s, revert %s, was built "
			 "with this command; --fuzzer BINARY names one",
			 variant->target->name, variant->revert);
		return false;
	}
	if (!access(prey->fuzzer, X_OK))
		return true;
	complain(prey->fuzzer,
		 "%s; it is the fuzz target of %s, revert %s: "
		 "build it, or name another by --fuzzer BINARY",
		 strerror(errno), variant->target->name, variant->revert);
	return false;
}

static bool choose_seed(struct hunt *hunt, const struct options *options)
{
	if (!options_given(options, 's')) {
		ensure(getrandom(&hunt->seed, sizeof(hunt->seed), 0) ==
		       sizeof(hunt->seed));
	} else if (options->seed > UINT_MAX) {
		complain(NULL, "hunt: --seed takes at most %u", UINT_MAX);
		return false;
	} else {
		hunt->seed = (unsigned int)options->seed;
	}
	hunt->seed += !hunt->seed;
	return true;
}

static bool name_folder(struct prey *prey, const struct options *options)
{
	const struct variant *variant = prey->variant;
	bool plain = !strcmp(variant->revert, "none");

	if (snprintf(prey->dir, PATH_MAX - 64, "%s/%s%s%s/seed-%u",
		     options->findings ? options->findings : "findings",
		     variant->target->name, plain ? "" : "-",
		     plain ? "" : variant->revert,
		     prey->hunt.seed) < PATH_MAX - 64)
		return true;
	complain(options->findings, "%s", strerror(ENAMETOOLONG));
	return false;
}

static void show_progress(const struct hunt *hunt)
{
	const struct campaign_worker *process = &hunt->process;
	char number[32], words[PULSE_TEXT];

	pulse_words(&process->pulse, words);
	printf("  %4.0f s  %10s executions  %6u features  corpus %u%s%s\n",
	       campaign_now() - hunt->began,
	       ticker_number(process->executions, number), process->features,
	       process->entries, *words ? "  " : "", words);
	fflush(stdout);
}

static bool prepare(struct prey *prey, const struct options *options)
{
	struct hunt *hunt = &prey->hunt;

	prey->variant = input_variant(NULL, options);
	if (!prey->variant || !find_fuzzer(prey, options) ||
	    !choose_seed(hunt, options) || !name_folder(prey, options))
		return false;
	hunt->fuzzer = prey->fuzzer;
	hunt->dir = prey->dir;
	hunt->limit = options_given(options, 'T') ? options->time : LIMIT_S;
	hunt->runs = options_given(options, 'n') ? options->runs : 0;
	hunt->memory = options->memory;
	hunt->stop = command_stop();
	hunt->progress = show_progress;
	if (hunt_read_options(hunt))
		return true;
	complain(NULL, "%s", hunt->trouble);
	return false;
}

/* ------------------------------------------------------------- what was found */

/* @name is its identity's, with an ending. */
static void rename_input(struct prey *prey, const char *id)
{
	char name[TEXT_WORD_MAX + 8];

	snprintf(name, sizeof(name), "%s.bin", id);
	hunt_path(&prey->hunt, name, prey->input);
	if (rename(prey->hunt.artifact, prey->input))
		snprintf(prey->input, sizeof(prey->input), "%s",
			 prey->hunt.artifact);
	snprintf(name, sizeof(name), "%s.prog", id);
	hunt_path(&prey->hunt, name, prey->text);
}

/* The table, or of what crashed in front of its first step a line. */
static void show_story(struct prey *prey, struct worker *worker)
{
	static struct input input;
	struct outcome outcome;
	char words[OUTCOME_WORDS];
	struct deciding deciding;
	struct show show;

	ensure(input_load(&input, prey->text));
	decided_find(&deciding, &prey->player->engine, worker, prey->variant,
		     &input.program, NULL);
	if (crash_play(&show, prey->player, worker, prey->variant, &input,
		       &outcome)) {
		trace_decide(&show.trace, &deciding);
		show_table(&show, stdout);
		return;
	}
	outcome_words(&outcome, words);
	printf("%s, revert %s\n%s\nreplay: %s run %s\n",
	       prey->variant->target->name, prey->variant->revert, words,
	       called_as(), prey->text);
}

static void say_found(const struct hunt *hunt, const char *what)
{
	printf("found %s after %lu executions in %.1f s, seed %u\n", what,
	       hunt_executions(hunt), hunt->took, hunt->seed);
}

/* There is no program that shows it: say what the fuzz target said. */
static int without_story(struct prey *prey, const char *why)
{
	const struct hunt *hunt = &prey->hunt;
	const struct report *report = &hunt->report;
	bool ours = !strcmp(report->type, "ASSERT");
	const char *what = ours ? report->state[0] : report->type;

	if (!strncmp(what, "UNKNOWN", 7))
		what = "segv";
	if (!ours && *what)
		printf("%s in %s\n", what, report->state[0]);
	if (*hunt->artifact)
		printf("input: %s\n", hunt->artifact);
	printf("%s; all that the fuzz target said: %s/log\n", why, hunt->dir);
	say_found(hunt, *what ? what : "a crash");
	return EXIT_EXPECTED;
}

static int tell(struct prey *prey, struct minimize *minimizing, double took)
{
	const struct outcome *outcome = &minimizing->best.outcome;
	struct text_head head = { .why = "" };

	rename_input(prey, outcome->id);
	snprintf(head.target, sizeof(head.target), "%s",
		 prey->variant->target->name);
	snprintf(head.why, sizeof(head.why),
		 "found by fuzzing from an empty corpus, seed %u",
		 prey->hunt.seed);
	if (!minimized_write(minimizing, prey->variant, &head, prey->text))
		return EXIT_TROUBLE;
	hunt_forget_corpus(&prey->hunt);
	printf("\n");
	show_story(prey, minimizing->worker);
	printf("\ninput: %s\ntext: %s\n", prey->input, prey->text);
	minimized_say(minimizing, took, stdout);
	say_found(&prey->hunt, outcome->id);
	return EXIT_EXPECTED;
}

static void on_minimizing(const struct minimize *minimize, void *arg)
{
	struct ticker *ticker = arg;

	if (ticker_due(ticker))
		ticker_say(ticker, "minimizing: %s, %u preemptions, %lu runs",
			   minimize->wanted.id,
			   minimize->best.outcome.preemptions,
			   worker_runs(minimize->worker));
}

static int make_story(struct prey *prey)
{
	static struct minimize minimizing;
	static struct program program;
	struct ticker ticker;
	size_t size;
	char *data = file_read(prey->hunt.artifact, &size);
	int result;
	bool found;

	if (!data)
		return without_story(prey, strerror(errno));
	program_decode((const uint8_t *)data, size, &program);
	free(data);
	prey->player = player_open();
	ticker_begin(&ticker);
	minimizing = (struct minimize){
		.worker = worker_open(&prey->player->engine,
				      &prey->player->record,
				      prey->variant->target, prey->hunt.stop),
		.progress = on_minimizing,
		.arg = &ticker,
	};
	found = minimize(&minimizing, &program);
	if (found)
		result = tell(prey, &minimizing, ticker_end(&ticker));
	else
		result = without_story(
			prey,
			minimizing.stopped ?
				"stopped before it was minimized" :
				"played again by this command it is clean");
	worker_close(minimizing.worker);
	return result;
}

/* ------------------------------------------------------------------- command */

/* The fuzz target is no good: the end of its log says why. */
static int say_trouble(const struct hunt *hunt)
{
	char path[CAMPAIGN_PATH];
	size_t size, lines = 0;
	char *text = file_read(hunt_path(hunt, "log", path), &size), *at;

	for (at = text + (text ? size : 0); at > text; at--)
		if (at[-1] == '\n' && ++lines > LOG_LINES)
			break;
	fputs(text ? at : "", stderr);
	complain(NULL, "%s; all of it: %s", hunt->trouble, path);
	free(text);
	return EXIT_TROUBLE;
}

static bool is_weak(const struct prey *prey)
{
	if (prey->hunt.memory)
		return !strcmp(prey->hunt.memory, "weak");
	return targets_weak(prey->variant);
}

static int hunt_on(struct prey *prey)
{
	struct hunt *hunt = &prey->hunt;
	char words[PULSE_TEXT];

	printf("hunting on %s, revert %s: empty corpus, seed %u, at most %lu s%s\n",
	       prey->variant->target->name, prey->variant->revert, hunt->seed,
	       hunt->limit, is_weak(prey) ? ", weak memory" : "");
	fflush(stdout);
	if (!hunt_run(hunt))
		return say_trouble(hunt);
	if (*hunt->artifact)
		return make_story(prey);
	if (hunt->found)
		return without_story(prey, "the fuzz target left no input");
	if (hunt->stopped) {
		complain(NULL, "stopped after %.1f s; nothing was found",
			 hunt->took);
		return EXIT_TROUBLE;
	}
	printf("nothing found on %s, revert %s, in %lu executions, %.1f s, "
	       "seed %u; %s\n",
	       prey->variant->target->name, prey->variant->revert,
	       hunt_executions(hunt), hunt->took, hunt->seed,
	       is_weak(prey) ? "weak memory" :
			       "sequentially consistent memory");
	if (*pulse_words(&hunt->process.pulse, words))
		printf("%s (%lu features of schedules)\n", words,
		       hunt->process.pulse.seen);
	return EXIT_UNEXPECTED;
}

/* It has no fuzz target, and needs none. */
static int hunt_schedules(struct prey *prey, const struct options *options)
{
	struct hunt_program hunt = {
		.variant = prey->variant,
		.limit = options_given(options, 'T') ? options->time : LIMIT_S,
		.runs = options_given(options, 'n') ? options->runs : 0,
		.dir = prey->dir,
		.stop = command_stop(),
	};

	if (!choose_seed(&prey->hunt, options) || !name_folder(prey, options))
		return EXIT_TROUBLE;
	hunt.seed = prey->hunt.seed;
	return hunt_program(&hunt);
}

static int run(int argc, char **argv)
{
	static struct prey prey;
	struct options options;
	int at = options_parse(&command_hunt, argc, argv, "trsnTZDQ", &options);

	if (at < 0)
		return -1 - at;
	if (argc - at > 1 || (at < argc && options.revert)) {
		complain(NULL, "hunt: one revert");
		return EXIT_TROUBLE;
	}
	if (at < argc)
		options.revert = argv[at];
	if (options.memory && strcmp(options.memory, "sc") != 0 &&
	    strcmp(options.memory, "weak") != 0) {
		complain(NULL, "hunt: --memory takes sc or weak, not %s",
			 options.memory);
		return EXIT_TROUBLE;
	}
	if (command_is_program(&options)) {
		prey.variant = input_variant(NULL, &options);
		return prey.variant ? hunt_schedules(&prey, &options) :
				      EXIT_TROUBLE;
	}
	return prepare(&prey, &options) ? hunt_on(&prey) : EXIT_TROUBLE;
}

const struct command command_hunt = {
	.name = "hunt",
	.about = "Fuzz a target until it breaks a promise, and show how.",
	.usage = "[option...] [REVERT]",
	.help = "  REVERT              or mistake, taken out of the target; left out:\n"
		"                      the target as it is\n"
		"  --target NAME       not the first that there is\n"
		"  --seed N            left out: a random one, which is said\n"
		"  --time S            seconds at most; left out: 300\n"
		"  --runs N            executions at most; left out: any number\n"
		"  --memory sc|weak    are accesses reordered as well? Left out: as the\n"
		"                      target asks for\n"
		"  --fuzzer BINARY     a libFuzzer binary of that target and revert;\n"
		"                      left out: the one that was built beside this\n"
		"                      command. BINARY.options has its options\n"
		"  --findings DIR      not ./findings; DIR/TARGET-REVERT/seed-N is made\n"
		"                      anew, and gets ID.bin, ID.prog and the log\n"
		"A target that is a program with threads has no fuzz target: its\n"
		"schedules are drawn, by all policies in turn.\n"
		"The corpus is empty to begin with. What is found is minimized, as\n"
		"`minimize` does it, and shown.\n"
		"exit: 0 found, 1 nothing, 2 trouble or stopped\n",
	.run = run,
};
