/* SPDX-License-Identifier: MIT */
/*
 * cmd_report.c: pagerace report: all that a maintainer may want to have of a
 * finding, in a folder.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "called.h"
#include "command.h"
#include "crash.h"
#include "decided.h"
#include "file.h"
#include "leftovers_text.h"
#include "report_text.h"
#include "sites.h"

#define TEXT_MAX (64 * 1024)
#define SCHEDULES 20000 /* of each that is asked, if nobody says */

struct reporter {
	const struct options *options;
	struct player *player;
	struct worker *worker;
	struct input input;
	const struct variant *variant;
	struct outcome outcome;
	struct deciding deciding;
	struct show show;
	struct report_text text;
	char program[TEXT_MAX];
};

/* ------------------------------------------------------------------- asking */

/* Is it a variant of @target without the repair that @own is without? */
static bool lacks_the_same(const struct variant *variant,
			   const struct variant *own)
{
	return strcmp(own->revert, "none") &&
	       ((*own->alias && !strcmp(variant->alias, own->alias)) ||
		!strcmp(variant->revert, own->revert));
}

/* The same code, or code that needed the same repair. */
static bool is_akin(const struct target *target, const struct variant *own)
{
	const struct variant *variant;

	if (!strcmp(target->name, own->target->name))
		return true;
	for (variant = variants; variant->target; variant++)
		if (!strcmp(variant->target->name, target->name) &&
		    lacks_the_same(variant, own))
			return true;
	return false;
}

/*
 * As it is, or without the same repair. With reorderings itself as well: where
 * nothing is found in it, nothing is said about others.
 */
static bool is_to_be_asked(const struct reporter *it,
			   const struct variant *variant)
{
	const struct variant *own = it->variant;

	if (variant == own)
		return program_nr_reorderings(&it->input.program);
	return !*variant->sanitizer && is_akin(variant->target, own) &&
	       (!strcmp(variant->revert, "none") ||
		lacks_the_same(variant, own)) &&
	       asked_has_all(variant->target, &it->input.program);
}

/* Returns: false if it was stopped. */
static bool ask(struct reporter *it, struct asked *asked, const char *expect)
{
	const unsigned long limit = options_given(it->options, 'L') ?
					    it->options->schedules :
					    SCHEDULES;

	/* With reorderings all schedules take long: no more than the story has. */
	const bool weak = program_nr_reorderings(&it->input.program);

	return asked_find(asked, it->worker, &it->input.program,
			  it->variant->target, expect,
			  it->outcome.preemptions + !weak, limit);
}

static bool ask_all(struct reporter *it)
{
	struct report_text *text = &it->text;
	const struct variant *variant;

	for (variant = variants; variant->target; variant++) {
		if (!is_to_be_asked(it, variant) || text->nr == REPORT_ASKED)
			continue;
		text->asked[text->nr].variant = variant;
		if (!ask(it, &text->asked[text->nr++], it->outcome.id))
			return false;
	}
	return !text->fixed.variant || ask(it, &text->fixed, "clean");
}

/* ------------------------------------------------------------------ writing */

struct report_file {
	const char *name;
	void (*print)(const struct reporter *it, FILE *out);
};

static void print_markdown(const struct reporter *it, FILE *out)
{
	report_markdown(&it->text, out);
}

static void print_mail(const struct reporter *it, FILE *out)
{
	report_mail(&it->text, out);
}

static void print_page(const struct reporter *it, FILE *out)
{
	show_html(&it->show, out);
}

static void print_json(const struct reporter *it, FILE *out)
{
	show_json(&it->show, out);
}

static void print_program(const struct reporter *it, FILE *out)
{
	fputs(it->program, out);
}

static bool write_part(const struct reporter *it,
		       const struct report_file *part)
{
	char path[PATH_MAX], *data = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&data, &size);
	bool written;

	ensure(out);
	part->print(it, out);
	ensure(!fclose(out));
	snprintf(path, sizeof(path), "%s/%s", it->options->output, part->name);
	written = file_make_way(path);
	if (!written)
		complain(path, "%s", strerror(errno));
	written = written && output_write(path, data, size);
	free(data);
	return written;
}

static bool write_all(const struct reporter *it)
{
	char page[REPORT_PAGE];
	const struct report_file parts[] = {
		{ "report.md", print_markdown },
		{ "mail.txt", print_mail },
		{ page, print_page },
		{ "run.json", print_json },
		{ "story.prog", print_program },
	};
	size_t i;

	report_page(&it->text, page);
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!write_part(it, &parts[i]))
			return false;
	complain(it->options->output,
		 "written: report.md, mail.txt, %s, "
		 "run.json, story.prog",
		 page);
	return true;
}

/* ------------------------------------------------------------------ command */

/* The run itself, last of all: what is printed is of it. */
static bool play(struct reporter *it)
{
	struct text_head head = it->input.head;

	if (!crash_play(&it->show, it->player, it->worker, it->variant,
			&it->input, &it->outcome))
		return false;
	trace_decide(&it->show.trace, &it->deciding);
	leftovers_say(&it->show.left, &it->input, it->variant->target);
	it->show.command = called_name();
	it->show.file = "story.prog";
	it->show.text = it->program;
	snprintf(head.target, sizeof(head.target), "%s",
		 it->variant->target->name);
	snprintf(head.revert, sizeof(head.revert), "%s", it->variant->revert);
	snprintf(head.expect, sizeof(head.expect), "%s", it->outcome.id);
	return text_print(&head, &it->input.program,
			  sites_names(it->variant->target), it->program,
			  sizeof(it->program));
}

static int report_it(struct reporter *it)
{
	const char *path = it->input.path;

	it->worker = worker_open(&it->player->engine, &it->player->record,
				 it->variant->target, command_stop());
	if (!worker_run(it->worker, &it->input.program, 0, &it->outcome))
		return EXIT_TROUBLE;
	if (!*it->outcome.id) {
		complain(path, "clean: there is nothing to report");
		return EXIT_UNEXPECTED;
	}
	it->text.show = &it->show;
	it->text.variant = it->variant;
	it->text.expect = it->outcome.id;
	it->text.why = it->input.head.why;
	if (!ask_all(it) ||
	    !decided_find(&it->deciding, &it->player->engine, it->worker,
			  it->variant, &it->input.program, command_stop()) ||
	    !play(it)) {
		complain(path, "interrupted: nothing was written");
		return EXIT_TROUBLE;
	}
	return write_all(it) ? EXIT_EXPECTED : EXIT_TROUBLE;
}

static int report_of(const char *path, const struct options *options)
{
	static struct reporter it;
	int result;

	it.options = options;
	if (!options->output || !output_folder_is_possible(options->output)) {
		if (!options->output)
			complain(NULL, "report: -o DIR says where to");
		return EXIT_TROUBLE;
	}
	if (options->notes &&
	    !report_notes_read(&it.text.notes, options->notes))
		return EXIT_TROUBLE;
	if (!command_input(&it.input, path, options))
		return EXIT_TROUBLE;
	it.variant = input_variant(&it.input, options);
	if (!it.variant)
		return EXIT_TROUBLE;
	if (options->fixed_by)
		it.text.fixed.variant = targets_find(it.variant->target->name,
						     options->fixed_by);
	if (options->fixed_by && !it.text.fixed.variant) {
		complain(NULL, "report: --fixed-by %s: no such revert of %s",
			 options->fixed_by, it.variant->target->name);
		return EXIT_TROUBLE;
	}
	it.player = player_open();
	result = report_it(&it);
	worker_close(it.worker);
	return result;
}

static int report(int argc, char **argv)
{
	struct options options;
	int at = options_parse(&command_report, argc, argv, "troLX_", &options);

	if (at < 0)
		return -1 - at;
	if (argc - at != 1) {
		complain(NULL, "report: one file");
		return EXIT_TROUBLE;
	}
	return report_of(argv[at], &options);
}

const struct command command_report = {
	.name = "report",
	.about = "Write all that a maintainer may want of a finding.",
	.usage = "[option...] FILE -o DIR",
	.help = "  --target NAME, --revert NAME|none  as for run\n"
		"  --fixed-by NAME    a variant of the target that has the fix,\n"
		"                     none: as it is; its schedules are tried, too\n"
		"  --notes FILE       what a person knows of it and no run shows:\n"
		"                     lines of at most 80 columns; \"# TITLE\" above\n"
		"                     them is the title; of logs of ./build.sh prove\n"
		"                     target/linux/prove/digest.sh makes such lines\n"
		"  --schedules N      tried of each target that is asked (20000)\n"
		"Into DIR go report.md, mail.txt (the same, as a mail of 80 columns),\n"
		"a page for a browser that is called after the finding, run.json and\n"
		"story.prog, which plays it again. Asked is each target of this build\n"
		"that needs the same repair and has the operations, as it is and\n"
		"without it.\n",
	.run = report,
};
