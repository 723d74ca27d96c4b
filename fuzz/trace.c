/* SPDX-License-Identifier: MIT */
/* trace.c: what a step says, and which steps matter. */
#include "trace.h"

#include <string.h>


/* -------------------------------------------------- places and values */

static struct target_place place_of(const struct trace *trace,
				    const volatile void *addr)
{
	struct target_place place = { NULL, -1, "", -1 };

	if (trace->engine->target->describe && addr)
		trace->engine->target->describe(addr, &place);
	return place;
}

static void print_place(const struct target_place *place, char *text,
			size_t max)
{
	int at;

	if (!place->class) {
		snprintf(text, max, "memory");
		return;
	}
	at = snprintf(text, max, "%s", place->class);
	if (place->instance >= 0)
		at += snprintf(text + at, max - at, " %d", place->instance);
	at += snprintf(text + at, max - at, " %s", place->field);
	if (place->element >= 0)
		snprintf(text + at, max - at, " %d", place->element);
}

/* A number, or what it points to; never an address. */
static void print_value(const struct trace *trace, uint64_t value, char *text,
			size_t max)
{
	const struct target_place place =
		place_of(trace, (const void *)(uintptr_t)value);

	if (place.class)
		snprintf(text, max, place.instance < 0 ? "%s" : "%s %d",
			 place.class, place.instance);
	else if (value < 1U << 16)
		snprintf(text, max, "%u", (unsigned int)value);
	else if ((uint32_t)value > UINT32_MAX - (1U << 16))
		snprintf(text, max, "%d", (int)(uint32_t)value);
	else
		snprintf(text, max, "?");
}

/* How the step's values read: " 2 -> 1", " is page 0", " = 0". */
static void print_change(const struct trace *trace, const struct step *step,
			 char *text, size_t max)
{
	char old[32], new[32];

	if (step->dead) {
		snprintf(text, max, ", given back");
		return;
	}
	print_value(trace, step->old, old, sizeof(old));
	print_value(trace, step->new, new, sizeof(new));
	switch (step->site->kind) {
	case MACHINE_LOADS:
		snprintf(text, max, " is %s", new);
		break;
	case MACHINE_STORES:
		snprintf(text, max, " = %s", new);
		break;
	case MACHINE_RMWS:
		if (step->old == step->new)
			snprintf(text, max, " stays %s", new);
		else
			snprintf(text, max, " %s -> %s", old, new);
		break;
	case MACHINE_TRYLOCKS:
		snprintf(text, max, step->old ? ": busy" : ": taken");
		break;
	default:
		*text = '\0';
	}
}

void trace_step(const struct trace *trace, const struct step *step, char *text,
		size_t max)
{
	const struct target_place place = place_of(trace, step->addr);
	const struct site *site = step->site;
	bool lock = site->kind == MACHINE_LOCKS ||
		    site->kind == MACHINE_TRYLOCKS ||
		    site->kind == MACHINE_UNLOCKS;
	char where[64] = "", change[72] = "";
	int at;

	if (step->addr) {
		print_place(&place, where, sizeof(where));
		print_change(trace, step, change, sizeof(change));
	}
	at = snprintf(text, max, "%s:", site->function);
	if (lock || !step->addr)
		at += snprintf(text + at, max - at, " %s", site->accessor);
	if (step->addr)
		at += snprintf(text + at, max - at, " %s%s", where, change);
	if (trace->verbose) {
		const char *file = strrchr(site->file, '/');

		snprintf(text + at, max - at, " [%s:%u]",
			 file ? file + 1 : site->file, site->line);
	}
}

const struct program_op *trace_program_op(const struct trace *trace,
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

/* ------------------------------------------------------- what it is about */

static bool in_question(const struct trace *trace,
			const struct target_place *place)
{
	if (!place->class)
		return false;
	if (!strcmp(place->class, "page"))
		return place->instance >= trace->first_page &&
		       place->instance < trace->end_page;
	return trace->class && !strcmp(place->class, trace->class) &&
	       place->instance == trace->instance;
}

static bool points_to_it(const struct trace *trace, const struct step *step)
{
	struct target_place old, new;

	old = place_of(trace, (const void *)(uintptr_t)step->old);
	new = place_of(trace, (const void *)(uintptr_t)step->new);
	return in_question(trace, &old) || in_question(trace, &new);
}

/* Did, in this run, what is in question ever stand where @step looks? */
static bool held_it(const struct trace *trace, const struct step *step)
{
	const struct record *record = trace->record;
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		if (record->steps[i].kind == STEP_ACCESS &&
		    record->steps[i].addr == step->addr &&
		    points_to_it(trace, &record->steps[i]))
			return true;
	return false;
}

/* Locks in the flags and the way from tail to head are noise. */
static bool is_telling(const struct step *step,
		       const struct target_place *place)
{
	if (!strcmp(place->field, "compound_head"))
		return false;
	return strcmp(place->field, "flags") ||
	       step->site->kind == MACHINE_LOADS;
}

bool trace_shows(const struct trace *trace, const struct step *step)
{
	struct target_place place;

	if (trace->verbose)
		return true;
	if (step->kind != STEP_ACCESS)
		return step->task != TASK_RCU;
	if (!step->addr)
		return false;
	place = place_of(trace, step->addr);
	if (in_question(trace, &place))
		return is_telling(step, &place);
	return held_it(trace, step);
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

/* No page is named: what the last step was about. */
static void find_object(struct trace *trace)
{
	const struct step *last;
	struct target_place place;

	trace->class = NULL;
	trace->instance = -1;
	if (!trace->record->nr || trace->end_page)
		return;
	last = &trace->record->steps[trace->record->nr - 1];
	place = place_of(trace, last->addr);
	if (!place.class)
		return;
	if (!strcmp(place.class, "page")) {
		trace->first_page = place.instance;
		trace->end_page = place.instance + 1;
	} else {
		trace->class = place.class;
		trace->instance = place.instance;
	}
}

/* Step at which the operation of step @at began. */
static unsigned int op_begin(const struct record *record, unsigned int at)
{
	const struct step *step = &record->steps[at];

	while (at && (record->steps[at].task != step->task ||
		      record->steps[at].kind != STEP_BEGIN))
		at--;
	return at;
}

/* Step at which the operation of step @at ended. */
static unsigned int op_end(const struct record *record, unsigned int at)
{
	const struct step *step = &record->steps[at];

	while (at < record->nr && (record->steps[at].task != step->task ||
				   record->steps[at].kind != STEP_END))
		at++;
	return at;
}

/*
 * An earlier step, of an operation under way at the same time as @b's, that
 * raced with it. Returns: nr if there is none.
 */
static unsigned int raced_with(const struct record *record, unsigned int b)
{
	const struct step *step = &record->steps[b];
	unsigned int a, begin = op_begin(record, b);

	for (a = b; a-- > 0;) {
		const struct step *other = &record->steps[a];

		if (!other->setup && steps_conflict(other, step) &&
		    !(other->locks & step->locks) &&
		    op_end(record, a) > begin)
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
	place = place_of(trace, step->addr);
	if (counts_only)
		return in_question(trace, &place) &&
		       (strcmp(place.class, "page") ||
			!strcmp(place.field, "count"));
	return in_question(trace, &place) || held_it(trace, step);
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
	trace->verbose = verbose;
	find_pages(trace);
	find_object(trace);
	if (!find_conflict(trace, true))
		find_conflict(trace, false);
}
