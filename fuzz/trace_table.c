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
	int last; /* task of the row above; -1: none */
};

static const char *task_name(unsigned int task, char *name, size_t max)
{
	if (task == TASK_RCU)
		snprintf(name, max, "rcu");
	else if (task == TASK_BOOT)
		snprintf(name, max, "epilogue");
	else
		snprintf(name, max, "task%u", task);
	return name;
}

/* Set-up stands above the table; the epilogue matters if it failed. */
static bool has_row(const struct trace *trace, const struct step *step)
{
	const struct verdict *verdict = &trace->engine->verdict;

	if (!step->setup)
		return trace_shows(trace, step);
	return step->task == TASK_BOOT && step->kind == STEP_ACCESS &&
	       step->op >= trace->engine->program->setup.nr &&
	       verdict->finding.checker && verdict->task == TASK_BOOT &&
	       trace_shows(trace, step);
}

/* ------------------------------------------------------------------- layout */

static void table_init(struct table *table, const struct trace *trace,
		       FILE *out)
{
	const struct record *record = trace->record;
	bool acts[ENGINE_TASKS] = { false };
	unsigned int i;

	*table = (struct table){ .trace = trace, .out = out, .last = -1 };
	for (i = 0; i < record->nr; i++)
		if (has_row(trace, &record->steps[i]))
			acts[record->steps[i].task] = true;
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

/* @text in its column, broken at blanks, continued further in. */
static void table_cell(struct table *table, unsigned int column,
		       unsigned int indent, const char *text)
{
	unsigned int room = table->width - 2;
	size_t length;

	while (*text) {
		size_t left = room - indent;

		length = strlen(text);
		if (length > left) {
			length = left;
			while (length && text[length] != ' ')
				length--;
			if (!length)
				length = left;
		}
		fprintf(table->out, "%*s%.*s\n",
			(int)(column * table->width + indent), "", (int)length,
			text);
		text += length;
		while (*text == ' ')
			text++;
		indent = indent + 4 < room / 2 ? indent + 4 : indent;
	}
}

static void table_row(struct table *table, unsigned int task,
		      unsigned int indent, const char *text)
{
	char named[TRACE_TEXT + 16], name[16];

	if (table->named) {
		snprintf(named, sizeof(named), "%s: %s",
			 task_name(task, name, sizeof(name)), text);
		text = named;
	}
	table_cell(table, table->column[task], indent, text);
}

static void table_head(struct table *table)
{
	unsigned int i, column;
	char name[16], head[32], line[TRACE_WIDTH + 1] = "";
	size_t at = 0;

	if (table->named || !table->columns)
		return;
	for (i = 0; i < table->nr_tasks; i++) {
		unsigned int task = table->tasks[i];

		task_name(task, name, sizeof(name));
		if (task < PROGRAM_TASKS)
			snprintf(head, sizeof(head), "CPU%d %s",
				 table->trace->engine->tasks[task].m.cpu, name);
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

static void operation_text(const struct trace *trace, const struct step *step,
			   char *text, size_t max)
{
	const struct program_op *op = trace_program_op(trace, step);

	if (step->task == TASK_RCU)
		snprintf(text, max, "callback");
	else if (op)
		text_print_op(op, text, max);
	else if (step->nr_pages)
		snprintf(text, max, "%s page %d",
			 operation_info(step->operation)->name,
			 step->pages[0]);
	else
		snprintf(text, max, "%s", operation_info(step->operation)->name);
}

/* "= page 0", "= pages 0 to 3", "= nothing"; empty if nothing was due. */
static void result_text(const struct trace *trace, const struct step *step,
			char *text, size_t max)
{
	const struct operation_info *info = operation_info(step->operation);
	const struct program_op *op = trace_program_op(trace, step);
	unsigned int i;
	int at;

	*text = '\0';
	if (info->gives == HANDLE_NONE && info->kind != OPERATION_CACHE)
		return;
	if (!step->nr_pages) {
		if (step->operation != OP_REMOVE_RANGE)
			snprintf(text, max, "= nothing");
		return;
	}
	at = snprintf(text, max, "= page");
	for (i = 0; i < step->nr_pages; i++)
		at += snprintf(text + at, max - (size_t)at, " %d",
			       step->pages[i]);
	if (step->operation == OP_ALLOC && op && op->order)
		snprintf(text + at, max - (size_t)at, " to %d",
			 step->pages[0] + (1 << op->order) - 1);
}

/* The task's own next step, if it was inside an operation at @at. */
static const struct step *next_step(const struct trace *trace,
				    unsigned int at, unsigned int task)
{
	const struct record *record = trace->record;

	for (; at < record->nr; at++)
		if (record->steps[at].task == task)
			return &record->steps[at];
	return NULL;
}

/* Is the function's name enough to say where? */
static bool is_only_site(const struct trace *trace, const struct site *site)
{
	const struct target *target = trace->engine->target;
	const struct site *other;

	for (other = target->sites; other < target->sites_end; other++)
		if (other->function_hash == site->function_hash &&
		    other->hash != site->hash)
			return false;
	return true;
}

/* The task above lost the CPU inside an operation: say in front of what. */
static void note_switch(struct table *table, unsigned int at)
{
	const struct trace *trace = table->trace;
	const struct step *next;
	char text[TRACE_TEXT];

	if (table->last < 0 || table->last == trace->record->steps[at].task)
		return;
	next = next_step(trace, at, (unsigned int)table->last);
	if (!next || next->kind != STEP_ACCESS)
		return;
	snprintf(text, sizeof(text), "~ stopped in front of %s%s%s",
		 next->site->function,
		 is_only_site(trace, next->site) ? "" : ": ",
		 is_only_site(trace, next->site) ? "" : next->site->accessor);
	table_row(table, (unsigned int)table->last, INDENT, text);
}

static void print_step(struct table *table, unsigned int at)
{
	const struct step *step = &table->trace->record->steps[at];
	char text[TRACE_TEXT];

	switch (step->kind) {
	case STEP_BEGIN:
		operation_text(table->trace, step, text, sizeof(text));
		table_row(table, step->task, 0, text);
		break;
	case STEP_ACCESS:
		trace_step(table->trace, step, text, sizeof(text));
		table_row(table, step->task, INDENT, text);
		break;
	default:
		result_text(table->trace, step, text, sizeof(text));
		if (*text)
			table_row(table, step->task, INDENT, text);
	}
}

static void print_setup(const struct trace *trace, FILE *out)
{
	const struct program *program = trace->engine->program;
	char text[TRACE_TEXT];
	unsigned int i;

	fprintf(out, "%u pages, per-CPU lists high %u batch %u, %u slots a node\n",
		program->config.pages, program->config.pcp_high,
		program->config.pcp_batch, 1U << program->config.fanout_shift);
	for (i = 0; i < program->setup.nr; i++) {
		text_print_op(&program->setup.ops[i], text, sizeof(text));
		fprintf(out, "set-up: %s\n", text);
	}
	fputc('\n', out);
}

static void print_rows(struct table *table)
{
	const struct record *record = table->trace->record;
	unsigned int i;

	for (i = 0; i < record->nr; i++) {
		const struct step *step = &record->steps[i];

		if (!step->setup) {
			note_switch(table, i);
			table->last = step->task;
		}
		if (has_row(table->trace, step))
			print_step(table, i);
	}
}

/* ------------------------------------------------------------------- verdict */

static void print_conflict(const struct trace *trace, unsigned int at,
			   const char *lead, FILE *out)
{
	const struct step *step = &trace->record->steps[at];
	char text[TRACE_TEXT], name[16];

	trace_step(trace, step, text, sizeof(text));
	fprintf(out, "%s%s op%u %s: %s\n", lead,
		task_name(step->task, name, sizeof(name)), step->op,
		operation_info(step->operation)->name, text);
}

static void print_finding(const struct trace *trace, FILE *out)
{
	const struct finding *finding = &trace->engine->verdict.finding;

	if (!finding->checker) {
		fprintf(out, "clean: every promise was kept\n");
		return;
	}
	fprintf(out, "%s: broken: %s", finding->id, finding->checker->promise);
	if (finding->number > 1)
		fprintf(out, " (page %d and %u more are not)", finding->page,
			finding->number - 1);
	else if (finding->page >= 0)
		fprintf(out, " (page %d)", finding->page);
	fputc('\n', out);
	if (trace->step_b < trace->record->nr) {
		print_conflict(trace, trace->step_a, "in conflict: ", out);
		print_conflict(trace, trace->step_b, "        and: ", out);
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
