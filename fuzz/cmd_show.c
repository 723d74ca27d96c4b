/* SPDX-License-Identifier: MIT */
/*
 * cmd_show.c: pagerace show: play one program, and show the run.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "show.h"

void show_table(const struct show *show, FILE *out)
{
	fprintf(out, "%s, revert %s\n", show->trace.engine->target->name,
		show->revert);
	trace_print(&show->trace, out);
	fprintf(out, "replay: pagerace run --revert %s %s\n", show->revert,
		show->file);
}

void show_play(struct show *show, struct stage *stage,
	       const struct variant *variant, const struct input *input)
{
	const struct run_options look = { .record = &stage->record };

	stage->record.timeline = &stage->timeline;
	engine_run(&stage->engine, variant->target, &input->program, &look);
	*show = (struct show){ .revert = variant->revert,
			       .file = input->path };
	trace_init(&show->trace, &stage->engine, &stage->record, false);
	stage->record.timeline = NULL;
}

static int show_file(struct stage *stage, const char *path,
		     const struct options *options)
{
	static struct input input;
	const struct variant *variant;
	struct show show;

	if (!input_load(&input, path))
		return EXIT_TROUBLE;
	variant = input_variant(&input, options);
	if (!variant)
		return EXIT_TROUBLE;
	show_play(&show, stage, variant, &input);
	show.trace.verbose = options->verbose;
	show_table(&show, stdout);
	return EXIT_EXPECTED;
}

static int show(int argc, char **argv)
{
	struct options options;
	int at;

	at = options_parse(&command_show, argc, argv, "trv", &options);
	if (at < 0)
		return -1 - at;
	if (at + 1 != argc) {
		complain(NULL, "show: one file");
		return EXIT_TROUBLE;
	}
	return show_file(stage_open(), argv[at], &options);
}

const struct command command_show = {
	.name = "show",
	.about = "Print the run of a program as a table, a column per task.",
	.usage = "[option...] FILE",
	.help = "  --target NAME, --revert NAME|none  as for run\n"
		"  --verbose                          every step, file:line\n",
	.run = show,
};
