/* SPDX-License-Identifier: MIT */
/*
 * trace_reorder.c: rows about weak memory (weak.h), as they happened.
 */
#include "trace.h"

#include <string.h>

/* The store that a load of the past, step @at, did not see; nr: not recorded. */
static unsigned int passed_over(const struct record *record, unsigned int at)
{
	const struct step *load = &record->steps[at];
	unsigned int back = load->reordered & STEP_BACK, i;

	for (i = at; i-- > 0;) {
		const struct step *step = &record->steps[i];
		size_t before = (size_t)((const volatile char *)load->addr -
					 (const volatile char *)step->addr);

		if (step->kind == STEP_ACCESS && step_writes(step) &&
		    before < step->site->size && !--back)
			return i;
	}
	return record->nr;
}

/* The next step, of another task, that meets the late store of step @at; nr: none. */
static unsigned int missed_by(const struct record *record, unsigned int at)
{
	unsigned int i;

	for (i = at + 1; i < record->nr; i++)
		if (steps_conflict(&record->steps[at], &record->steps[i]))
			return i;
	return record->nr;
}

bool trace_find_reordered(const struct trace *trace, unsigned int *a,
			  unsigned int *b)
{
	const struct record *record = trace->record;
	unsigned int at, other;

	for (at = record->nr; at-- > 0;) {
		if (!record->steps[at].reordered || record->steps[at].setup)
			continue;
		other = record->steps[at].reordered & STEP_STALE ?
				passed_over(record, at) :
				missed_by(record, at);
		if (other == record->nr || record->steps[other].setup)
			continue;
		*a = other < at ? other : at;
		*b = other < at ? at : other;
		return true;
	}
	return false;
}

static void say_stale(const struct trace *trace, unsigned int at, char *text,
		      size_t max)
{
	const struct record *record = trace->record;
	unsigned int store = passed_over(record, at);
	char site[TRACE_TEXT / 2], name[TRACE_NAME];

	if (store == record->nr) {
		snprintf(text, max, "~ reads a value from before");
		return;
	}
	trace_site(trace, record->steps[store].site, site, sizeof(site));
	snprintf(text, max, "~ reads the value from before %s of %s", site,
		 trace_task(record->steps[store].task, name));
}

/* "~ visible: page 0 flags = 8" */
static void say_landing(const struct trace *trace,
			const struct landing *landing, char *text, size_t max)
{
	const struct target_place place = trace_place(trace, landing->addr);
	char where[TRACE_TEXT / 3], value[TRACE_TEXT / 3];

	trace_place_text(trace, &place, where, sizeof(where));
	trace_value(trace, landing->value, value, sizeof(value));
	snprintf(text, max, "~ visible: %s = %s", where, value);
}

void trace_reordered(const struct trace *trace, unsigned int at,
		     void (*say)(void *arg, unsigned int task,
				 const char *text),
		     void *arg)
{
	const struct record *record = trace->record;
	const struct step *step = &record->steps[at];
	char text[TRACE_TEXT];
	unsigned int i;

	if (step->reordered & STEP_LATE)
		say(arg, step->task, "~ not visible yet");
	if (step->reordered & STEP_STALE) {
		say_stale(trace, at, text, sizeof(text));
		say(arg, step->task, text);
	}
	for (i = 0; i < record->nr_landings; i++) {
		if (record->landings[i].after != at + 1)
			continue;
		say_landing(trace, &record->landings[i], text, sizeof(text));
		say(arg, record->landings[i].task, text);
	}
}

unsigned int trace_reorderings(const struct trace *trace)
{
	const struct record *record = trace->record;
	unsigned int i, nr = 0;

	for (i = 0; i < record->nr; i++)
		nr += record->steps[i].reordered != 0;
	return nr;
}

void trace_memory(const struct trace *trace, FILE *out)
{
	const struct deciding *deciding = trace->deciding;
	char line[FORBIDDING_TEXT + TRACE_NAME + 16], name[TRACE_NAME];
	unsigned int i, nr = trace_reorderings(trace);

	if (!nr)
		return;
	fprintf(out, "on weak memory: %u reordering%s\n", nr,
		nr == 1 ? "" : "s");
	for (i = 0; deciding && i < deciding->forbidding.nr; i++) {
		const struct forbidding_reordering *reordering =
			&deciding->forbidding.reordering[i];
		int at = snprintf(line, sizeof(line), " %s op%u: ",
				  trace_task(reordering->task, name),
				  reordering->op);

		forbidding_claim(&deciding->forbidding, i, line + at);
		trace_wrap(out, 0, TRACE_WIDTH, 0, 4, line);
	}
}
