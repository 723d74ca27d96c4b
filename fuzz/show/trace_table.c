/* SPDX-License-Identifier: MIT */
/*
 * trace_table.c: the table of a trace: one column per task, time runs down.
 */
#include <string.h>

#include "operation.h"
#include "plural.h"
#include "trace.h"

/* More tasks share one column and are named in it. */
#define COLUMNS_MAX 3
#define COLUMNS_MAX_VERBOSE 4
#define INDENT 2

/* For a terminal. */
#define BOLD "\033[1m"
#define DIM "\033[2m"
#define DECIDES "\033[1;33m"
#define BROKEN "\033[1;31m"
#define AS_IT_WAS "\033[0m"

struct table {
	const struct trace *trace;
	FILE *out;
	uint8_t column[ENGINE_TASKS]; /* of a task */
	bool named; /* rows name their task */
	unsigned int columns, width;
	uint8_t tasks[ENGINE_TASKS]; /* that act, in order */
	unsigned int nr_tasks;
	/* Of each, accesses without a row since its last row. */
	unsigned int left_out[ENGINE_TASKS];
	/* Of each that sleeps, the step that wakes it; 0: none. */
	unsigned int woken[ENGINE_TASKS];
};

/* ------------------------------------------------------------------- layout */

/* Not in set-up or epilogue? */
static bool died_in_a_task(const struct trace *trace)
{
	const struct verdict *verdict = &trace->engine->verdict;

	return verdict->finding.where && verdict->task != TASK_BOOT;
}

static void table_init(struct table *table, const struct trace *trace,
		       FILE *out)
{
	const struct record *record = trace->record;
	bool acts[ENGINE_TASKS] = { false };
	unsigned int i;

	*table = (struct table){ .trace = trace, .out = out };
	for (i = 0; i < record->nr; i++)
		if (trace_has_row(trace, i))
			acts[record->steps[i].task] = true;
	if (died_in_a_task(trace))
		acts[trace->engine->verdict.task] = true;
	for (i = 0; i < ENGINE_TASKS; i++) {
		if (!acts[i])
			continue;
		table->column[i] = (uint8_t)table->nr_tasks;
		table->tasks[table->nr_tasks++] = (uint8_t)i;
	}
	table->columns = table->nr_tasks;
	table->named = table->nr_tasks >
		       (trace->verbose ? COLUMNS_MAX_VERBOSE : COLUMNS_MAX);
	if (table->named) {
		table->columns = 1;
		memset(table->column, 0, sizeof(table->column));
	}
	table->width = (trace->verbose ? TRACE_WIDTH_VERBOSE : TRACE_WIDTH) /
		       (table->columns ? table->columns : 1);
}

static void table_row(struct table *table, unsigned int task,
		      unsigned int indent, const char *look, const char *text)
{
	char named[TRACE_TEXT + TRACE_NAME + 2], name[TRACE_NAME];
	bool looks = table->trace->colour && *look;

	if (table->named) {
		snprintf(named, sizeof(named), "%s: %s",
			 trace_task(task, name), text);
		text = named;
	}
	fputs(looks ? look : "", table->out);
	trace_wrap(table->out, table->column[task] * table->width,
		   table->width - 2, indent, 2 * INDENT, text);
	fputs(looks ? AS_IT_WAS : "", table->out);
}

static void note_row(void *table, unsigned int task, const char *text)
{
	table_row(table, task, INDENT, "", text);
}

static void table_head(struct table *table)
{
	unsigned int i, column;
	char name[TRACE_NAME], head[32], line[TRACE_WIDTH_VERBOSE + 1] = "";
	size_t at = 0;

	if (table->named || !table->columns)
		return;
	for (i = 0; i < table->nr_tasks; i++) {
		unsigned int task = table->tasks[i];

		trace_task(task, name);
		if (task < PROGRAM_TASKS)
			snprintf(head, sizeof(head), "CPU%d %s",
				 table->trace->engine->tasks[task].list->cpu,
				 name);
		else
			snprintf(head, sizeof(head), "%s", name);
		at += (size_t)snprintf(line + at, sizeof(line) - at, "%-*s",
				       (int)table->width, head);
	}
	while (at && line[at - 1] == ' ')
		line[--at] = '\0';
	fprintf(table->out, "%s\n", line);
	for (column = 0; column < table->columns; column++) {
		for (i = 0; i + 2 < table->width; i++)
			fputc('-', table->out);
		fputs(column + 1 < table->columns ? "  " : "\n", table->out);
	}
}

/* --------------------------------------------------------------------- rows */

/* The last row: it did not come to its next step. */
static void note_death(struct table *table)
{
	const struct verdict *verdict = &table->trace->engine->verdict;
	char text[TRACE_TEXT] = "~ ";

	trace_finding(&verdict->finding, text + 2, sizeof(text) - 2);
	table_row(table, (unsigned int)verdict->task, INDENT, BROKEN, text);
}

/* "(1)(3) ", the orders that step @at is of. Returns: its length. */
static size_t number_orders(const struct trace *trace, unsigned int at,
			    char *text, size_t max)
{
	const struct deciding *deciding = trace->deciding;
	size_t length = 0;
	unsigned int i;

	for (i = 0; deciding_has(deciding, at) && i < deciding->nr; i++)
		if (deciding->order[i].before == at ||
		    deciding->order[i].after == at)
			length += (size_t)snprintf(text + length, max - length,
						   "(%u)", i + 1);
	if (length)
		length += (size_t)snprintf(text + length, max - length, " ");
	return length;
}

/* Rows are numbered as --json does, if all of them are there. */
static void numbered_row(struct table *table, unsigned int at,
			 unsigned int indent, const char *what)
{
	const struct trace *trace = table->trace;
	const struct step *step = &trace->record->steps[at];
	char text[TRACE_TEXT + 5 * DECIDING_MAX + 12] = "";
	const char *look = step->kind == STEP_BEGIN ? BOLD : "";
	size_t length = 0;

	if (trace->verbose)
		length = (size_t)snprintf(text, sizeof(text), "%u ", at + 1);
	if (deciding_has(trace->deciding, at))
		look = DECIDES;
	length +=
		number_orders(trace, at, text + length, sizeof(text) - length);
	snprintf(text + length, sizeof(text) - length, "%s", what);
	table_row(table, step->task, indent, look, text);
}

/* "... 12 steps", which had no room. */
static void note_gap(struct table *table, unsigned int task)
{
	unsigned int nr = table->left_out[task];
	char text[32];

	table->left_out[task] = 0;
	if (!nr)
		return;
	snprintf(text, sizeof(text), "... %u step%s", nr, plural(nr));
	table_row(table, task, INDENT, DIM, text);
}

/* Is the row about the section that begins behind it a row about it? */
static bool is_told_as_section(const struct trace *trace, unsigned int at)
{
	return trace->record->steps[at].site->kind == MACHINE_RCU_BEGINS &&
	       trace_section(trace, at);
}

/* Does an operation end here without a row, but not in the row of its begin? */
static bool ends_behind_rows(const struct trace *trace, unsigned int at)
{
	const unsigned int begin = trace_begin(trace->record, at);

	return trace->record->steps[at].kind == STEP_END &&
	       trace_has_row(trace, begin) && trace_at_once(trace, begin) != at;
}

/* Step @at has no row, or is about to have one. */
static void count_gap(struct table *table, unsigned int at)
{
	const struct trace *trace = table->trace;
	const struct step *step = &trace->record->steps[at];
	unsigned int *nr = &table->left_out[step->task];

	if (step->kind == STEP_BEGIN)
		*nr = 0;
	else if (trace_prints(trace, at) || ends_behind_rows(trace, at))
		note_gap(table, step->task);
	else if (step->kind == STEP_ACCESS && !step->setup &&
		 !is_told_as_section(trace, at))
		++*nr;
}

static void note_section(struct table *table, unsigned int at)
{
	const char *text = trace_section(table->trace, at);
	unsigned int task = table->trace->record->steps[at].task;

	if (!text)
		return;
	note_gap(table, task);
	table_row(table, task, INDENT, "", text);
}

/* -------------------------------------------------------------- who stops */

static void note_way_out(struct table *table, unsigned int task,
			 const char *text)
{
	note_gap(table, task);
	table_row(table, task, INDENT, DIM, text);
}

/* The task lost the CPU inside an operation: say in front of what, or in what. */
static void note_stop(struct table *table, unsigned int at,
		      const struct trace_stop *stop)
{
	const struct record *record = table->trace->record;
	const unsigned int task = record->steps[at].task;
	char text[TRACE_TEXT] = "~ stopped in front of ";
	size_t length = strlen(text);

	if (stop->sleeps_in)
		snprintf(text, sizeof(text), "~ sleeps in %s",
			 stop->sleeps_in->function);
	else
		trace_site(table->trace, record->steps[stop->before].site,
			   text + length, sizeof(text) - length);
	note_way_out(table, task, text);
	table->woken[task] = stop->woken_by;
}

/* Somebody who sleeps was woken by step @at. */
static void note_woken(struct table *table, unsigned int at)
{
	char text[TRACE_NAME + 16], name[TRACE_NAME];
	unsigned int task;

	for (task = 0; task < ENGINE_TASKS; task++) {
		if (!at || table->woken[task] != at)
			continue;
		snprintf(text, sizeof(text), "~ woken by %s",
			 trace_task(table->trace->record->steps[at].task,
				    name));
		table_row(table, task, INDENT, DIM, text);
	}
}

/* Behind its last step it stands somewhere in an operation: say where. */
static void note_stand(struct table *table, unsigned int at)
{
	char text[TRACE_TEXT] = "~ ";

	if (trace_stands(table->trace, at, text + 2, sizeof(text) - 2))
		note_way_out(table, table->trace->record->steps[at].task, text);
}

/* With its result, if that is all there is to say. */
static void print_begin(struct table *table, unsigned int at)
{
	const struct trace *trace = table->trace;
	const struct step *steps = trace->record->steps;
	unsigned int end = trace_at_once(trace, at);
	char text[2 * TRACE_TEXT];
	size_t length;

	trace_operation(trace, &steps[at], text, TRACE_TEXT);
	length = strlen(text);
	if (end < trace->record->nr) {
		text[length++] = ' ';
		trace_result(trace, &steps[end], text + length, TRACE_TEXT);
		if (!text[length])
			text[length - 1] = '\0';
	}
	numbered_row(table, at, 0, text);
	if (trace_failing(trace, &steps[at], text, sizeof(text)))
		table_row(table, steps[at].task, INDENT, "", text);
}

static void print_step(struct table *table, unsigned int at)
{
	const struct trace *trace = table->trace;
	const struct step *step = &trace->record->steps[at];
	char text[TRACE_TEXT];

	switch (step->kind) {
	case STEP_BEGIN:
		print_begin(table, at);
		break;
	case STEP_ACCESS:
		trace_step(trace, step, text, sizeof(text));
		numbered_row(table, at, INDENT, text);
		break;
	default:
		trace_result(trace, step, text, sizeof(text));
		if (trace_prints(trace, at))
			numbered_row(table, at, INDENT, *text ? text : "ends");
	}
}

/* What became of the page by step @at. */
static void note_state(struct table *table, unsigned int at)
{
	char text[TRACE_TEXT] = "* ";

	if (trace_state(table->trace, at, text + 2, sizeof(text) - 2))
		table_row(table, table->trace->record->steps[at].task, INDENT,
			  "", text);
}

static void print_rows(struct table *table)
{
	const struct trace *trace = table->trace;
	unsigned int at;

	for (at = 0; at < trace->record->nr; at++) {
		struct trace_stop stop;
		bool stopped = trace_shows_stop(trace, at) &&
			       trace_stop(trace, at, &stop);

		bool ends = trace->record->steps[at].kind == STEP_END;

		count_gap(table, at);
		if (ends) /* the result comes last */
			note_state(table, at);
		if (trace_has_row(trace, at))
			print_step(table, at);
		if (!ends)
			note_state(table, at);
		trace_reordered(trace, at, note_row, table);
		note_section(table, at);
		note_woken(table, at);
		if (stopped)
			note_stop(table, at, &stop);
		else
			note_stand(table, at);
		if (trace->verbose &&
		    (stopped || trace_in_conflict(trace, at)))
			trace_moment(trace, at, table->out);
	}
	if (died_in_a_task(trace))
		note_death(table);
	if (trace->left_out)
		fprintf(table->out, "\n%u operations more: show --verbose\n",
			trace->left_out);
}

void trace_print(const struct trace *trace, FILE *out)
{
	struct table table;

	table_init(&table, trace, out);
	trace_print_setup(trace, out);
	table_head(&table);
	print_rows(&table);
	fputc('\n', out);
	trace_print_verdict(trace, out);
	trace_memory(trace, out);
}
