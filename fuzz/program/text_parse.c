/* SPDX-License-Identifier: MIT */
/*
 * text_parse.c: text to program.
 *
 * Reads line by line, word by word, with one function a directive. The first
 * mistake ends it: its message goes to @error, and the caller's head and
 * program stay as they were.
 *
 * Promises:
 *  1. What is accepted is a normal program.
 *  2. No word is ignored: one that has no meaning is a mistake.
 *
 * See: FORMATS.md (grammar), text_line.h (words), text_first.c, text_op.c,
 *      text_switch.c (kinds of lines), text_print.c (the other way).
 */
#include "build.h"
#include "nearest.h"
#include "program.h"
#include "targets.h"
#include "text_line.h"

#include <stdio.h>
#include <string.h>

struct parser {
	struct line line;
	unsigned int seen; /* a bit for each row of directives[] */
	unsigned int seen_cpu, seen_irq; /* a bit for each task */
	struct text_head head;
	struct program program;
	struct text_source source;
};

/* @lines: of its operations, as far as they are there. */
static bool list_parse(struct line *line, struct word whose,
		       struct program_list *list, unsigned int *lines,
		       unsigned int max)
{
	struct word name = line_word(line), gives = { name.text, 0 };
	const char *after = line->at;

	if (list->nr == max)
		return line_fail(line,
				 "too many operations for %.*s (at most %u)",
				 SHOW(whose), max);
	if (word_is(line_word(line), "=")) {
		gives = name;
		name = line_word(line);
	} else {
		line->at = after;
	}
	lines[list->nr] = line->number;
	return line_op(line, gives, name, &list->ops[list->nr]) && ++list->nr;
}

/* ------------------------------------------------------ directives */

static bool target_parse(struct parser *parser)
{
	parser->source.target = parser->line.number;
	return line_copy(&parser->line, parser->head.target);
}

static bool revert_parse(struct parser *parser)
{
	parser->source.revert = parser->line.number;
	return line_copy(&parser->line, parser->head.revert);
}

static bool expect_parse(struct parser *parser)
{
	parser->source.expect = parser->line.number;
	return line_copy(&parser->line, parser->head.expect);
}

static bool sanitizer_parse(struct parser *parser)
{
	struct line *line = &parser->line;
	struct line after = *line;
	struct word word = line_word(&after);

	if (word.length && !sanitizer_find(word.text, word.length))
		return line_fail(line, "unknown sanitizer \"%.*s\" (address, "
				 "memory, undefined, thread)", SHOW(word));
	return line_copy(line, parser->head.sanitizer);
}

/* plain-access COMPILER: what was recorded there means nothing elsewhere. */
static bool build_parse(struct parser *parser)
{
	struct line *line = &parser->line;
	struct word kind = line_word(line), compiler = line_word(line);

	if (!word_is(kind, "plain-access"))
		return kind.length ? line_fail(line, "unknown build \"%.*s\" "
					       "(plain-access)", SHOW(kind)) :
				     line_unexpected(line, kind);
	if (!compiler.length)
		return line_unexpected(line, compiler);
	if (!*BUILD_PLAIN)
		return line_fail(line, "this build has no plain accesses "
				       "(cmake -DPAGERACE_PLAIN=ON)");
	snprintf(parser->head.build, TEXT_WORD_MAX, "%.*s %.*s", SHOW(kind),
		 SHOW(compiler));
	return true;
}

static bool why_parse(struct parser *parser)
{
	struct word more = line_rest(&parser->line);
	char *why = parser->head.why;
	size_t length = strlen(why);

	if (!more.length)
		return line_unexpected(&parser->line, more);
	if (length + 1 + more.length >= TEXT_WHY_MAX)
		return line_fail(&parser->line, "why is too long (at most %d)",
				 TEXT_WHY_MAX - 2);
	if (length)
		why[length++] = '\n';
	memcpy(why + length, more.text, more.length);
	return true;
}

static bool pages_parse(struct parser *parser)
{
	int pages = line_power(&parser->line, "pages", PROGRAM_PAGES_MIN,
			       TARGET_PAGES_MAX);

	parser->source.pages = parser->line.number;
	parser->program.config.pages = pages;
	return pages >= 0;
}

static bool fanout_parse(struct parser *parser)
{
	int slots = line_power(&parser->line, "fanout", 2, 64);

	parser->source.fanout = parser->line.number;
	parser->program.config.fanout_shift = __builtin_ctz(slots);
	return slots >= 0;
}

/* high=N, batch=N or both */
static bool pcp_parse(struct parser *parser)
{
	struct target_config *config = &parser->program.config;
	struct line *line = &parser->line;
	struct word word = line_word(line), value = word;
	int high = 0, batch = 1;
	bool either = word.length;

	if (word_cut(&value, "high=")) {
		high = line_number(line, value, "high", 0, 15);
		value = word = line_word(line);
	}
	if (word_cut(&value, "batch=")) {
		batch = line_number(line, value, "batch", 1, 8);
		word = line_word(line);
	}
	if (word.length || !either)
		return line_unexpected(line, word);
	parser->source.pcp = line->number;
	config->pcp_high = high;
	config->pcp_batch = batch;
	return high >= 0 && batch >= 0;
}

/* A task, for the first time. Returns: -1 after a failure. */
static int new_task_parse(struct line *line, unsigned int *seen)
{
	int task = line_task(line, false);

	if (task >= 0 && *seen & 1U << task) {
		line_fail(line, "repeated for task%d", task);
		return -1;
	}
	if (task >= 0)
		*seen |= 1U << task;
	return task;
}

static bool entry_parse(struct parser *parser, enum entry_kind kind)
{
	struct text_source *source = &parser->source;
	struct program *program = &parser->program;
	unsigned int nr = program->nr_switches;
	struct word site = { NULL, 0 };

	if (nr == PROGRAM_SWITCHES)
		return line_fail(&parser->line,
				 "too many switches (at most %d)",
				 PROGRAM_SWITCHES);
	program->nr_switches++;
	source->switches[nr] = parser->line.number;
	if (!line_switch(&parser->line, kind, &program->switches[nr], &site))
		return false;
	snprintf(source->sites[nr], TEXT_NAME_MAX, "%.*s", (int)site.length,
		 site.length ? site.text : "");
	return true;
}

static bool switch_parse(struct parser *parser)
{
	return entry_parse(parser, ENTRY_SWITCH);
}

static bool delay_parse(struct parser *parser)
{
	return entry_parse(parser, ENTRY_DELAY);
}

static bool stale_parse(struct parser *parser)
{
	return entry_parse(parser, ENTRY_STALE);
}

static bool cpu_parse(struct parser *parser)
{
	struct line *line = &parser->line;
	int task = new_task_parse(line, &parser->seen_cpu), cpu;

	if (task < 0)
		return false;
	cpu = line_number(line, line_word(line), "cpu", 0, MACHINE_CPUS - 1);
	parser->program.tasks[task].cpu = cpu;
	return cpu >= 0;
}

static bool irq_parse(struct parser *parser)
{
	int task = new_task_parse(&parser->line, &parser->seen_irq);

	if (task < 0)
		return false;
	parser->source.irq[task] = parser->line.number;
	parser->program.tasks[task].irq = 1;
	return true;
}

static const struct {
	const char *name;
	bool (*parse)(struct parser *parser);
	bool repeats;
} directives[] = {
	{ "target", target_parse, false },
	{ "revert", revert_parse, false },
	{ "expect", expect_parse, false },
	{ "why", why_parse, true },
	{ "sanitizer", sanitizer_parse, false },
	{ "build", build_parse, false },
	{ "pages", pages_parse, false },
	{ "pcp", pcp_parse, false },
	{ "fanout", fanout_parse, false },
	{ "cpu", cpu_parse, true },
	{ "irq", irq_parse, true },
	{ "preempt", switch_parse, true },
	{ "switch", switch_parse, true },
	{ "delay", delay_parse, true },
	{ "stale", stale_parse, true },
};

/* ----------------------------------------------------------- lines */

/* No task, no directive. Returns: false. */
static bool directive_fail(struct line *line, struct word word)
{
	struct word after = word;
	struct nearest nearest;
	size_t i;

	if (word_cut(&after, "task") &&
	    (!after.length || (*after.text >= '0' && *after.text <= '9')))
		return line_fail(line,
				 "unknown task \"%.*s\" (task0 to "
				 "task%d)",
				 SHOW(word), PROGRAM_TASKS - 1);
	nearest_begin(&nearest, word.text, word.length);
	nearest_offer(&nearest, "setup");
	nearest_offer(&nearest, "task0");
	for (i = 0; i < sizeof(directives) / sizeof(directives[0]); i++)
		nearest_offer(&nearest, directives[i].name);
	return line_fail(line, "unknown directive \"%.*s\"%s", SHOW(word),
			 nearest_hint(&nearest));
}

static bool line_parse(struct parser *parser)
{
	struct program *program = &parser->program;
	struct line *line = &parser->line;
	struct word word = line_word(line);
	int task = word_number(word, "task", PROGRAM_TASKS - 1);
	size_t i;

	if (!word.length || *word.text == '#')
		return true;
	if (task >= 0)
		return list_parse(line, word, &program->tasks[task],
				  parser->source.ops[task], PROGRAM_OPS);
	if (word_is(word, "setup"))
		return list_parse(line, word, &program->setup,
				  parser->source.setup, PROGRAM_SETUP_OPS);
	for (i = 0; i < sizeof(directives) / sizeof(directives[0]); i++) {
		if (!word_is(word, directives[i].name))
			continue;
		if (parser->seen & 1U << i && !directives[i].repeats)
			return line_fail(line, "repeated \"%.*s\"", SHOW(word));
		parser->seen |= 1U << i;
		return directives[i].parse(parser) && line_done(line);
	}
	return directive_fail(line, word);
}

/* The target that text up to @end says it is for; NULL: none that is here. */
static const struct target *named_target(const char *at, const char *end)
{
	struct line line = { .at = at };
	char name[TEXT_WORD_MAX];
	const struct variant *variant = NULL;

	for (; at < end && !variant; at = line.end + 1) {
		line.at = at;
		line.end = memchr(at, '\n', end - at);
		if (!line.end)
			line.end = end;
		if (word_is(line_word(&line), "target") &&
		    line_copy(&line, name))
			variant = targets_find(name, NULL);
	}
	return variant ? variant->target : NULL;
}

/* One line, of text that ends at @end. */
static bool any_parse(struct parser *parser, const char *end)
{
	struct line *line = &parser->line;

	if (line->number == 1)
		return line_first(line, end);
	return line_is_text(line) && line_parse(parser);
}

bool text_parse_source(const char *data, size_t size, struct text_head *head,
		       struct program *program, struct text_source *source,
		       char *error, size_t error_size)
{
	struct parser parser = { .line = { .error = error,
					   .error_size = error_size } };
	const char *at = data, *end = data + size, *newline;
	struct line *line = &parser.line;

	program_clear(&parser.program);
	line->target = named_target(data, end);
	do {
		newline = at < end ? memchr(at, '\n', end - at) : NULL;
		line->at = at;
		line->end = newline ? newline : end;
		line->number++;
		if (line->end > line->at && line->end[-1] == '\r')
			line->end--;
		if (!any_parse(&parser, end))
			return false;
		at = newline ? newline + 1 : end;
	} while (at < end);

	*head = parser.head;
	*program = parser.program;
	if (source)
		*source = parser.source;
	return true;
}

bool text_parse(const char *data, size_t size, struct text_head *head,
		struct program *program, char *error, size_t error_size)
{
	return text_parse_source(data, size, head, program, NULL, error,
				 error_size);
}
