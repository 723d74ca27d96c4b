/* SPDX-License-Identifier: MIT */
/* trace_fate.c: what became of the page, or object, that a finding is about. */
#include <string.h>

#include "operation.h"
#include "trace_tell.h"

/* The end of an operation, if that is what was judged; nr: it is not. */
static unsigned int judged_end(const struct trace *trace)
{
	const struct record *record = trace->record;
	unsigned int task = (unsigned int)trace->engine->verdict.task;
	unsigned int at = last_of(record, task, record->nr);

	return task == TASK_BOOT || at == record->nr ||
			       record->steps[at].kind != STEP_END ?
		       record->nr :
		       at;
}

/* Does operation @step take, or give, a block or reference with @page in it? */
static bool is_on(const struct trace *trace, const struct step *step, int page)
{
	const struct operation_info *info = operation_info(step->operation);
	enum handle_kind kind = step->kind == STEP_BEGIN ? info->takes :
							   info->gives;
	int pages = 1;
	unsigned int i;

	if (kind == HANDLE_NONE || step->kind == STEP_ACCESS ||
	    (step->kind == STEP_BEGIN && info->kind != OPERATION_RELEASE))
		return false;
	if (kind == HANDLE_BLOCK && step->nr_pages)
		pages <<= trace_order_of(trace, step);
	for (i = 0; i < step->nr_pages; i++)
		if (page >= step->pages[i] && page < step->pages[i] + pages)
			return true;
	return false;
}

/* The last begin or end of an operation on @page before step @before; nr: none. */
static unsigned int last_on(const struct trace *trace, int page,
			    unsigned int before)
{
	while (before-- > 0)
		if (is_on(trace, &trace->record->steps[before], page))
			return before;
	return trace->record->nr;
}

/* "; it was given up last by task1, in free b0 (pages 0 to 1)" */
static void tell_holder(struct tale *tale, const struct trace *trace, int page)
{
	const struct record *record = trace->record;
	unsigned int at = last_on(trace, page, record->nr);
	const struct operation_info *info;

	if (at == record->nr || at == judged_end(trace))
		return;
	info = operation_info(record->steps[at].operation);
	tell(tale, "; %s %d was ", trace_class(trace, "page"), page);
	if (record->steps[at].kind == STEP_BEGIN)
		tell(tale, "given up last by ");
	else if (info->gives == HANDLE_BLOCK)
		tell(tale, "handed out last to ");
	else
		tell(tale, "referenced last by ");
	tell_doer(tale, trace, trace_begin(record, at));
}

/*
 * Handed out by step @at, while somebody else had it. Returns: false if the record
 * does not show who.
 */
static bool tell_twice(struct tale *tale, const struct trace *trace, int page,
		       unsigned int at)
{
	const struct record *record = trace->record;
	unsigned int before = last_on(trace, page, at);

	if (before == record->nr || record->steps[before].kind != STEP_END ||
	    record->steps[at].kind != STEP_END)
		return false;
	tell(tale, "%s %d was handed out to ", trace_class(trace, "page"),
	     page);
	tell_doer(tale, trace, trace_begin(record, at));
	tell(tale, ", while ");
	tell_doer(tale, trace, trace_begin(record, before));
	tell(tale, ", had got it and not given it back");
	return true;
}

/* "task0, in lookup 3, has ended with page 0; ", if that is what was judged. */
static void tell_end(struct tale *tale, const struct trace *trace)
{
	const struct record *record = trace->record;
	unsigned int at = judged_end(trace);
	char result[TRACE_TEXT];

	if (at == record->nr)
		return;
	trace_result(trace, &record->steps[at], result, sizeof(result));
	tell_doer(tale, trace, trace_begin(record, at));
	tell(tale, ", has ended%s%s; ", *result ? " with " : "",
	     *result ? result + 2 : "");
}

/* ", where task0 had stored 1 before": the last store before that load, step @at. */
static void tell_stored(struct tale *tale, const struct trace *trace,
			unsigned int at)
{
	const struct step *steps = trace->record->steps;
	char text[TRACE_TEXT], name[TRACE_NAME];
	unsigned int i;

	for (i = at; i-- > 0;) {
		if (!steps_conflict(&steps[i], &steps[at]) ||
		    !step_writes(&steps[i]))
			continue;
		trace_step_value(trace, &steps[i], steps[i].new, text,
				 sizeof(text));
		tell(tale, ", where %s had stored %s before",
		     trace_task(steps[i].task, name), text);
		return;
	}
}

/* What was in the page, as who was judged saw it: "task1 got 170 from page 0". */
static void tell_contents(struct tale *tale, const struct trace *trace)
{
	const struct record *record = trace->record;
	const struct finding *finding = &trace->engine->verdict.finding;
	unsigned int end = judged_end(trace), at = end;
	char text[TRACE_TEXT], name[TRACE_NAME];

	if (end == record->nr || strcmp(finding->id, "contents"))
		return;
	while (at-- > trace_begin(record, end)) {
		const struct step *step = &record->steps[at];
		struct target_place place;

		if (step->task != record->steps[end].task ||
		    step->kind != STEP_ACCESS || !step->addr)
			continue;
		place = trace_place(trace, step->addr);
		if (!place.thing || strcmp(place.thing, "page") ||
		    place.instance != finding->page ||
		    strcmp(place.field, "contents"))
			continue;
		trace_step_value(trace, step, step->new, text, sizeof(text));
		tell(tale, "; %s got %s from %s %d",
		     trace_task(step->task, name), text,
		     trace_class(trace, "page"), finding->page);
		tell_stored(tale, trace, at);
		return;
	}
}

/* Stores that were late are not where views look for them. */
static bool knows_state(const struct trace *trace, int page)
{
	unsigned int i;

	for (i = 0; i < trace->record->nr; i++)
		if (trace->record->steps[i].reordered)
			return false;
	return trace->timeline && page < (int)trace->timeline->pages;
}

bool tell_page(struct tale *tale, const struct trace *trace)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	const struct record *record = trace->record;
	unsigned int at = last_on(trace, finding->page, record->nr);
	const char *word = trace_class(trace, "page");
	char state[TRACE_TEXT];
	struct page_state now;

	if (finding->page < 0 || finding->page >= TARGET_PAGES_MAX ||
	    finding->checker->id != finding->id)
		return false;
	if (!strcmp(finding->id, "owned-twice") && at < record->nr &&
	    tell_twice(tale, trace, finding->page, at))
		return true;
	tell_end(tale, trace);
	if (knows_state(trace, finding->page)) {
		now = timeline_at(trace->timeline, finding->page, record->nr);
		now.incarnation = 0; /* tells nothing here */
		page_state_print(&now, trace->engine->target, state,
				 sizeof(state));
		tell(tale, "%s %d is %s in the end", word, finding->page,
		     state);
	} else {
		tell(tale, "the finding is about %s %d", word, finding->page);
	}
	if (finding->number > 1)
		tell(tale, ", and so are %u more", finding->number - 1);
	tell_contents(tale, trace);
	tell_holder(tale, trace, finding->page);
	return true;
}

void tell_subject(struct tale *tale, const struct trace *trace)
{
	const volatile void *object = trace->engine->verdict.finding.object;
	struct target_place place;
	char state[TRACE_TEXT];
	struct page_state now;

	if (!object)
		return;
	place = trace_place(trace, object);
	if (!place.thing || strcmp(place.thing, "page"))
		return;
	tell(tale, "; it is about %s %d", trace_class(trace, "page"),
	     place.instance);
	if (!knows_state(trace, place.instance))
		return;
	now = timeline_at(trace->timeline, place.instance, trace->record->nr);
	now.incarnation = 0; /* tells nothing here */
	page_state_print(&now, trace->engine->target, state, sizeof(state));
	tell(tale, ", which is %s then", state);
}

bool tell_lost(struct tale *tale, const struct trace *trace)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	const struct record *record = trace->record;
	const struct hint *hint;
	unsigned int at;

	if (!finding->object || trace->engine->verdict.task != TASK_BOOT ||
	    (!trace->engine->target->threads &&
	     finding->checker->id != finding->id))
		return false;
	hint = record_hint(record, finding->object, false, record->nr);
	at = hint ? last_of(record, hint->task, hint->before) : record->nr;
	tell_object(tale, trace, finding->object);
	tell(tale, " is left in the end, and nothing leads to it");
	if (at == record->nr || trace->engine->target->threads)
		return true;
	tell(tale, "; it was allocated by ");
	tell_doer(tale, trace, trace_begin(record, at));
	return true;
}
