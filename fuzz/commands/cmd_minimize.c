/* SPDX-License-Identifier: MIT */
/*
 * cmd_minimize.c: pagerace minimize: a crasher becomes a short story.
 *
 * Text goes to OUT or standard output, all else to standard error. OUT is
 * there whole or not at all; if it cannot be written in the end, the text goes to
 * standard output.
 */
#include <stdio.h>

#include "command.h"
#include "decided.h"
#include "minimized.h"
#include "ticker.h"

/* ----------------------------------------------------------------- progress */

static void show_progress(const struct minimize *minimize, void *arg)
{
	struct ticker *ticker = arg;

	if (ticker_due(ticker))
		ticker_say(ticker, "%s: %u preemptions, %u operations, %lu runs",
			   minimize->wanted.id,
			   minimize->best.outcome.preemptions,
			   program_nr_ops(&minimize->best.program),
			   worker_runs(minimize->worker));
}

/* ------------------------------------------------------------------ command */

static int write_text(struct input *input, const struct minimize *minimize,
		      const struct variant *variant,
		      const struct options *options)
{
	struct text_head *head = &input->head;

	if (options->target)
		snprintf(head->target, sizeof(head->target), "%s",
			 options->target);
	if (options->why)
		snprintf(head->why, sizeof(head->why), "%s", options->why);
	return minimized_write(minimize, variant, head, options->output) ?
		       EXIT_EXPECTED :
		       EXIT_TROUBLE;
}

static int minimize_file(const char *path, const struct options *options)
{
	static struct input input;
	static struct minimize minimizing;
	const struct variant *variant;
	struct deciding deciding;
	struct ticker ticker;
	struct player *player;
	double took;
	int result;

	if (!output_is_possible(options->output) ||
	    !command_input(&input, path, options))
		return EXIT_TROUBLE;
	variant = input_variant(&input, options);
	if (!variant)
		return EXIT_TROUBLE;
	player = player_open();
	ticker_begin(&ticker);
	minimizing.worker = worker_open(&player->engine, &player->record,
					variant->target, command_stop());
	minimizing.progress = show_progress;
	minimizing.arg = &ticker;
	if (minimize(&minimizing, &input.program)) {
		result = write_text(&input, &minimizing, variant, options);
		took = ticker_end(&ticker);
		if (!minimizing.stopped &&
		    decided_find(&deciding, &player->engine, minimizing.worker,
				 variant, &minimizing.best.program,
				 command_stop()))
			minimized_say_deciding(&deciding, stderr);
		minimized_say(&minimizing, took, stderr);
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
		"included), tasks, access points, switches, then simpler\n"
		"values. An operation is put in where that saves a preemption.\n"
		"The checker's id stays what it was. Control-C: the best so\n"
		"far. Then it is tried which orders decide, as show does.\n"
		"A crash is minimized as a finding is, by the build that\n"
		"sees it; its id is what the sanitizer calls it, and it stays\n"
		"in the same function.\n"
		"exit: 0 minimized, 1 there is no finding, 2 trouble\n",
	.run = run,
};
