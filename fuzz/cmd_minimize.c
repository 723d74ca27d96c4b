/* SPDX-License-Identifier: MIT */
/*
 * cmd_minimize.c: pagerace minimize: a crasher becomes a short story.
 *
 * Text goes to OUT or standard output, all else to standard error. OUT is
 * there whole or not at all.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "minimize.h"

#define TEXT_MAX (64 * 1024)

/* A signal handler has nothing else to write to. */
static volatile sig_atomic_t stop;

static void on_signal(int signal)
{
	(void)signal;
	stop = 1;
}

/* No SA_RESTART: what waits for the worker is to wake up. */
static void catch_signals(void)
{
	const struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

/* ----------------------------------------------------------------- progress */

struct clock {
	double begin, shown; /* seconds */
	bool terminal;
	bool dirty; /* there is a line to be wiped out */
};

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void show_progress(const struct minimize *minimize, void *arg)
{
	struct clock *clock = arg;
	double now = seconds();

	if (now - clock->shown < (clock->terminal ? 0.2 : 5))
		return;
	clock->shown = now;
	clock->dirty = clock->terminal;
	fprintf(stderr, "%s%s: %u preemptions, %u operations, %lu runs%s",
		clock->terminal ? "\r\033[K" : "", minimize->wanted.id,
		minimize->best.outcome.preemptions,
		program_nr_ops(&minimize->best.program),
		worker_runs(minimize->worker), clock->terminal ? "" : "\n");
}

static void say_result(const struct minimize *minimize,
		       const struct clock *clock)
{
	const struct outcome *outcome = &minimize->best.outcome;

	if (clock->dirty)
		fprintf(stderr, "\r\033[K");
	if (minimize->stopped)
		fprintf(stderr, "interrupted: the best so far\n");
	else if (!outcome->preemptions)
		fprintf(stderr, "no preemption is needed\n");
	else
		fprintf(stderr, "no finding with one preemption less among %s"
				"%lu schedules tried\n",
			minimize->exhaustive ? "all " : "", minimize->tried);
	fprintf(stderr,
		"minimized: %s, %u preemptions, %u operations, %lu runs, "
		"%.1f s\n",
		outcome->id, outcome->preemptions,
		program_nr_ops(&minimize->best.program),
		worker_runs(minimize->worker), seconds() - clock->begin);
}

/* ------------------------------------------------------------------ command */

static int write_text(struct input *input, const struct minimize *minimize,
		      const struct variant *variant,
		      const struct options *options)
{
	static char text[TEXT_MAX];
	struct text_head *head = &input->head;
	size_t size;

	if (options->target)
		snprintf(head->target, sizeof(head->target), "%s",
			 options->target);
	snprintf(head->revert, sizeof(head->revert), "%s", variant->revert);
	snprintf(head->expect, sizeof(head->expect), "%s",
		 minimize->best.outcome.id);
	if (options->why)
		snprintf(head->why, sizeof(head->why), "%s", options->why);
	size = text_print(head, &minimize->best.program, variant->target, text,
			  sizeof(text));
	ensure(size);
	return output_replace(options->output, text, size) ? EXIT_EXPECTED :
							     EXIT_TROUBLE;
}

static int minimize_file(const char *path, const struct options *options)
{
	static struct input input;
	static struct minimize minimizing;
	struct clock clock = { .begin = seconds(),
			       .terminal = isatty(STDERR_FILENO) };
	const struct variant *variant;
	struct stage *stage;
	int result;

	if (!input_load(&input, path))
		return EXIT_TROUBLE;
	variant = input_variant(&input, options);
	if (!variant)
		return EXIT_TROUBLE;
	stage = stage_open();
	clock.shown = clock.begin;
	minimizing.worker = worker_open(&stage->engine, &stage->record,
					variant->target, &stop);
	minimizing.progress = show_progress;
	minimizing.arg = &clock;
	if (minimize(&minimizing, &input.program)) {
		result = write_text(&input, &minimizing, variant, options);
		say_result(&minimizing, &clock);
	} else if (minimizing.stopped) {
		complain(path, "interrupted before it was played");
		result = EXIT_TROUBLE;
	} else {
		complain(path, "no finding on %s, revert %s",
			 variant->target->name, variant->revert);
		result = EXIT_UNEXPECTED;
	}
	worker_close(minimizing.worker);
	return result;
}

static int run(int argc, char **argv)
{
	struct options options;
	int at = options_parse(&command_minimize, argc, argv, "trow", &options);

	if (at < 0)
		return -1 - at;
	if (at + 1 != argc) {
		complain(NULL, "minimize: one file");
		return EXIT_TROUBLE;
	}
	catch_signals();
	return minimize_file(argv[at], &options);
}

const struct command command_minimize = {
	.name = "minimize",
	.about = "Make the smallest program that breaks the same promise.",
	.usage = "[option...] FILE",
	.help = "  FILE                bytes or text; -: standard input\n"
		"  -o, --output FILE   not to standard output; written when\n"
		"                      all is done\n"
		"  --target NAME       not the target that the file names\n"
		"  --revert NAME|none  not the revert that the file names\n"
		"  --why TEXT          not the reasons that the file gives\n"
		"Smaller is: fewer preemptions, then fewer operations (set-up\n"
		"included), access points, switches, then simpler values. The\n"
		"checker's id stays what it was. Control-C: the best so far.\n"
		"exit: 0 minimized, 1 there is no finding, 2 trouble\n",
	.run = run,
};
