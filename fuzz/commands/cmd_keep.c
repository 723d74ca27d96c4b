/* SPDX-License-Identifier: MIT */
/*
 * cmd_keep.c: pagerace keep: a crasher becomes a story of the corpus.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "keep.h"
#include "plural.h"
#include "ticker.h"

static void show_progress(const struct minimize *minimize, void *arg)
{
	struct ticker *ticker = arg;

	if (ticker_due(ticker))
		ticker_say(ticker, "minimizing: %s, %u preemptions, %lu runs",
			   minimize->wanted.id,
			   minimize->best.outcome.preemptions,
			   worker_runs(minimize->worker));
}

/* Minimize what was given. Returns: an exit code. */
static int shorten(struct keep *keep, const struct input *input,
		   struct minimize *minimizing)
{
	*minimizing = (struct minimize){ .worker = keep->worker,
					 .progress = keep->progress,
					 .arg = keep->arg };
	if (!minimize(minimizing, &input->program)) {
		complain(input->path, "no finding on %s, revert %s",
			 keep->variant->target->name, keep->variant->revert);
		return EXIT_UNEXPECTED;
	}
	if (minimizing->stopped) {
		complain(NULL, "stopped; nothing was kept");
		return EXIT_TROUBLE;
	}
	keep->identity = identity_of(&minimizing->best.outcome);
	return EXIT_EXPECTED;
}

/* Returns: an exit code. */
static int compare(struct keep *keep, bool force)
{
	if (force)
		return EXIT_EXPECTED;
	if (!keep_compare(keep)) {
		complain(NULL, "stopped; nothing was kept");
		return EXIT_TROUBLE;
	}
	if (!*keep->duplicate)
		return EXIT_EXPECTED;
	complain(NULL, "a duplicate of %s: %s, and the same two accesses in "
		       "conflict; --force keeps it", keep->duplicate,
		 keep->identity.id);
	return EXIT_UNEXPECTED;
}

static int keep_file(struct keep *keep, const struct input *input,
		     const char *why, bool force)
{
	static struct minimize minimizing;
	const struct outcome *outcome = &minimizing.best.outcome;
	int result = shorten(keep, input, &minimizing);
	unsigned int nr_ops;

	if (result == EXIT_EXPECTED)
		result = compare(keep, force);
	ticker_end(keep->arg);
	if (result != EXIT_EXPECTED)
		return result;
	if (!keep_tell(keep, &minimizing.best.program, why, outcome) ||
	    !keep_write(keep))
		return EXIT_TROUBLE;
	nr_ops = program_nr_ops(&minimizing.best.program);
	printf("kept: %s: %s, %u preemption%s, %u operation%s\n", keep->path,
	       outcome->id, outcome->preemptions, plural(outcome->preemptions),
	       nr_ops, plural(nr_ops));
	return EXIT_EXPECTED;
}

/* Are the words all there? @why gets the lines of --why. */
static bool check_words(const struct options *options, char *why)
{
	if (!options->name || !keep_is_name(options->name))
		complain(NULL, "keep: --name wants lower-case words with "
			       "underscores between them");
	else if (!options->why || !keep_wrap(options->why, why))
		complain(NULL, "keep: --why wants a reason, of at most %d "
			       "letters", TEXT_WHY_MAX - 1);
	else
		return true;
	return false;
}

static int run(int argc, char **argv)
{
	static struct keep keep;
	static struct input input;
	static char why[TEXT_WHY_MAX];
	struct options options;
	struct ticker ticker;
	int result, at = options_parse(&command_keep, argc, argv, "trwNCF",
				       &options);

	if (at < 0)
		return -1 - at;
	if (at + 1 != argc) {
		complain(NULL, "keep: one file");
		return EXIT_TROUBLE;
	}
	if (!check_words(&options, why) ||
	    !command_input(&input, argv[at], &options))
		return EXIT_TROUBLE;
	keep.variant = input_variant(&input, &options);
	keep.corpus = options.corpus ? options.corpus : "corpus";
	keep.make = options.corpus;
	keep.name = options.name;
	if (!keep.variant || !keep_place(&keep))
		return EXIT_TROUBLE;
	ticker_begin(&ticker);
	keep.progress = show_progress;
	keep.arg = &ticker;
	keep.player = player_open();
	keep.worker = worker_open(&keep.player->engine, &keep.player->record,
				  keep.variant->target, command_stop());
	result = keep_file(&keep, &input, why, options.force);
	worker_close(keep.worker);
	return result;
}

const struct command command_keep = {
	.name = "keep",
	.about = "Minimize a crasher and add it to the corpus.",
	.usage = "[option...] --name STORY --why TEXT FILE",
	.help = "  FILE                bytes or text\n"
		"  --name STORY        what happens in it, in lower-case words with\n"
		"                      underscores between them\n"
		"  --why TEXT          why it is kept; broken into lines\n"
		"  --corpus DIR        not ./corpus; made if it is not there; gets\n"
		"                      bugs/REVERT/STORY.prog and\n"
		"                      STORY.trace, which `show` prints\n"
		"  --force             also if a story of that revert has the same\n"
		"                      checker and the same two accesses in conflict\n"
		"  --target NAME, --revert NAME|none\n"
		"                      not those that the file names\n"
		"exit: 0 kept, 1 no finding or a duplicate, 2 trouble\n",
	.run = run,
};
