/* SPDX-License-Identifier: MIT */
/* trace_setup.c: above the table: the configuration, set-up, words of the program. */
#include <string.h>

#include "operation.h"
#include "trace.h"

unsigned int trace_fanout_shift(const struct trace *trace)
{
	const struct target *target = trace->engine->target;

	return target->fanout_shift ?
		       target->fanout_shift :
		       trace->engine->program->config.fanout_shift;
}

/* Of the configuration what the target has. */
static void print_config(const struct trace *trace, FILE *out)
{
	const struct target_config *config = &trace->engine->program->config;
	const struct target *target = trace->engine->target;
	char pages[TRACE_TEXT];

	if (!trace_has_pages(trace))
		return;
	fprintf(out, "%u %s", config->pages, trace_pages(trace, pages));
	if (target->percpu)
		fprintf(out, ", per-CPU lists high %u batch %u",
			config->pcp_high, config->pcp_batch);
	if (target->tree)
		fprintf(out, ", %u slots a node",
			1U << trace_fanout_shift(trace));
	fputc('\n', out);
}

static bool has_operation(const struct program_list *list, unsigned int op)
{
	unsigned int i;

	for (i = 0; i < list->nr; i++)
		if (list->ops[i].op == op)
			return true;
	return false;
}

static bool is_used(const struct program *program, unsigned int op)
{
	unsigned int i;

	for (i = 0; i < PROGRAM_TASKS; i++)
		if (has_operation(&program->tasks[i], op))
			return true;
	return has_operation(&program->setup, op);
}

/* "in the program: pop is alloc": what it has other words for. */
static void print_words(const struct trace *trace, FILE *out)
{
	const struct target *target = trace->engine->target;
	unsigned int op, nr = 0;

	for (op = 0; op < OP_COUNT; op++) {
		const char *name = target->operation_names[op];

		if (!name || !is_used(trace->engine->program, op) ||
		    !strcmp(name, operation_word(op, target)))
			continue;
		fprintf(out, "%s %s is %s",
			nr++ ? "," : "in the program:", name,
			operation_word(op, target));
	}
	if (nr)
		fputc('\n', out);
}

void trace_print_setup(const struct trace *trace, FILE *out)
{
	const struct program *program = trace->engine->program;
	char text[TRACE_TEXT];
	unsigned int i, times;

	print_config(trace, out);
	for (i = 0; i < program->setup.nr; i += times) {
		const struct program_op *op = &program->setup.ops[i];

		for (times = 1; i + times < program->setup.nr; times++)
			if (memcmp(op, op + times, sizeof(*op)) != 0)
				break;
		text_print_op(op, trace->engine->target, text, sizeof(text));
		fprintf(out, "set-up: %s", text);
		fprintf(out, times > 1 ? ", %u times\n" : "\n", times);
	}
	print_words(trace, out);
	fputc('\n', out);
}
