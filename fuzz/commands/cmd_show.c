/* SPDX-License-Identifier: MIT */
/*
 * cmd_show.c: pagerace show: play programs, and show how they ran.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "called.h"
#include "command.h"
#include "crash.h"
#include "decided.h"
#include "gates_show.h"
#include "leftovers_text.h"
#include "sites.h"

#define TEXT_MAX (64 * 1024)

/* ------------------------------------------------------------------ outputs */

/* A form of the run, and where it is to go; NULL: not asked for. */
struct form {
	const char *path;
	const char *what; /* it is, in words */
	void (*print)(const struct show *show, FILE *out);
};

enum { FORMS = 3 };

static bool print_form(const struct form *form, const struct show *show)
{
	char *data = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&data, &size);
	bool written;

	ensure(out);
	form->print(show, out);
	ensure(!fclose(out));
	written = output_write(form->path, data, size);
	if (written && strcmp(form->path, "-"))
		complain(form->path, "written: %s", form->what);
	free(data);
	return written;
}

static bool forms_make_sense(const struct form *forms)
{
	int i, j;

	for (i = 0; i < FORMS; i++) {
		for (j = 0; j < i && forms[i].path; j++) {
			if (!forms[j].path ||
			    strcmp(forms[i].path, forms[j].path))
				continue;
			complain(NULL, "show: two outputs to %s",
				 forms[i].path);
			return false;
		}
		if (!output_is_possible(forms[i].path))
			return false;
	}
	return true;
}

/* @more: than one file, or another output. */
static bool gates_make_sense(const struct options *options, bool more)
{
	if (options->vmlinux && !options->gates)
		complain(NULL, "show: --vmlinux is for --gates");
	else if (options->gates && options->quick)
		complain(NULL, "show: --gates are for deciding orders, which "
			       "--quick does not look for");
	else if (options->gates && more)
		complain(NULL, "show: --gates of one file, and nothing else");
	else
		return true;
	return false;
}

/* ------------------------------------------------------------------ command */

/* The program's text, of the variant that was played. */
static void print_text(const struct show *show, const struct input *input,
		       const struct options *options, char *text)
{
	const struct target *target = show->trace.engine->target;
	struct text_head head = input->head;

	if (options->target)
		snprintf(head.target, sizeof(head.target), "%s", target->name);
	snprintf(head.revert, sizeof(head.revert), "%s", show->revert);
	if (options->target || options->revert)
		*head.expect = '\0';
	ensure(text_print(&head, &input->program, sites_names(target), text,
			  TEXT_MAX));
}

/* An absolute path says more about this machine than about the program. */
static const char *file_name(const char *path)
{
	return *path == '/' ? strrchr(path, '/') + 1 : path;
}

/* Nothing was recorded: say what there is to say. */
static int nothing_to_show(const struct input *input,
			   const struct outcome *outcome)
{
	char words[OUTCOME_WORDS];

	outcome_words(outcome, words);
	complain(input->path, "%s, in front of its first step", words);
	return EXIT_TROUBLE;
}

static int show_file(struct player *player, struct worker *worker,
		     const char *path, const struct options *options,
		     const struct form *forms)
{
	static char text[TEXT_MAX];
	static struct input input;
	struct outcome outcome;
	const struct variant *variant;
	struct deciding deciding;
	struct show show;
	bool asked = false;
	int i;

	if (!command_input(&input, path, options))
		return EXIT_TROUBLE;
	variant = input_variant(&input, options);
	if (!variant)
		return EXIT_TROUBLE;
	if (!options->quick &&
	    !decided_find(&deciding, &player->engine, worker, variant,
			  &input.program, command_stop()))
		return EXIT_TROUBLE;
	if (options->gates)
		gates_watch(player);
	if (!crash_play(&show, player, worker, variant, &input, &outcome))
		return nothing_to_show(&input, &outcome);
	if (!options->quick)
		trace_decide(&show.trace, &deciding);
	leftovers_say(&show.left, &input, variant->target);
	if (outcome.crashed && options->verbose)
		fputs(worker_report(worker), stderr);
	print_text(&show, &input, options, text);
	show.text = text;
	if (options->gates)
		return gates_show(player, &show, file_name(path),
				  options->vmlinux);
	for (i = 0; i < FORMS; i++) {
		if (!forms[i].path)
			continue;
		asked = true;
		show.file = file_name(path);
		show.command = file_name(called_as());
		if (!print_form(&forms[i], &show))
			return EXIT_TROUBLE;
	}
	if (options->verbose)
		trace_be_verbose(&show.trace);
	show.trace.colour = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
	if (!asked)
		show_table(&show, stdout);
	return EXIT_EXPECTED;
}

static int show_files(char **paths, int nr, const struct options *options)
{
	const struct form forms[FORMS] = {
		{ options->json, "the run as JSON", show_json },
		{ options->perfetto, "a trace for ui.perfetto.dev",
		  show_perfetto },
		{ options->html, "a page for a browser", show_html },
	};
	bool asked = options->json || options->perfetto || options->html;
	struct player *player;
	struct worker *worker;
	int i, result = EXIT_EXPECTED;

	if (!nr || (asked && nr > 1)) {
		complain(NULL, nr ? "show: one file for an output" :
				    "show: no file");
		return EXIT_TROUBLE;
	}
	if (!forms_make_sense(forms) ||
	    !gates_make_sense(options, nr > 1 || asked))
		return EXIT_TROUBLE;
	player = player_open();
	worker = worker_open(&player->engine, &player->record,
			     variants[0].target, NULL);
	for (i = 0; i < nr && result == EXIT_EXPECTED; i++) {
		if (i)
			putchar('\n');
		result = show_file(player, worker, paths[i], options, forms);
	}
	worker_close(worker);
	return result;
}

static int show(int argc, char **argv)
{
	struct options options;
	int at =
		options_parse(&command_show, argc, argv, "trvJPHR[]", &options);

	if (at < 0)
		return -1 - at;
	return show_files(argv + at, argc - at, &options);
}

const struct command command_show = {
	.name = "show",
	.about = "Show the run of a program: a table, a column per task.",
	.usage = "[option...] FILE...",
	.help = "  --target NAME, --revert NAME|none  as for run\n"
		"  --verbose       every step, numbered, with file:line; free\n"
		"                  lists and cache where a task lost the CPU and\n"
		"                  at the steps in conflict\n"
		"  --quick         without trying which orders decide\n"
		"The deciding orders are the few \"this step before that one\",\n"
		"of different tasks, from which the finding follows, as other\n"
		"schedules of the program show that are played for it: one of\n"
		"each class (explore --all), or some where they are too many.\n"
		"A run that crashes is shown up to there; --verbose prints the\n"
		"sanitizer's report, too.\n"
		"in place of the table, of one FILE (OUT -: standard output):\n"
		"  --html OUT      a page to step through, in one file\n"
		"  --perfetto OUT  for ui.perfetto.dev: a track per task and page\n"
		"  --json OUT      everything, for scripts (fuzz/FORMATS.md)\n"
		"of a Linux story, in place of the table:\n"
		"  --gates         the gates that would force it on a kernel that\n"
		"                  is booted (./build.sh prove): one for each\n"
		"                  switch that a deciding order needs; and what\n"
		"                  cannot be said by gates, and why: then exit 1\n"
		"  --vmlinux FILE  ... of that kernel: which functions it has,\n"
		"                  where others are inlined, offsets by its debug\n"
		"                  information (llvm-symbolizer); or a System.map\n",
	.run = show,
};
