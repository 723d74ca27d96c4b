/* SPDX-License-Identifier: MIT */
/* trace_operation.c: what an operation says as it begins and ends; see trace.h. */
#include <string.h>

#include "operation.h"
#include "trace.h"

/* The program's own operation behind @step, or NULL. */
static const struct program_op *program_op(const struct trace *trace,
					   const struct step *step)
{
	const struct program *program = trace->engine->program;
	const struct program_list *list = &program->setup;

	if (step->task < PROGRAM_TASKS)
		list = &program->tasks[step->task];
	else if (step->task != TASK_BOOT)
		return NULL;
	return step->op < list->nr ? &list->ops[step->op] : NULL;
}

const char *trace_doing(const struct trace *trace, unsigned int at, char *text,
			size_t max)
{
	const struct step *step = &trace->record->steps[at];

	if (trace->engine->target->threads && step->site)
		snprintf(text, max, "%s", step->site->function);
	else
		trace_operation(
			trace,
			&trace->record->steps[trace_begin(trace->record, at)],
			text, max);
	return text;
}

/* "callback of rcu_sync_over": the function that made its first access. */
static void name_callback(const struct trace *trace, const struct step *begin,
			  char *text, size_t max)
{
	const struct record *record = trace->record;
	const struct step *end = record->steps + record->nr, *step;

	for (step = begin + 1; step < end; step++) {
		if (step->task != begin->task)
			continue;
		if (step->kind != STEP_ACCESS)
			break;
		snprintf(text, max, "callback %s", step->site->function);
		return;
	}
	snprintf(text, max, "callback");
}

unsigned int trace_order_of(const struct trace *trace, const struct step *at)
{
	const struct step *step = at;

	if (at->kind == STEP_END) {
		const struct program_op *op = program_op(trace, at);

		return op ? op->order : 0;
	}
	while (step-- > trace->record->steps)
		if (step->kind == STEP_END && step->nr_pages &&
		    step->pages[0] == at->pages[0] &&
		    operation_info(step->operation)->gives == HANDLE_BLOCK)
			return trace_order_of(trace, step);
	return 0;
}

void trace_block_text(const struct trace *trace, int page, unsigned int order,
		      char *text, size_t max)
{
	char pages[TRACE_TEXT];

	if (order)
		snprintf(text, max, "%.60s %d to %d", trace_pages(trace, pages),
			 page, page + (1 << order) - 1);
	else
		snprintf(text, max, "%.60s %d", trace_class(trace, "page"),
			 page);
}

/* " (pages 4 to 7)": what stands in the handle that it takes. */
static void add_taken(const struct trace *trace, const struct step *begin,
		      const struct program_op *op, char *text, size_t max)
{
	enum handle_kind takes = operation_info(op->op)->takes;
	size_t at = strlen(text);
	char block[TRACE_PLACE + 64];

	if (begin->valued)
		snprintf(text + at, max - at, " (%.32s %ld)",
			 target_own(trace->engine->target, op->op)->takes,
			 (long)begin->new);
	if (takes == HANDLE_NONE || !begin->nr_pages)
		return;
	trace_block_text(trace, begin->pages[0],
			 takes == HANDLE_BLOCK ? trace_order_of(trace, begin) :
						 0,
			 block, sizeof(block));
	snprintf(text + at, max - at, " (%s)", block);
}

void trace_operation(const struct trace *trace, const struct step *step,
		     char *text, size_t max)
{
	const struct target *target = trace->engine->target;
	const char *name = operation_name(step->operation, target);
	const struct program_op *op = program_op(trace, step);

	if (step->task == TASK_RCU) {
		name_callback(trace, step, text, max);
	} else if (op) {
		text_print_op(op, target, text, max);
		add_taken(trace, step, op, text, max);
	} else if (step->nr_pages)
		snprintf(text, max, "%s %s %d", name, target_page_name(target),
			 step->pages[0]);
	else if (step->kind == STEP_BEGIN && step->valued)
		snprintf(text, max, "%s %.32s %ld", name,
			 target_own(target, step->operation)->takes,
			 (long)step->new);
	else
		snprintf(text, max, "%s", name);
}

/* "1st", "12th" */
static const char *ordinal(unsigned int nr)
{
	if (nr % 100 / 10 == 1)
		return "th";
	return nr % 10 == 1 ? "st" :
	       nr % 10 == 2 ? "nd" :
	       nr % 10 == 3 ? "rd" :
			      "th";
}

bool trace_failing(const struct trace *trace, const struct step *begin,
		   char *text, size_t max)
{
	const struct program_op *op = program_op(trace, begin);

	if (!op || !op->fail || trace->engine->target->threads)
		return false;
	snprintf(text, max, "its %u%s allocation%s to fail", op->fail,
		 ordinal(op->fail),
		 op->fail_on ? ", and each behind it, is" : " is");
	return true;
}

void trace_result(const struct trace *trace, const struct step *step,
		  char *text, size_t max)
{
	const struct operation_info *info = operation_info(step->operation);
	const struct program_op *op = program_op(trace, step);
	const struct target *target = trace->engine->target;
	const struct target_own *own = target_own(target, step->operation);
	char pages[TRACE_TEXT];
	unsigned int i;
	int at;

	*text = '\0';
	if (step->valued) {
		snprintf(text, max, "= %.32s%s%ld",
			 own && own->gives ? own->gives : "",
			 own && own->gives ? " " : "", (long)step->new);
		return;
	}
	if (!step->nr_pages) {
		if ((own && own->returns) ||
		    operation_gives(step->operation, target) != HANDLE_NONE ||
		    (info->kind == OPERATION_CACHE &&
		     !(info->arguments & ARG_COUNT)))
			snprintf(text, max, "= nothing");
		return;
	}
	at = snprintf(text, max, "= ");
	if (op && op->order) {
		trace_block_text(trace, step->pages[0], op->order, text + at,
				 max - (size_t)at);
		return;
	}
	at += snprintf(text + at, max - (size_t)at, "%.60s",
		       step->nr_pages > 1 ? trace_pages(trace, pages) :
					    trace_class(trace, "page"));
	for (i = 0; i < step->nr_pages; i++)
		at += snprintf(text + at, max - (size_t)at, " %d",
			       step->pages[i]);
}
