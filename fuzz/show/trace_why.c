/* SPDX-License-Identifier: MIT */
/*
 * trace_why.c: why two steps are in conflict, said with facts from the record:
 * what each did, and what the later one no longer knew.
 *
 * What a task no longer knew is the first of these that holds of an operation
 * behind one of the two steps:
 *  1. It had loaded the page; since then the page went another way.
 *  2. It had loaded the object, which was given back since.
 *  3. It had seen the very place before; others changed it since.
 *  4. Of the page itself: it went another way between the two.
 */
#include <stdarg.h>
#include <string.h>

#include "operation.h"
#include "trace.h"
#include "way.h"

struct why {
	const struct trace *trace;
	char *text;
	size_t length, max;
};

__attribute__((format(printf, 2, 3))) static void
say(struct why *why, const char *format, ...)
{
	va_list args;
	int more;

	va_start(args, format);
	more = vsnprintf(why->text + why->length, why->max - why->length,
			 format, args);
	va_end(args);
	why->length += (size_t)more;
	if (why->length >= why->max)
		why->length = why->max - 1;
}

static void say_place(struct why *why, const struct step *step)
{
	char text[TRACE_PLACE];

	trace_step_place(why->trace, step, text, sizeof(text));
	say(why, "%s", text);
}

static void say_task(struct why *why, const struct step *step)
{
	char name[TRACE_NAME];

	say(why, "%s", trace_task(step->task, name));
}

/* -------------------------------------------------------- what each did */

static const char *verb(const struct step *step)
{
	switch (step->site->kind) {
	case MACHINE_LOADS:
		return "read";
	case MACHINE_STORES:
		return "write";
	case MACHINE_RMWS:
		return "modify";
	case MACHINE_UNLOCKS:
		return "release";
	default:
		return "lock";
	}
}

static void say_deed(struct why *why, const struct step *step)
{
	bool modifies = step->site->kind == MACHINE_RMWS;

	say_task(why, step);
	if (step->dead)
		say(why, " is about to %s", verb(step));
	else if (modifies)
		say(why, " modifies");
	else
		say(why, " %ss", verb(step));
}

static void say_deeds(struct why *why, const struct step *a,
		      const struct step *b)
{
	if (!b->dead && !strcmp(verb(a), verb(b))) {
		say(why, "both %s ", verb(b));
	} else {
		say_deed(why, a);
		say(why, " and ");
		say_deed(why, b);
		say(why, " ");
	}
	say_place(why, b);
	say(why, ", with no lock in common, while both operations are under "
		 "way");
}

/* ------------------------------------- 1. a page that went another way */

/* The last load in the operation of step @at of something there; nr: none. */
static unsigned int load_of(const struct trace *trace, unsigned int at,
			    const char *class, int instance)
{
	const struct record *record = trace->record;
	unsigned int i, begin = trace_begin(record, at);

	for (i = at; i-- > begin;) {
		const struct step *step = &record->steps[i];
		struct target_place to;

		if (step->task != record->steps[at].task ||
		    step->kind != STEP_ACCESS || !step->addr ||
		    step->site->kind != MACHINE_LOADS)
			continue;
		to = trace_place(trace, (const void *)(uintptr_t)step->new);
		if (to.thing && !strcmp(to.thing, class) &&
		    to.instance == instance)
			return i;
	}
	return record->nr;
}

static void say_turn(struct why *why, const struct way *way, enum way_turn turn)
{
	switch (turn) {
	case WAY_LEFT:
		say(why, " left the cache");
		break;
	case WAY_FREED:
		say(why, " was freed");
		break;
	case WAY_GIVEN:
		say(why, " was handed out as incarnation %u",
		    way->now.incarnation);
		break;
	default:
		say(why, " was cached at %u", way->now.index);
	}
}

/* " (task1 op0 remove)" */
static void say_by(struct why *why, const struct step *by)
{
	say(why, " (");
	say_task(why, by);
	if (by->task < PROGRAM_TASKS)
		say(why, " op%u %s", by->op,
		    operation_name(by->operation, why->trace->engine->target));
	say(why, ")");
}

static bool same_operation(const struct step *a, const struct step *b)
{
	return a->task == b->task && a->op == b->op;
}

/* The turns in their order, those of one operation together. */
static void say_turns(struct why *why, const struct way *way)
{
	const struct step *steps = why->trace->record->steps, *by = NULL;
	unsigned int said = 0;
	enum way_turn turn;

	while ((turn = way_next(way, said)) != WAY_TURNS) {
		const struct step *step = &steps[way->at[turn] - 1];

		if (by && same_operation(by, step)) {
			say(why, " and");
		} else if (by) {
			say_by(why, by);
			say(why, ", then");
		}
		say_turn(why, way, turn);
		by = step;
		said |= 1U << turn;
	}
	say_by(why, by);
}

/* One whose way is known? */
static bool is_page(const struct trace *trace, const struct target_place *place)
{
	return trace->timeline && place->thing &&
	       !strcmp(place->thing, "page") &&
	       place->instance < (int)trace->timeline->pages;
}

static bool say_way(struct why *why, unsigned int at)
{
	const struct trace *trace = why->trace;
	const struct step *step = &trace->record->steps[at];
	const struct target_place place = trace_place(trace, step->addr);
	unsigned int load;
	struct way way;

	if (!is_page(trace, &place))
		return false;
	load = load_of(trace, at, "page", place.instance);
	if (load == trace->record->nr)
		return false;
	way = way_of(trace->timeline, place.instance, load, at);
	if (way_next(&way, 0) == WAY_TURNS)
		return false;
	say(why, "; ");
	say_task(why, step);
	say(why, " had loaded %s %d from ", trace_class(trace, "page"),
	    place.instance);
	say_place(why, &trace->record->steps[load]);
	say(why, ", and since then it");
	say_turns(why, &way);
	return true;
}

/* --------------------------------------------- 2. an object given back */

static bool say_given_back(struct why *why, unsigned int at)
{
	const struct trace *trace = why->trace;
	const struct step *step = &trace->record->steps[at];
	const struct target_place place = trace_place(trace, step->addr);
	unsigned int load = trace->record->nr;

	if (!step->dead || !place.thing)
		return false;
	load = load_of(trace, at, place.thing, place.instance);
	if (load == trace->record->nr)
		return false;
	say(why, "; ");
	say_task(why, step);
	say(why, " had loaded %s %d from ", trace_class(trace, place.thing),
	    place.instance);
	say_place(why, &trace->record->steps[load]);
	say(why, ", and since then it was given back");
	return true;
}

/* ------------------------------------------- 3. a place seen before */

static bool has_value(const struct step *step)
{
	return step->site->kind == MACHINE_LOADS ||
	       step->site->kind == MACHINE_STORES ||
	       step->site->kind == MACHINE_RMWS;
}

/* The last time that the operation of step @at saw its place; nr: never. */
static unsigned int seen_before(const struct record *record, unsigned int at)
{
	const struct step *step = &record->steps[at], *other;
	unsigned int i, begin = trace_begin(record, at);

	for (i = at; i-- > begin;) {
		other = &record->steps[i];
		if (other->task == step->task && other->kind == STEP_ACCESS &&
		    other->addr == step->addr && has_value(other))
			return i;
	}
	return record->nr;
}

static bool say_changed(struct why *why, unsigned int at)
{
	const struct record *record = why->trace->record;
	const struct step *step = &record->steps[at], *last = NULL;
	unsigned int i, nr = 0, seen = seen_before(record, at);
	char was[TRACE_VALUE], is[TRACE_VALUE];

	if (seen == record->nr)
		return false;
	for (i = seen + 1; i < at; i++) {
		if (!steps_conflict(&record->steps[i], step) ||
		    !step_writes(&record->steps[i]))
			continue;
		last = &record->steps[i];
		nr++;
	}
	if (!last || !has_value(last))
		return false;
	trace_step_value(why->trace, step, record->steps[seen].new, was,
			 sizeof(was));
	trace_step_value(why->trace, last, last->new, is, sizeof(is));
	say(why, "; ");
	say_task(why, step);
	say(why, " had seen ");
	say_place(why, step);
	say(why, " as %s, and since then it was changed %u time%s, last by ",
	    was, nr, nr == 1 ? "" : "s");
	say_task(why, last);
	say(why, " to %s%s", is, strcmp(was, is) ? "" : " again");
	return true;
}

/* ---------------------------------- 4. what happened between the two */

static void say_between(struct why *why)
{
	const struct trace *trace = why->trace;
	const struct step *step = &trace->record->steps[trace->step_b];
	const struct target_place place = trace_place(trace, step->addr);
	struct way way;

	if (!is_page(trace, &place))
		return;
	way = way_of(trace->timeline, place.instance, trace->step_a,
		     trace->step_b + 1);
	if (way_next(&way, 0) == WAY_TURNS)
		return;
	say(why, "; from the one to the other %s %d",
	    trace_class(trace, "page"), place.instance);
	say_turns(why, &way);
}

/* ------------------------------------------------------------------- why */

void trace_why(const struct trace *trace, char *text, size_t max)
{
	struct why why = { trace, text, 0, max };
	unsigned int a = trace->step_a, b = trace->step_b;

	*text = '\0';
	if (!trace_has_conflict(trace))
		return;
	trace_sentence(trace, text, max);
	why.length = strlen(text);
	if (!why.length)
		say_deeds(&why, &trace->record->steps[a],
			  &trace->record->steps[b]);
	if (!say_way(&why, b) && !say_way(&why, a) &&
	    !say_given_back(&why, b) && !say_changed(&why, b) &&
	    !say_changed(&why, a))
		say_between(&why);
}
