/* SPDX-License-Identifier: MIT */
/* trace_deciding.c: the deciding orders, in words. */
#include <string.h>

#include "operation.h"
#include "trace.h"

void trace_decide(struct trace *trace, const struct deciding *deciding)
{
	const struct step *steps = trace->record->steps;
	unsigned int i;

	trace->deciding = deciding;
	for (i = 0; deciding_is(deciding) && i < deciding->nr; i++) {
		const struct deciding_order *order = &deciding->order[i];

		if (steps[order->before].kind != STEP_ACCESS ||
		    steps[order->after].kind != STEP_ACCESS)
			continue;
		trace->step_a = order->before;
		trace->step_b = order->after;
	}
	trace_choose_rows(trace);
}

/* "task1 op2 free: put_page_testzero: page 0 count 2 -> 1" */
static void print_deciding_step(const struct trace *trace, unsigned int at,
				const char *lead, FILE *out)
{
	const struct step *step = &trace->record->steps[at];
	char text[TRACE_TEXT], line[2 * TRACE_TEXT], name[TRACE_NAME];

	*text = '\0';
	if (step->kind == STEP_ACCESS)
		trace_step(trace, step, text, sizeof(text));
	snprintf(line, sizeof(line), "%s%s op%u %s: %s", lead,
		 trace_task(step->task, name), step->op,
		 operation_name(step->operation, trace->engine->target),
		 step->kind == STEP_ACCESS ? text :
		 step->kind == STEP_BEGIN  ? "begins" :
					     "ends");
	trace_wrap(out, 0, TRACE_WIDTH, 0, 11, line);
}

/* "task0 op0 add: unlock_page, which has not come" */
static void print_never(const struct trace *trace,
			const struct deciding_order *order, const char *lead,
			FILE *out)
{
	const struct record *record = trace->record;
	char site[TRACE_TEXT], line[2 * TRACE_TEXT], name[TRACE_NAME];
	unsigned int i = 0;

	while (i < record->nr && (record->steps[i].task != order->never_task ||
				  record->steps[i].op != order->never_op ||
				  record->steps[i].setup))
		i++;
	*site = '\0';
	if (order->site[1])
		trace_site(trace, order->site[1], site, sizeof(site));
	snprintf(line, sizeof(line), "%s%s op%u %s: %s, which has not come",
		 lead, trace_task(order->never_task, name), order->never_op,
		 i < record->nr ? operation_name(record->steps[i].operation,
						 trace->engine->target) :
				  "",
		 site);
	trace_wrap(out, 0, TRACE_WIDTH, 0, 11, line);
}

static void print_order(const struct trace *trace, unsigned int nr, FILE *out)
{
	const struct deciding *deciding = trace->deciding;
	const struct deciding_order *order = &deciding->order[nr];
	char claim[DECIDING_TEXT], lead[16];

	snprintf(lead, sizeof(lead), "%s(%u) ", nr < 9 ? " " : "", nr + 1);
	print_deciding_step(trace, order->before, lead, out);
	if (order->never)
		print_never(trace, order, "  before ", out);
	else
		print_deciding_step(trace, order->after, "  before ", out);
	deciding_claim(deciding, nr, claim);
	fprintf(out, "         order %u of %u: %s\n", nr + 1, deciding->nr,
		claim);
}

void trace_print_deciding(const struct trace *trace, FILE *out)
{
	const struct deciding *deciding = trace->deciding;
	char claim[DECIDING_TEXT], why[TRACE_WHY];
	unsigned int i;
	int at;

	if (!deciding)
		return;
	if (!deciding->nr) {
		if (trace->engine->verdict.finding.checker)
			fprintf(out, "deciding orders: none: %s\n",
				deciding->none);
		return;
	}
	fprintf(out, "deciding order%s:\n", deciding->nr == 1 ? "" : "s");
	for (i = 0; i < deciding->nr; i++)
		print_order(trace, i, out);
	deciding_claim_all(deciding, claim);
	trace_wrap(out, 0, TRACE_WIDTH, 5, 4, claim);
	at = snprintf(why, sizeof(why), "what happened: ");
	trace_why(trace, why + at, sizeof(why) - (size_t)at);
	trace_wrap(out, 0, TRACE_WIDTH, 0, 4, why);
}
