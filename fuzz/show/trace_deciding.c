/* SPDX-License-Identifier: MIT */
/* trace_deciding.c: the deciding orders, in words. */
#include <string.h>

#include "operation.h"
#include "trace.h"

static unsigned int earlier(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

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
		trace->step_a = earlier(order->before, order->after);
		trace->step_b = order->before + order->after - trace->step_a;
	}
	trace_choose_rows(trace);
}

/* "task1 op2 free: put_page_testzero: page 0 count 2 -> 1" */
static void print_deciding_step(const struct trace *trace, unsigned int at,
				const char *lead, FILE *out)
{
	const struct step *step = &trace->record->steps[at];
	char text[TRACE_TEXT], line[2 * TRACE_TEXT], name[TRACE_NAME];
	const char *deed, *late = trace_memory_did(step);

	*text = '\0';
	if (step->kind == STEP_ACCESS)
		trace_step(trace, step, text, sizeof(text));
	deed = step->kind == STEP_ACCESS ? text :
	       step->kind == STEP_BEGIN	 ? "begins" :
					   "ends";
	if (trace->engine->target->threads || step->task == TASK_RCU)
		snprintf(line, sizeof(line), "%s%s: %s%s%s", lead,
			 trace_task(step->task, name),
			 step->kind == STEP_ACCESS ? "" :
			 step->task == TASK_RCU	   ? "its callback " :
						     "its function ",
			 deed, late);
	else
		snprintf(line, sizeof(line), "%s%s op%u %s: %s%s", lead,
			 trace_task(step->task, name), step->op,
			 operation_name(step->operation, trace->engine->target),
			 deed, late);
	trace_wrap(out, 0, TRACE_WIDTH, 0, 11, line);
}

/* "task0 op0 add: unlock_page, which has not come" */
static void print_never(const struct trace *trace,
			const struct deciding_order *order, const char *lead,
			FILE *out)
{
	const struct record *record = trace->record;
	char site[TRACE_TEXT], line[2 * TRACE_TEXT], name[TRACE_NAME];
	const char *when = record->dropped ? " in the steps that are kept" : "";
	unsigned int i = 0;

	while (i < record->nr && (record->steps[i].task != order->never_task ||
				  record->steps[i].op != order->never_op ||
				  record->steps[i].setup))
		i++;
	*site = '\0';
	if (order->site[1])
		trace_site(trace, order->site[1], site, sizeof(site));
	if (i == record->nr || trace->engine->target->threads)
		snprintf(line, sizeof(line), "%s%s: %s, which has not come%s",
			 lead, trace_task(order->never_task, name), site, when);
	else
		snprintf(line, sizeof(line),
			 "%s%s op%u %s: %s, which has not come%s", lead,
			 trace_task(order->never_task, name), order->never_op,
			 operation_name(record->steps[i].operation,
					trace->engine->target),
			 site, when);
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

/* ----------------------------------------------- what only lets them meet */

/* Had the operation of order @nr's later step made a deciding step by then? */
static bool is_under_way(const struct trace *trace, unsigned int nr)
{
	const struct deciding_order *order = &trace->deciding->order[nr];
	unsigned int at = trace_begin(trace->record, order->after);

	for (; at < order->before; at++)
		if (trace->record->steps[at].task ==
			    trace->record->steps[order->after].task &&
		    deciding_has(trace->deciding, at))
			return true;
	return false;
}

bool trace_lets_meet(const struct trace *trace, unsigned int nr)
{
	const struct deciding_order *order = &trace->deciding->order[nr];
	const struct step *before = &trace->record->steps[order->before];
	const struct step *after = &trace->record->steps[order->after];

	if (order->never || before->kind == STEP_BEGIN ||
	    after->kind == STEP_END)
		return false;
	if (before->kind == STEP_END || after->kind == STEP_BEGIN)
		return true;
	if (before->site->kind == MACHINE_WAITS ||
	    before->site->kind == MACHINE_JOINS)
		return after->site->kind == MACHINE_WAKES &&
		       trace_end(trace->record, order->before) <
			       trace->record->nr;
	return before->site->kind == MACHINE_STORES && !before->dead &&
	       after->site->kind == MACHINE_LOADS && !after->dead &&
	       before->addr == after->addr && before->new == after->new &&
	       trace_is_pointer(trace, before) && !is_under_way(trace, nr);
}

/* Those that do @meet, or do not. Returns: how many. */
static unsigned int print_orders(const struct trace *trace, bool meet,
				 const char *head, FILE *out)
{
	unsigned int i, nr = 0;

	for (i = 0; i < trace->deciding->nr; i++) {
		if (trace_lets_meet(trace, i) != meet)
			continue;
		if (!nr++)
			fprintf(out, "%s\n", head);
		print_order(trace, i, out);
	}
	return nr;
}

/* As decide.h has it: of what was given back the access counts, too. */
static void print_counted(const struct trace *trace, FILE *out)
{
	const struct record *record = trace->record;
	const struct step *step = &record->steps[record->nr - 1];
	char site[TRACE_TEXT], line[2 * TRACE_TEXT], name[TRACE_NAME];

	if (!record->nr || step->kind != STEP_ACCESS || !step->dead)
		return;
	trace_site_text(step->site, site, sizeof(site));
	snprintf(line, sizeof(line),
		 "counted are those that end in this access of %s, in %s",
		 trace_task(step->task, name), site);
	trace_wrap(out, 0, TRACE_WIDTH, 5, 4, line);
}

/* A line for each part of it, as who is at work changes. */
static void print_happened(const struct trace *trace, FILE *out)
{
	char why[TRACE_WHY], *part = why, *end;

	trace_why(trace, why, sizeof(why));
	fputs("what happened:\n", out);
	for (; part; part = end) {
		end = strstr(part, "; ");
		if (end) {
			end[1] = '\0';
			end += 2;
		}
		trace_wrap(out, 0, TRACE_WIDTH, 1, 3, part);
	}
}

void trace_print_deciding(const struct trace *trace, FILE *out)
{
	const struct deciding *deciding = trace->deciding;
	char claim[DECIDING_TEXT], why[TRACE_WHY];

	if (!deciding)
		return;
	if (!deciding->nr) {
		snprintf(why, sizeof(why), "deciding orders: none: %s",
			 deciding->none);
		if (trace->engine->verdict.finding.checker)
			trace_wrap(out, 0, TRACE_WIDTH, 0, 4, why);
		return;
	}
	print_orders(trace, false,
		     deciding->nr == 1 ? "deciding order:" : "deciding orders:",
		     out);
	print_orders(trace, true,
		     "deciding orders, for these to meet at all:", out);
	if (deciding_claim_order(deciding, claim))
		trace_wrap(out, 0, TRACE_WIDTH, 5, 4, claim);
	deciding_claim_all(deciding, claim);
	trace_wrap(out, 0, TRACE_WIDTH, 5, 4, claim);
	print_counted(trace, out);
	print_happened(trace, out);
}
