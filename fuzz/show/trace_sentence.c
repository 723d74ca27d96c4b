/* SPDX-License-Identifier: MIT */
/*
 * trace_sentence.c: what happened, in one sentence: the deciding steps in the order
 * in which they came, each with what it read or wrote, and what memory did. Nothing
 * is in it that the record does not say.
 *
 *     task0, in lookup 3, read node 0 slot[3] as page 0; then task1, in remove 3,
 *     set node 0 slot[3] to NULL, and in b0 = alloc order=2 set page 0 count to 1;
 *     then ...
 */
#include <string.h>

#include "operation.h"
#include "tell.h"
#include "trace.h"

struct sentence {
	const struct trace *trace;
	struct tale tale;
	const struct step *last; /* told so far; NULL: none */
};

/* ------------------------------------------------------------- one step */

static void tell_place(struct sentence *sentence, const struct step *step)
{
	char text[TRACE_PLACE];

	trace_step_place(sentence->trace, step, text, sizeof(text));
	tell(&sentence->tale, "%s", text);
}

/* " as page 0" */
static void tell_value(struct sentence *sentence, const char *lead,
		       const struct step *step, uint64_t value)
{
	char text[TRACE_VALUE];

	trace_step_value(sentence->trace, step, value, text, sizeof(text));
	tell(&sentence->tale, " %s %s", lead, text);
}

static void tell_change(struct sentence *sentence, const struct step *step)
{
	bool stays = step->old == step->new;

	tell(&sentence->tale, stays ? "found " : "changed ");
	tell_place(sentence, step);
	if (stays) {
		tell_value(sentence, "at", step, step->old);
	} else {
		tell_value(sentence, "from", step, step->old);
		tell_value(sentence, "to", step, step->new);
	}
	tell(&sentence->tale, "%s", trace_test(step));
}

/* What goes by the name of its accessor: "did wake_up_var in unlock_page". */
static void tell_deed(struct sentence *sentence, const struct step *step)
{
	tell(&sentence->tale, "did %s in %s", step->site->accessor,
	     step->site->function);
}

static void tell_access(struct sentence *sentence, const struct step *step)
{
	const char *verb = NULL;

	if (step->addr && step->site->kind == MACHINE_LOADS)
		verb = step->dead ? "was about to read " : "read ";
	else if (step->addr && step->site->kind == MACHINE_STORES)
		verb = step->dead ? "was about to set " : "set ";
	else if (step->addr && step->site->kind == MACHINE_LOCKS)
		verb = "took ";
	else if (step->addr && step->site->kind == MACHINE_UNLOCKS)
		verb = "let go of ";
	if (!verb && step->addr && step->site->kind == MACHINE_RMWS &&
	    !step->dead) {
		tell_change(sentence, step);
		return;
	}
	if (!verb) {
		tell_deed(sentence, step);
		return;
	}
	tell(&sentence->tale, "%s", verb);
	tell_place(sentence, step);
	if (step->dead)
		tell(&sentence->tale, ", which had been given back");
	else if (step->site->kind == MACHINE_LOADS)
		tell_value(sentence, "as", step, step->new);
	else if (step->site->kind == MACHINE_STORES)
		tell_value(sentence, "to", step, step->new);
}

static bool is_of_operation(const struct step *a, const struct step *b)
{
	return a->task == b->task && a->op == b->op;
}

/* "; then task1, in remove 3, ", ", and in free b0 ", " and ": who goes on. */
static void tell_who(struct sentence *sentence, unsigned int at)
{
	const struct record *record = sentence->trace->record;
	const struct step *step = &record->steps[at], *last = sentence->last;
	char name[TRACE_NAME], operation[TRACE_TEXT];

	if (last && is_of_operation(last, step)) {
		tell(&sentence->tale,
		     *trace_memory_did(last) ? ", and " : " and ");
		return;
	}
	trace_doing(sentence->trace, at, operation, sizeof(operation));
	if (last && last->task == step->task)
		tell(&sentence->tale, ", and in %s ", operation);
	else
		tell(&sentence->tale, "%s%s, in %s, ", last ? "; then " : "",
		     trace_task(step->task, name), operation);
}

static void tell_step(struct sentence *sentence, unsigned int at)
{
	const struct step *step = &sentence->trace->record->steps[at];

	tell_who(sentence, at);
	if (step->kind == STEP_ACCESS)
		tell_access(sentence, step);
	else
		tell(&sentence->tale,
		     step->kind == STEP_BEGIN ? "began" : "ended");
	tell(&sentence->tale, "%s", trace_memory_did(step));
	sentence->last = step;
}

/* ----------------------------------------------------------- all of them */

/* ", before task0 came to unlock_page" */
static void tell_nevers(struct sentence *sentence, unsigned int at)
{
	const struct deciding *deciding = sentence->trace->deciding;
	char name[TRACE_NAME], site[TRACE_TEXT];
	unsigned int i;

	for (i = 0; i < deciding->nr; i++) {
		const struct deciding_order *order = &deciding->order[i];

		if (!order->never || order->before != at)
			continue;
		snprintf(site, sizeof(site), "its next operation");
		if (order->site[1])
			trace_site(sentence->trace, order->site[1], site,
				   sizeof(site));
		tell(&sentence->tale, ", before %s came to %s",
		     trace_task(order->never_task, name), site);
	}
}

void trace_sentence(const struct trace *trace, char *text, size_t max)
{
	struct sentence sentence = { trace, tale_into(text, max), NULL };
	unsigned int at;

	if (!deciding_is(trace->deciding))
		return;
	for (at = 0; at < trace->record->nr; at++) {
		if (!deciding_has(trace->deciding, at))
			continue;
		tell_step(&sentence, at);
		tell_nevers(&sentence, at);
	}
}
