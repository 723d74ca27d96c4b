/* SPDX-License-Identifier: MIT */
/* trace_want.c: see trace_want.h. */
#include "trace_want.h"

#include <string.h>

#include "deciding.h"

/* Where an operation stands that did not end. */
static bool is_last(const struct trace *trace, unsigned int at)
{
	const struct record *record = trace->record;
	unsigned int i;

	if (record->steps[at].kind != STEP_ACCESS || record->steps[at].setup)
		return false;
	for (i = at + 1; i < record->nr; i++)
		if (record->steps[i].task == record->steps[at].task)
			return false;
	return true;
}

bool trace_is_marked(const struct trace *trace, unsigned int at)
{
	return deciding_has(trace->deciding, at) ||
	       trace_in_conflict(trace, at) || is_last(trace, at) ||
	       trace->record->steps[at].reordered;
}

/* Is one of its steps marked, or did it end in the finding? */
static bool is_of_marked(const struct trace *trace, unsigned int at)
{
	const struct record *record = trace->record;
	unsigned int i, end = trace_end(record, at);

	if (end == record->nr) /* first: it may be very long */
		return true;
	for (i = trace_begin(record, at); i < end; i++)
		if (record->steps[i].task == record->steps[at].task &&
		    trace_is_marked(trace, i))
			return true;
	return false;
}

static bool is_of(const struct trace *trace, const struct step *step,
		  const char *field)
{
	return !strcmp(trace_place(trace, step->addr).field, field);
}

/* Of a store what was there before is not recorded. */
static bool is_change(const struct step *step)
{
	return step->site->kind == MACHINE_STORES ||
	       (step->site->kind != MACHINE_LOADS && step->old != step->new);
}

/*
 * Seen when all had ended, and it names nothing: an answer is wrong, or a count. Any
 * change of the program's own may be to blame.
 */
static bool may_be_to_blame(const struct trace *trace, const struct step *step)
{
	const struct verdict *verdict = &trace->engine->verdict;

	return verdict->finding.checker && verdict->task == TASK_BOOT &&
	       verdict->finding.page < 0 && !verdict->finding.object &&
	       !step->setup;
}

static enum trace_want want_of_access(const struct trace *trace,
				      unsigned int at)
{
	const struct step *step = &trace->record->steps[at];
	bool looks = !is_change(step);

	if (!step->addr || !trace_touches(trace, step))
		return !looks && step->site->kind <= MACHINE_RMWS &&
				       (may_be_to_blame(trace, step) ||
					!trace_has_conflict(trace)) &&
				       trace_has_name(trace, step) ?
			       WANT_REST :
			       WANT_NOTHING;
	/*
	 * The way from tail to head tells nothing, nor does the same once more; that
	 * it was not changed does, where it was to be.
	 */
	if (is_of(trace, step, "compound_head") ||
	    (looks && step->site->kind != MACHINE_RMWS &&
	     trace_saw_it_before(trace, at)))
		return WANT_NOTHING;
	if (is_of(trace, step, "flags"))
		return looks ? WANT_FLAGS : WANT_MARK;
	return looks ? WANT_LOOK : WANT_CHANGE;
}

enum trace_want trace_want(const struct trace *trace, unsigned int at)
{
	const struct step *step = &trace->record->steps[at];

	if (step->kind != STEP_ACCESS) {
		if (is_of_marked(trace, at))
			return WANT_DECIDES;
		return step->task == TASK_RCU ? WANT_NOTHING : WANT_OPERATION;
	}
	if (trace_is_marked(trace, at))
		return WANT_DECIDES;
	return trace_is_border(trace, at) ? WANT_BORDER :
					    want_of_access(trace, at);
}
