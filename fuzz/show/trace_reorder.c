/* SPDX-License-Identifier: MIT */
/*
 * trace_reorder.c: rows about weak memory (weak.h), as they happened.
 */
#include <string.h>

#include "effect.h"
#include "tell.h"
#include "trace.h"

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
				effect_missed(record, at) :
				missed_by(record, at);
		if (other == record->nr || record->steps[other].setup)
			continue;
		*a = other < at ? other : at;
		*b = other < at ? at : other;
		return true;
	}
	return false;
}

/* ------------------------------------------------------------------- a pair */

/* What was found out about reordered step @at; or NULL. */
static const struct forbidding_reordering *claim_of(const struct trace *trace,
						    const struct step *step)
{
	const struct deciding *deciding = trace->deciding;
	const bool late = step->reordered & STEP_LATE;
	unsigned int i;

	for (i = 0; deciding && i < deciding->forbidding.nr; i++) {
		const struct forbidding_reordering *reordering =
			&deciding->forbidding.reordering[i];

		if (reordering->site == step->site && reordering->passed &&
		    reordering->task == step->task &&
		    reordering->op == step->op && reordering->late == late)
			return reordering;
	}
	return NULL;
}

/* Where step @at's operation made the access @site, behind it or before; nr: nowhere. */
static unsigned int passed_at(const struct record *record, unsigned int at,
			      const struct site *site, bool behind)
{
	const struct step *step = &record->steps[at];
	unsigned int i = at;

	while (behind ? ++i < record->nr : i-- > 0)
		if (record->steps[i].kind == STEP_ACCESS &&
		    record->steps[i].task == step->task &&
		    record->steps[i].op == step->op &&
		    record->steps[i].site == site)
			return i;
	return record->nr;
}

static const char *deed_of(const struct step *step)
{
	return step->site->kind == MACHINE_LOADS  ? "read" :
	       step->site->kind == MACHINE_STORES ? "stored" :
	       step->site->kind == MACHINE_RMWS	  ? "changed" :
						    NULL;
}

/* "pair high (1)" */
static void tell_valued(struct tale *tale, const struct trace *trace,
			const struct step *step)
{
	char place[TRACE_PLACE], value[TRACE_VALUE];

	trace_step_place(trace, step, place, sizeof(place));
	trace_step_value(trace, step, step->new, value, sizeof(value));
	tell(tale, "%s (%s)", place, value);
}

static bool tell_pair(struct tale *tale, const struct trace *trace,
		      unsigned int at)
{
	const struct step *steps = trace->record->steps, *first, *then;
	const struct forbidding_reordering *claim = claim_of(trace, &steps[at]);
	unsigned int other;
	char name[TRACE_NAME];

	if (!claim)
		return false;
	other = passed_at(trace->record, at, claim->passed, claim->late);
	if (other == trace->record->nr || !steps[other].addr ||
	    (claim->late && effect_time(trace->record, at) <
				    effect_time(trace->record, other)))
		return false;
	first = claim->late ? &steps[other] : &steps[at];
	then = claim->late ? &steps[at] : &steps[other];
	if (!deed_of(first) || !deed_of(then))
		return false;
	tell(tale, "%s %s ", trace_task(first->task, name), deed_of(first));
	tell_valued(tale, trace, first);
	tell(tale, " before ");
	if (strcmp(deed_of(first), deed_of(then)))
		tell(tale, "it %s ", deed_of(then));
	tell_valued(tale, trace, then);
	return true;
}

bool trace_pair(const struct trace *trace, char *text, size_t max)
{
	struct tale tale = tale_into(text, max);
	unsigned int at = trace->record->nr;

	while (at-- > 0)
		if (trace->record->steps[at].reordered &&
		    !trace->record->steps[at].setup &&
		    tell_pair(&tale, trace, at))
			return true;
	return false;
}

const char *trace_memory_did(const struct step *step)
{
	if (step->reordered & STEP_LATE)
		return ", which others see later";
	return step->reordered & STEP_STALE ? ", a value of the past" : "";
}

/* --------------------------------------------------------------------- rows */

static void say_stale(const struct trace *trace, unsigned int at, char *text,
		      size_t max)
{
	const struct record *record = trace->record;
	unsigned int store = effect_missed(record, at);
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
