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
 *  2. No word is ignored: what would have no effect is a mistake.
 *
 * See: FORMATS.md (grammar), text_line.h (words), text_switch.c (the schedule),
 *      text_print.c (the other way).
 */
#include "build.h"
#include "operation.h"
#include "program.h"
#include "text_line.h"

#include <stdio.h>
#include <string.h>

#define MAGIC "pagerace "

struct parser {
	struct line line;
	unsigned int seen; /* a bit for each row of directives[] */
	unsigned int seen_cpu, seen_irq; /* a bit for each task */
	struct text_head head;
	struct program program;
};

/* ------------------------------------------------------- operations */

static bool handle_parse(struct line *line, struct word word,
			 enum handle_kind kind, uint8_t *handle)
{
	const char *letter = kind == HANDLE_BLOCK ? "b" : "r";
	int number = word_number(word, letter, PROGRAM_HANDLES - 1);

	*handle = number;
	if (number >= 0)
		return true;
	if (!word.length)
		return line_fail(line, "missing operand (%s0 to %s7)", letter,
				 letter);
	return line_fail(line, "%.*s: handles are %s0 to %s7", SHOW(word),
			 letter, letter);
}

/* The words count=N, order=N and compound, each once, as far as @allowed. */
static bool arguments_parse(struct line *line, unsigned int allowed,
			    struct program_op *op)
{
	struct word word, value;
	unsigned int arg;
	int number;

	while ((word = value = line_word(line)).length) {
		if (word_cut(&value, "count=")) {
			arg = ARG_COUNT;
			number = line_number(line, value, "count", 1,
					     TARGET_BATCH_MAX);
			op->count = number;
		} else if (word_cut(&value, "order=")) {
			arg = ARG_ORDER;
			number = line_number(line, value, "order", 0,
					     PROGRAM_ORDER_MAX);
			op->order = number;
		} else {
			arg = word_is(word, "compound") ? ARG_COMPOUND : 0;
			number = op->compound = 1;
		}
		if (!(allowed & arg))
			return line_unexpected(line, word);
		if (number < 0)
			return false;
		allowed &= ~arg;
	}
	return !op->compound || op->order ||
	       line_fail(line, "compound needs an order from 1");
}

/* @gives: the word before "=", if any; @name: the operation's. */
static bool op_parse(struct line *line, struct word gives, struct word name,
		     struct program_op *op)
{
	unsigned int found = operation_find(name.text, name.length);
	const struct operation_info *info = operation_info(found);
	int index = 0;

	if (!name.length)
		return line_fail(line, "missing operation");
	if (found == OP_COUNT || found == OP_NOP)
		return line_fail(line, "unknown operation \"%.*s\"",
				 SHOW(name));
	*op = (struct program_op){
		.op = found, .gives = NO_HANDLE, .takes = NO_HANDLE, .count = 1
	};
	if (gives.length && info->gives == HANDLE_NONE)
		return line_fail(line, "%s gives nothing to \"%.*s\"",
				 info->name, SHOW(gives));
	if (gives.length && !handle_parse(line, gives, info->gives, &op->gives))
		return false;
	if (info->takes != HANDLE_NONE &&
	    !handle_parse(line, line_word(line), info->takes, &op->takes))
		return false;
	if (info->arguments & ARG_INDEX)
		index = line_number(line, line_word(line), "index", 0,
				    TARGET_INDEX_MAX - 1);
	op->index = index;
	return index >= 0 && arguments_parse(line, info->arguments, op);
}

static bool list_parse(struct line *line, struct word whose,
		       struct program_list *list, unsigned int max)
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
	return op_parse(line, gives, name, &list->ops[list->nr]) && ++list->nr;
}

/* ------------------------------------------------------ directives */

static bool target_parse(struct parser *parser)
{
	return line_copy(&parser->line, parser->head.target);
}

static bool revert_parse(struct parser *parser)
{
	return line_copy(&parser->line, parser->head.revert);
}

static bool expect_parse(struct parser *parser)
{
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
	int pages = line_power(&parser->line, "pages", 16, TARGET_PAGES_MAX);

	parser->program.config.pages = pages;
	return pages >= 0;
}

static bool fanout_parse(struct parser *parser)
{
	int slots = line_power(&parser->line, "fanout", 2, 64);

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

static bool switch_parse(struct parser *parser)
{
	struct program *program = &parser->program;

	if (program->nr_switches == PROGRAM_SWITCHES)
		return line_fail(&parser->line,
				 "too many switches (at most %d)",
				 PROGRAM_SWITCHES);
	return line_switch(&parser->line,
			   &program->switches[program->nr_switches++]);
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

	if (task >= 0)
		parser->program.tasks[task].irq = 1;
	return task >= 0;
}

static const struct {
	const char *name;
	bool (*parse)(struct parser *parser);
	bool repeats;
} directives[] = {
	{ "target", target_parse, false }, { "revert", revert_parse, false },
	{ "expect", expect_parse, false }, { "why", why_parse, true },
	{ "sanitizer", sanitizer_parse, false },
	{ "build", build_parse, false },
	{ "pages", pages_parse, false },   { "pcp", pcp_parse, false },
	{ "fanout", fanout_parse, false }, { "cpu", cpu_parse, true },
	{ "irq", irq_parse, true },	   { "preempt", switch_parse, true },
	{ "switch", switch_parse, true },
};

/* ----------------------------------------------------------- lines */

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
				  PROGRAM_OPS);
	if (word_is(word, "setup"))
		return list_parse(line, word, &program->setup,
				  PROGRAM_SETUP_OPS);
	for (i = 0; i < sizeof(directives) / sizeof(directives[0]); i++) {
		if (!word_is(word, directives[i].name))
			continue;
		if (parser->seen & 1U << i && !directives[i].repeats)
			return line_fail(line, "repeated \"%.*s\"", SHOW(word));
		parser->seen |= 1U << i;
		return directives[i].parse(parser) && line_done(line);
	}
	return line_fail(line, "unknown directive \"%.*s\"", SHOW(word));
}

static bool first_parse(struct line *line)
{
	struct word version;

	if (!text_sniff(line->at, line->end - line->at))
		return line_fail(line, "expected \"pagerace 1\"");
	line->at += strlen(MAGIC);
	version = line_word(line);
	if (!word_is(version, "1"))
		return line_fail(line, "version \"%.*s\": only 1 is known",
				 SHOW(version));
	return line_done(line);
}

static bool is_text(struct line *line)
{
	const char *c;

	for (c = line->at; c < line->end; c++)
		if ((unsigned char)*c < ' ' && *c != '\t')
			return line_fail(line, "byte 0x%02x is no text", *c);
	return true;
}

bool text_sniff(const char *data, size_t size)
{
	return size >= strlen(MAGIC) && !memcmp(data, MAGIC, strlen(MAGIC));
}

bool text_parse(const char *data, size_t size, struct text_head *head,
		struct program *program, char *error, size_t error_size)
{
	struct parser parser = { .line = { .error = error,
					   .error_size = error_size } };
	const char *at = data, *end = data + size, *newline;
	struct line *line = &parser.line;

	program_clear(&parser.program);
	do {
		newline = at < end ? memchr(at, '\n', end - at) : NULL;
		line->at = at;
		line->end = newline ? newline : end;
		line->number++;
		if (line->end > line->at && line->end[-1] == '\r')
			line->end--;
		if (!is_text(line))
			return false;
		if (!(line->number == 1 ? first_parse(line) :
					  line_parse(&parser)))
			return false;
		at = newline ? newline + 1 : end;
	} while (at < end);

	*head = parser.head;
	*program = parser.program;
	return true;
}
