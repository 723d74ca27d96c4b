/* SPDX-License-Identifier: MIT */
/*
 * trace_table.c: the table of a trace: one column per task, time runs down.
 */
#include <string.h>

#include "operation.h"
#include "trace.h"

#define COLUMNS_MAX 4 /* more tasks share one column and are named in it */
#define INDENT 2

struct table {
	const struct trace *trace;
	FILE *out;
	uint8_t column[ENGINE_TASKS]; /* of a task */
	bool named; /* rows name their task */
	unsigned int columns, width;
	uint8_t tasks[ENGINE_TASKS]; /* that act, in order */
	unsigned int nr_tasks;
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
		if (trace_has_row(trace, &record->steps[i]))
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
	table->named = table->nr_tasks > COLUMNS_MAX;
	if (table->named) {
		table->columns = 1;
		memset(table->column, 0, sizeof(table->column));
	}
	table->width = TRACE_WIDTH / (table->columns ? table->columns : 1);
}

static void table_row(struct table *table, unsigned int task,
		      unsigned int indent, const char *text)
{
	char named[TRACE_TEXT + TRACE_NAME + 2], name[TRACE_NAME];

	if (table->named) {
		snprintf(named, sizeof(named), "%s: %s",
			 trace_task(task, name), text);
		text = named;
	}
	trace_wrap(table->out, table->column[task] * table->width,
		   table->width - 2, indent, 2 * INDENT, text);
}

static void table_head(struct table *table)
{
	unsigned int i, column;
	char name[TRACE_NAME], head[32], line[TRACE_WIDTH + 1] = "";
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

/* The task lost the CPU inside an operation: say in front of what. */
static void note_stop(struct table *table, unsigned int at,
		      const struct trace_stop *stop)
{
	const struct record *record = table->trace->record;
	char text[TRACE_TEXT] = "~ stopped in front of ";
	size_t length = strlen(text);

	trace_site(table->trace, record->steps[stop->before].site,
		   text + length, sizeof(text) - length);
	table_row(table, record->steps[at].task, INDENT, text);
}

/* The last row: it did not come to its next step. */
static void note_death(struct table *table)
{
	const struct verdict *verdict = &table->trace->engine->verdict;
	char text[TRACE_TEXT] = "~ ";

	trace_finding(&verdict->finding, text + 2, sizeof(text) - 2);
	table_row(table, (unsigned int)verdict->task, INDENT, text);
}

/* Rows are numbered as --json does, if all of them are there. */
static void numbered_row(struct table *table, unsigned int at,
			 unsigned int indent, const char *what)
{
	char text[TRACE_TEXT + 12] = "";
	int length = 0;

	if (table->trace->verbose)
		length = snprintf(text, sizeof(text), "%u ", at + 1);
	snprintf(text + length, sizeof(text) - (size_t)length, "%s", what);
	table_row(table, table->trace->record->steps[at].task, indent, text);
}

static void print_step(struct table *table, unsigned int at)
{
	const struct step *step = &table->trace->record->steps[at];
	char text[TRACE_TEXT];

	switch (step->kind) {
	case STEP_BEGIN:
		trace_operation(table->trace, step, text, sizeof(text));
		numbered_row(table, at, 0, text);
		break;
	case STEP_ACCESS:
		trace_step(table->trace, step, text, sizeof(text));
		numbered_row(table, at, INDENT, text);
		break;
	default:
		trace_result(table->trace, step, text, sizeof(text));
		if (*text)
			numbered_row(table, at, INDENT, text);
	}
}

/* Of the configuration what the target has. */
static void print_config(const struct trace *trace, FILE *out)
{
	const struct target_config *config = &trace->engine->program->config;
	const struct target *target = trace->engine->target;
	char pages[TRACE_TEXT];

	if (target->threads)
		return;
	fprintf(out, "%u %s", config->pages, trace_pages(trace, pages));
	if (target->percpu)
		fprintf(out, ", per-CPU lists high %u batch %u",
			config->pcp_high, config->pcp_batch);
	if (target->tree)
		fprintf(out, ", %u slots a node", 1U << config->fanout_shift);
	fputc('\n', out);
}

static void print_setup(const struct trace *trace, FILE *out)
{
	const struct program *program = trace->engine->program;
	char text[TRACE_TEXT];
	unsigned int i;

	print_config(trace, out);
	for (i = 0; i < program->setup.nr; i++) {
		text_print_op(&program->setup.ops[i], trace->engine->target,
			      text, sizeof(text));
		fprintf(out, "set-up: %s\n", text);
	}
	fputc('\n', out);
}

static void print_rows(struct table *table)
{
	const struct trace *trace = table->trace;
	unsigned int at;

	for (at = 0; at < trace->record->nr; at++) {
		struct trace_stop stop;
		bool stopped = trace_stop(trace, at, &stop);

		if (trace_has_row(trace, &trace->record->steps[at]))
			print_step(table, at);
		if (stopped)
			note_stop(table, at, &stop);
		if (trace->verbose &&
		    (stopped || trace_in_conflict(trace, at)))
			trace_moment(trace, at, table->out);
	}
	if (died_in_a_task(trace))
		note_death(table);
}

/* ------------------------------------------------------------------- verdict */

static void print_conflict(const struct trace *trace, unsigned int at,
			   const char *lead, FILE *out)
{
	const struct step *step = &trace->record->steps[at];
	char text[TRACE_TEXT], name[TRACE_NAME];

	trace_step(trace, step, text, sizeof(text));
	fprintf(out, "%s%s op%u %s: %s\n", lead, trace_task(step->task, name),
		step->op,
		operation_name(step->operation, trace->engine->target), text);
}

static void print_why(const struct trace *trace, FILE *out)
{
	static const char lead[] = "        why: ";
	const unsigned int margin = sizeof(lead) - 1;
	char text[TRACE_WHY], *more;

	trace_why(trace, text, sizeof(text));
	more = strstr(text, "; ");
	if (more)
		*more = '\0';
	fputs(lead, out);
	trace_wrap(out, 0, TRACE_WIDTH - margin, 0, margin, text);
	if (more)
		trace_wrap(out, margin, TRACE_WIDTH - margin, 0, 0, more + 2);
}

/* " (page 3)" */
static void print_pages(const struct trace *trace, FILE *out)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	const char *page = trace_class(trace, "page");
	unsigned int block = trace_handed_out_as(trace);
	char pages[TRACE_TEXT];

	if (finding->page < 0)
		return;
	fprintf(out, " (%s %d", page, finding->page);
	if (finding->number > 1)
		fprintf(out, " and %u more are not", finding->number - 1);
	if (block)
		fprintf(out, ", handed out as %u %s", block,
			trace_pages(trace, pages));
	fputc(')', out);
}

static void print_finding(const struct trace *trace, FILE *out)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	char promise[CHECKER_PROMISE_MAX], what[TRACE_TEXT];

	if (!finding->checker) {
		fprintf(out, "clean: every promise was kept\n");
		return;
	}
	trace_finding(finding, what, sizeof(what));
	fprintf(out, "%s: broken: %s", what,
		checker_promise(finding->checker, trace->engine->target,
				promise));
	print_pages(trace, out);
	fputc('\n', out);
	trace_touched(trace, &finding->touched, what, sizeof(what));
	if (*what)
		fprintf(out, "touched: %s\n", what);
	if (trace_has_conflict(trace)) {
		print_conflict(trace, trace->step_a, "in conflict: ", out);
		print_conflict(trace, trace->step_b, "        and: ", out);
		print_why(trace, out);
	}
}

void trace_print(const struct trace *trace, FILE *out)
{
	const struct verdict *verdict = &trace->engine->verdict;
	const struct program *program = trace->engine->program;
	struct table table;

	table_init(&table, trace, out);
	print_setup(trace, out);
	table_head(&table);
	print_rows(&table);
	fputc('\n', out);
	print_finding(trace, out);
	fprintf(out, "%u preemption%s, %u operations of which %u set-up, "
		     "%lu access points\n",
		verdict->preemptions, verdict->preemptions == 1 ? "" : "s",
		program_nr_ops(program), program->setup.nr, verdict->points);
}
