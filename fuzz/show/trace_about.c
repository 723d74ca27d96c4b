/* SPDX-License-Identifier: MIT */
/* trace_about.c: what a run was about: pages in question, steps in conflict. */
#include <string.h>

#include "trace.h"

/* ------------------------------------------------------- what it is about */

bool trace_page_matters(const struct trace *trace, int page)
{
	return page >= trace->first_page && page < trace->end_page;
}

static bool in_question(const struct trace *trace,
			const struct target_place *place)
{
	if (!place->thing)
		return false;
	if (!strcmp(place->thing, "page"))
		return trace_page_matters(trace, place->instance);
	return trace->class && !strcmp(place->thing, trace->class) &&
	       place->instance == trace->instance;
}

static bool points_to_it(const struct trace *trace, const struct step *step)
{
	struct target_place old, new;

	old = trace_place(trace, (const void *)(uintptr_t)step->old);
	new = trace_place(trace, (const void *)(uintptr_t)step->new);
	return in_question(trace, &old) || in_question(trace, &new);
}

/* Did, in this run, what is in question ever stand there? */
static bool held_it(const struct trace *trace, const volatile void *addr)
{
	unsigned int i;

	for (i = 0; i < trace->nr_holders; i++)
		if (trace->holders[i] == addr)
			return true;
	return false;
}

static void find_holders(struct trace *trace)
{
	const struct record *record = trace->record;
	unsigned int i;

	trace->nr_holders = 0;
	for (i = 0; i < record->nr; i++) {
		const struct step *step = &record->steps[i];

		if (step->kind == STEP_ACCESS && step->addr &&
		    trace->nr_holders < TRACE_HOLDERS &&
		    points_to_it(trace, step) && !held_it(trace, step->addr))
			trace->holders[trace->nr_holders++] = step->addr;
	}
}

bool trace_touches(const struct trace *trace, const struct step *step)
{
	const struct target_place place = trace_place(trace, step->addr);

	return in_question(trace, &place) || held_it(trace, step->addr);
}

bool trace_saw_it_before(const struct trace *trace, unsigned int at)
{
	const struct step *steps = trace->record->steps, *step = &steps[at];
	unsigned int i, begin = trace_begin(trace->record, at);

	for (i = at; i-- > begin;)
		if (steps[i].task == step->task &&
		    steps[i].addr == step->addr &&
		    steps[i].kind == STEP_ACCESS && steps[i].site->size)
			return steps[i].new == step->new;
	return false;
}

/* The block around the finding's page, as it was last handed out. */
static void find_pages(struct trace *trace)
{
	const struct books *books = &trace->engine->scene.books;
	int page = trace->engine->verdict.finding.page, head;

	trace->first_page = trace->end_page = 0;
	if (page < 0)
		return;
	head = books->page[page].head;
	trace->first_page = head;
	trace->end_page = head + (1 << books->page[head].order);
	if (page >= trace->end_page)
		trace->end_page = page + 1;
}

/*
 * Of a crash, and of a program that ends itself (which is a step, of no address), the
 * last access of who made it; else the last step of all.
 */
static unsigned int last_step(const struct trace *trace)
{
	const struct verdict *verdict = &trace->engine->verdict;
	const struct step *steps = trace->record->steps;
	unsigned int at = trace->record->nr;
	const struct step *last = &steps[at - 1];
	bool ended = trace->engine->target->threads &&
		     last->kind == STEP_ACCESS &&
		     last->site->kind == MACHINE_FENCES;

	while ((verdict->finding.where || ended) && at--)
		if (steps[at].task == verdict->task && steps[at].addr)
			return at;
	return trace->record->nr - 1;
}

/* No page is named: what its own word is about, or else the last step. */
static void find_object(struct trace *trace)
{
	const struct engine *engine = trace->engine;
	const volatile void *object = engine->verdict.finding.object;
	struct target_place place;

	trace->class = NULL;
	trace->instance = -1;
	if (!trace->record->nr || trace->end_page)
		return;
	if (!object || engine->target->threads)
		object = trace->record->steps[last_step(trace)].addr;
	place = trace_place(trace, object);
	if (!place.thing)
		return;
	if (!strcmp(place.thing, "page")) {
		trace->first_page = place.instance;
		trace->end_page = place.instance + 1;
	} else {
		trace->class = place.thing;
		trace->instance = place.instance;
	}
}

/*
 * An earlier step, of an operation under way at the same time as @b's, that
 * raced with it. Returns: nr if there is none.
 */
static unsigned int raced_with(const struct record *record, unsigned int b)
{
	const struct step *step = &record->steps[b];
	unsigned int a, begin = trace_begin(record, b);

	for (a = b; a-- > 0;) {
		const struct step *other = &record->steps[a];

		if (!other->setup && steps_conflict(other, step) &&
		    !(other->locks & step->locks) &&
		    trace_end(record, a) > begin)
			return a;
	}
	return record->nr;
}

/* Of a page, races for its count tell more than others. */
static bool may_decide(const struct trace *trace, const struct step *step,
		       bool counts_only)
{
	struct target_place place;

	if (step->kind != STEP_ACCESS || step->setup)
		return false;
	place = trace_place(trace, step->addr);
	if (counts_only)
		return in_question(trace, &place) &&
		       (strcmp(place.thing, "page") ||
			!strcmp(place.field, "count"));
	return in_question(trace, &place) || held_it(trace, step->addr);
}

/* The last two accesses to what is in question that raced. */
static bool find_conflict(struct trace *trace, bool counts_only)
{
	const struct record *record = trace->record;
	unsigned int b;

	for (b = record->nr; b-- > 0;) {
		if (!may_decide(trace, &record->steps[b], counts_only))
			continue;
		trace->step_a = raced_with(record, b);
		trace->step_b = b;
		if (trace->step_a < record->nr)
			return true;
	}
	trace->step_a = trace->step_b = record->nr;
	return false;
}

void trace_init(struct trace *trace, const struct engine *engine,
		const struct record *record, bool verbose)
{
	trace->engine = engine;
	trace->record = record;
	trace->timeline = record->timeline;
	trace->verbose = verbose;
	trace->colour = false;
	trace->nr_nameless = 0;
	memset(&trace->rows, 0, sizeof(trace->rows));
	trace->deciding = NULL;
	find_pages(trace);
	find_object(trace);
	find_holders(trace);
	if (!trace_find_reordered(trace, &trace->step_a, &trace->step_b) &&
	    !find_conflict(trace, true))
		find_conflict(trace, false);
}

void trace_be_verbose(struct trace *trace)
{
	trace->verbose = true;
	trace_choose_rows(trace);
}

bool trace_has_conflict(const struct trace *trace)
{
	return trace->engine->verdict.finding.checker &&
	       trace->step_b < trace->record->nr;
}

unsigned int trace_handed_out_as(const struct trace *trace)
{
	unsigned int block = trace->engine->verdict.finding.block;

	return block > 1 && !trace_has_conflict(trace) ? block : 0;
}

bool trace_in_conflict(const struct trace *trace, unsigned int at)
{
	return trace_has_conflict(trace) &&
	       (at == trace->step_a || at == trace->step_b);
}
