/* SPDX-License-Identifier: MIT */
/*
 * trace_why.c: why two steps are in conflict, said with facts from the record:
 * what each did, and what the later one no longer knew.
 *
 * Before all else: it saw the same value twice, but others changed it in between.
 * What a task no longer knew is the first of these that holds of an operation
 * behind one of the two steps:
 *  1. It had loaded the page; since then the page went another way.
 *  2. It had loaded the object, which was given back since.
 *  3. It had seen the very place before; others changed it since.
 *  4. Of the page itself: it went another way between the two.
 */
#include <string.h>

#include "operation.h"
#include "tell.h"
#include "trace.h"
#include "way.h"

struct why {
	const struct trace *trace;
	struct tale tale;
};

static void say_place(struct why *why, const struct step *step)
{
	char text[TRACE_PLACE];

	trace_step_place(why->trace, step, text, sizeof(text));
	tell(&why->tale, "%s", text);
}

static void say_task(struct why *why, const struct step *step)
{
	char name[TRACE_NAME];

	tell(&why->tale, "%s", trace_task(step->task, name));
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
		tell(&why->tale, " is about to %s", verb(step));
	else if (modifies)
		tell(&why->tale, " modifies");
	else
		tell(&why->tale, " %ss", verb(step));
}

static void say_deeds(struct why *why, const struct step *a,
		      const struct step *b)
{
	if (!b->dead && !strcmp(verb(a), verb(b))) {
		tell(&why->tale, "both %s ", verb(b));
	} else {
		say_deed(why, a);
		tell(&why->tale, " and ");
		say_deed(why, b);
		tell(&why->tale, " ");
	}
	say_place(why, b);
	tell(&why->tale,
	     ", with no lock in common, while both operations are under "
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
		tell(&why->tale, " left the cache");
		break;
	case WAY_FREED:
		tell(&why->tale, " was freed");
		break;
	case WAY_GIVEN:
		tell(&why->tale, " was handed out as incarnation %u",
		     way->now.incarnation);
		break;
	default:
		tell(&why->tale, " was cached at %lu",
		     target_index(way->now.index));
		if (target_file(way->now.index))
			tell(&why->tale, " of file %lu",
			     target_file(way->now.index));
	}
}

/* " (task1 op0 remove)" */
static void say_by(struct why *why, const struct step *by)
{
	tell(&why->tale, " (");
	say_task(why, by);
	if (by->task < PROGRAM_TASKS)
		tell(&why->tale, " op%u %s", by->op,
		     operation_name(by->operation, why->trace->engine->target));
	tell(&why->tale, ")");
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
			tell(&why->tale, " and");
		} else if (by) {
			say_by(why, by);
			tell(&why->tale, ", then");
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
	way_drop(&way, trace->record, step);
	if (way_next(&way, 0) == WAY_TURNS)
		return false;
	tell(&why->tale, "; ");
	say_task(why, step);
	tell(&why->tale, " had loaded %s %d from ", trace_class(trace, "page"),
	     place.instance);
	say_place(why, &trace->record->steps[load]);
	tell(&why->tale, ", and since then %s %d", trace_class(trace, "page"),
	     place.instance);
	say_turns(why, &way);
	return true;
}

/* --------------------------------------------- 2. an object given back */

static bool say_given_back(struct why *why, unsigned int at)
{
	const struct trace *trace = why->trace;
	const struct step *step = &trace->record->steps[at];
	const struct target_place place = trace_place(trace, step->addr);
	const struct hint *hint;
	unsigned int load;

	if (!step->dead || !place.thing)
		return false;
	load = load_of(trace, at, place.thing, place.instance);
	if (load == trace->record->nr)
		return false;
	hint = record_hint(trace->record, step->addr, false, at);
	if (!hint)
		return false;
	tell(&why->tale, "; ");
	say_task(why, step);
	tell(&why->tale, " had loaded %s %d from ",
	     trace_class(trace, place.thing), place.instance);
	say_place(why, &trace->record->steps[load]);
	if (hint->before <= load)
		tell(&why->tale, ", which had been given back before");
	else
		tell(&why->tale, ", and since then %s %d was given back",
		     trace_class(trace, place.thing), place.instance);
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

/* What others stored there since step @seen, before step @at. */
struct since {
	unsigned int nr; /* times */
	unsigned int last; /* step */
};

static struct since changed_since(const struct record *record,
				  unsigned int seen, unsigned int at)
{
	struct since since = { 0, record->nr };
	unsigned int i;

	for (i = seen + 1; i < at; i++) {
		if (!steps_conflict(&record->steps[i], &record->steps[at]) ||
		    !step_writes(&record->steps[i]))
			continue;
		since.last = i;
		since.nr++;
	}
	return since;
}

/*
 * The same value was there, but not all the while: said before all else. A value
 * counts if it is that of an object, or decides a test.
 */
static bool say_came_back(struct why *why, unsigned int at)
{
	const struct trace *trace = why->trace;
	const struct record *record = trace->record;
	const struct step *step = &record->steps[at];
	unsigned int seen = seen_before(record, at);
	char value[TRACE_VALUE], task[TRACE_NAME], operation[TRACE_TEXT];
	struct since since;

	if (seen == record->nr || !has_value(step) || step->dead ||
	    record->steps[seen].new != step->old)
		return false;
	since = changed_since(record, seen, at);
	if (since.nr < 2)
		return false;
	trace_step_value(trace, step, step->old, value, sizeof(value));
	trace_doing(trace, since.last, operation, sizeof(operation));
	say_task(why, step);
	tell(&why->tale, " saw ");
	say_place(why, step);
	tell(&why->tale,
	     " as %s twice, but in between it was changed %u times, back to %s "
	     "by %s in %s; ",
	     value, since.nr, value,
	     trace_task(record->steps[since.last].task, task), operation);
	return true;
}

static bool say_changed(struct why *why, unsigned int at)
{
	const struct record *record = why->trace->record;
	const struct step *step = &record->steps[at], *last;
	unsigned int seen = seen_before(record, at);
	char was[TRACE_VALUE], is[TRACE_VALUE];
	struct since since;

	if (seen == record->nr)
		return false;
	since = changed_since(record, seen, at);
	if (!since.nr || !has_value(&record->steps[since.last]))
		return false;
	last = &record->steps[since.last];
	trace_step_value(why->trace, step, record->steps[seen].new, was,
			 sizeof(was));
	trace_step_value(why->trace, last, last->new, is, sizeof(is));
	tell(&why->tale, "; ");
	say_task(why, step);
	tell(&why->tale, " had seen ");
	say_place(why, step);
	tell(&why->tale, " as %s, and since then ", was);
	if (since.nr > 1)
		tell(&why->tale, "it was changed %u times, last by ", since.nr);
	say_task(why, last);
	tell(&why->tale, since.nr > 1 ? " to %s%s" : " set it to %s%s", is,
	     strcmp(was, is) ? "" : " again");
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
	tell(&why->tale, "; from the one to the other %s %d",
	     trace_class(trace, "page"), place.instance);
	say_turns(why, &way);
}

/* ------------------------------------------------------------------- why */

void trace_why(const struct trace *trace, char *text, size_t max)
{
	struct why why = { trace, tale_into(text, max) };
	unsigned int a = trace->step_a, b = trace->step_b;
	bool came_back;

	if (!trace_has_conflict(trace))
		return;
	came_back = say_came_back(&why, b) || say_came_back(&why, a);
	if (trace_pair(trace, why.tale.text + why.tale.length,
		       max - why.tale.length)) {
		why.tale.length = strlen(text);
		tell(&why.tale, "; ");
	}
	trace_sentence(trace, why.tale.text + why.tale.length,
		       max - why.tale.length);
	if (!deciding_is(trace->deciding))
		say_deeds(&why, &trace->record->steps[a],
			  &trace->record->steps[b]);
	why.tale.length = strlen(text);
	if (!say_way(&why, b) && !say_way(&why, a) &&
	    !say_given_back(&why, b) && !came_back && !say_changed(&why, b) &&
	    !say_changed(&why, a))
		say_between(&why);
}
