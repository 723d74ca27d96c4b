/* SPDX-License-Identifier: MIT */
/*
 * trace_rows.c: which steps have a row in the table, so that what decides is not
 * lost among the rest.
 */
#include <string.h>

#include "deciding.h"
#include "trace.h"

/* Which rows are wanted first. */
enum want {
	WANT_DECIDES, /* it, and the operation that it is part of */
	WANT_OPERATION,
	WANT_BORDER, /* of a critical section that a deciding step is in */
	WANT_STATE, /* what became of the page */
	WANT_CHANGE, /* of what the finding is about */
	WANT_MARK, /* a change of its flags */
	WANT_LOOK, /* at it */
	WANT_FLAGS, /* a look at those */
	WANT_REST, /* changes of anything that has a name, if nothing decides */
	WANT_NOTHING,
};

static bool bit_of(const unsigned char *bits, unsigned int at)
{
	return bits[at / 8] >> at % 8 & 1;
}

static void set_bit_of(unsigned char *bits, unsigned int at)
{
	bits[at / 8] |= (unsigned char)(1 << at % 8);
}

bool trace_has_row(const struct trace *trace, unsigned int at)
{
	return bit_of(trace->rows.step, at);
}

bool trace_shows_stop(const struct trace *trace, unsigned int at)
{
	return bit_of(trace->rows.stop, at);
}

bool trace_decides(const struct trace *trace, const struct step *step)
{
	return deciding_has(trace->deciding,
			    (unsigned int)(step - trace->record->steps));
}

/* ------------------------------------------------------------------ states */

/* The page whose way is told; TARGET_NO_PAGE: none. */
static int told_page(const struct trace *trace)
{
	int page = trace->engine->verdict.finding.page;

	if (page < 0 && trace->end_page > trace->first_page)
		page = trace->first_page;
	if (!trace->timeline || page >= (int)trace->timeline->pages)
		return TARGET_NO_PAGE;
	return page;
}

/* The last change of @page that was seen when @step steps were recorded. */
static const struct page_change *change_at(const struct trace *trace, int page,
					   unsigned int step)
{
	const struct timeline *timeline = trace->timeline;
	const struct page_change *found = NULL;
	unsigned int i;

	for (i = 0; i < timeline->nr && timeline->changes[i].step <= step; i++)
		if (timeline->changes[i].step == step &&
		    timeline->changes[i].page == page)
			found = &timeline->changes[i];
	return found;
}

bool trace_state(const struct trace *trace, unsigned int at, char *text,
		 size_t max)
{
	const int page = told_page(trace);
	const struct page_change *change;
	int length;

	if (page == TARGET_NO_PAGE || !bit_of(trace->rows.state, at))
		return false;
	change = change_at(trace, page, at + 1);
	if (!change)
		return false;
	length = snprintf(text, max, "%s %d is now ",
			  trace_class(trace, "page"), page);
	page_state_print(&change->state, trace->engine->target, text + length,
			 max - (size_t)length);
	return true;
}

/* Was @change seen in the operation of step @at, with nobody else between? */
static bool is_at_once(const struct trace *trace, unsigned int at,
		       const struct page_change *change)
{
	const struct step *steps = trace->record->steps;

	for (at++; at < change->step; at++)
		if (steps[at].task != steps[at - 1].task ||
		    steps[at].kind == STEP_BEGIN)
			return false;
	return true;
}

/* What it was only on its way from one to the other is no state. */
static void want_states(struct trace *trace)
{
	const struct timeline *timeline = trace->timeline;
	const int page = told_page(trace);
	const struct page_change *last = NULL;
	unsigned int i;

	for (i = 0; page != TARGET_NO_PAGE && i < timeline->nr; i++) {
		const struct page_change *change = &timeline->changes[i];

		if (change->page != page || !change->step ||
		    change->step > trace->record->nr ||
		    trace->record->steps[change->step - 1].setup)
			continue;
		if (last && last->state.facts &&
		    !is_at_once(trace, last->step - 1, change))
			set_bit_of(trace->rows.state, last->step - 1);
		last = change;
	}
	if (last)
		set_bit_of(trace->rows.state, last->step - 1);
}

/* ----------------------------------------------------------------- counting */

/* Would it be printed? The result of most operations is empty. */
static bool is_printed(const struct trace *trace, unsigned int at)
{
	const struct step *step = &trace->record->steps[at];
	char text[TRACE_TEXT];

	if (step->kind != STEP_END || trace_decides(trace, step))
		return true;
	trace_result(trace, step, text, sizeof(text));
	return *text;
}

unsigned int trace_at_once(const struct trace *trace, unsigned int begin)
{
	const unsigned int nr = trace->record->nr;
	unsigned int end = trace_end(trace->record, begin), at;

	if (end == nr || trace->verbose ||
	    trace_decides(trace, &trace->record->steps[end]))
		return nr;
	for (at = begin; at < end; at++)
		if ((at > begin && trace_has_row(trace, at)) ||
		    trace_shows_stop(trace, at) ||
		    bit_of(trace->rows.state, at))
			return nr;
	return end;
}

bool trace_prints(const struct trace *trace, unsigned int at)
{
	if (!trace_has_row(trace, at) || !is_printed(trace, at))
		return false;
	return trace->record->steps[at].kind != STEP_END ||
	       trace_at_once(trace, trace_begin(trace->record, at)) != at;
}

/* Of who sleeps it is said as well who woke it. */
static unsigned int nr_stop_rows(const struct trace *trace, unsigned int at)
{
	struct trace_stop stop;
	char text[TRACE_TEXT];

	if (!trace_shows_stop(trace, at) || !trace_stop(trace, at, &stop))
		return trace_stands(trace, at, text, sizeof(text));
	return stop.woken_by ? 2 : 1;
}

unsigned int trace_nr_rows(const struct trace *trace)
{
	const struct record *record = trace->record;
	unsigned int at, nr = 0;

	for (at = 0; at < record->nr; at++)
		nr += nr_stop_rows(trace, at) + bit_of(trace->rows.state, at) +
		      trace_prints(trace, at) +
		      (trace_section(trace, at) != NULL);
	return nr;
}

/* ----------------------------------------------------------------- choosing */

/* Set-up stands above the table; the epilogue matters if it failed. */
static bool may_have_row(const struct trace *trace, unsigned int at)
{
	const struct verdict *verdict = &trace->engine->verdict;
	const struct step *step = &trace->record->steps[at];

	if (!step->setup)
		return true;
	return step->task == TASK_BOOT && step->kind == STEP_ACCESS &&
	       step->op >= trace->engine->program->setup.nr &&
	       verdict->finding.checker && verdict->task == TASK_BOOT;
}

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

static bool is_marked(const struct trace *trace, unsigned int at)
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
		    is_marked(trace, i))
			return true;
	return false;
}

static bool is_of(const struct trace *trace, const struct step *step,
		  const char *field)
{
	return !strcmp(trace_place(trace, step->addr).field, field);
}

static enum want want_of_access(const struct trace *trace, unsigned int at)
{
	const struct step *step = &trace->record->steps[at];
	bool looks = step->site->kind == MACHINE_LOADS ||
		     step->old == step->new;

	if (!step->addr || !trace_touches(trace, step))
		return !looks && step->site->kind <= MACHINE_RMWS &&
				       !trace_has_conflict(trace) &&
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

static enum want want_of(const struct trace *trace, unsigned int at)
{
	const struct step *step = &trace->record->steps[at];

	if (step->kind != STEP_ACCESS) {
		if (is_of_marked(trace, at))
			return WANT_DECIDES;
		return step->task == TASK_RCU ? WANT_NOTHING : WANT_OPERATION;
	}
	if (is_marked(trace, at))
		return WANT_DECIDES;
	return trace_is_border(trace, at) ? WANT_BORDER :
					    want_of_access(trace, at);
}

/* Rows that it and, of the begin of an operation, its result would take. */
static unsigned int choose(struct trace *trace, unsigned int at)
{
	const struct step *step = &trace->record->steps[at];
	unsigned int end = trace->record->nr, nr = 1;

	set_bit_of(trace->rows.step, at);
	if (step->kind == STEP_BEGIN)
		end = trace_end(trace->record, at);
	if (end < trace->record->nr) {
		set_bit_of(trace->rows.step, end);
		nr += trace_at_once(trace, at) != end && is_printed(trace, end);
	}
	return nr;
}

/* Late ones first. Returns: rows for which there is room after that. */
static unsigned int choose_all(struct trace *trace, enum want want,
			       unsigned int room)
{
	unsigned int at, nr;

	for (at = trace->record->nr; at-- > 0;) {
		const struct step *step = &trace->record->steps[at];

		if ((step->kind == STEP_END && !trace_decides(trace, step)) ||
		    trace_has_row(trace, at) || !may_have_row(trace, at) ||
		    want_of(trace, at) != want)
			continue;
		if (room < TRACE_ROWS_OF_ONE && want != WANT_DECIDES) {
			trace->left_out += want == WANT_OPERATION;
			continue;
		}
		nr = choose(trace, at);
		room -= nr < room ? nr : room;
	}
	return room;
}

static void choose_stops(struct trace *trace)
{
	struct trace_stop stop;
	unsigned int at;

	for (at = 0; at < trace->record->nr; at++)
		if (trace_stop(trace, at, &stop) &&
		    (trace->verbose || stop.kind != TRACE_WAITED ||
		     trace_nr_rows(trace) < TRACE_ROWS / 2))
			set_bit_of(trace->rows.stop, at);
}

/*
 * Who goes round for ever does the same again and again: of a long run the steps in
 * the middle are left out, but for those that matter.
 */
static bool is_in_the_middle(const struct trace *trace, unsigned int at)
{
	return at >= TRACE_STEPS / 2 &&
	       trace->record->nr - at > TRACE_STEPS / 2 &&
	       trace->record->steps[at].kind == STEP_ACCESS &&
	       !is_marked(trace, at);
}

bool trace_is_left_out(const struct trace *trace, unsigned int at)
{
	return trace->record->dropped && !trace_has_row(trace, at) &&
	       !bit_of(trace->rows.stop, at) && is_in_the_middle(trace, at);
}

static void choose_everything(struct trace *trace)
{
	const unsigned int nr = trace->record->nr;
	unsigned int at;

	choose_stops(trace);
	for (at = 0; at < nr; at++) {
		if (is_in_the_middle(trace, at))
			trace->rows.stop[at / 8] &=
				(unsigned char)~(1U << at % 8);
		else if (may_have_row(trace, at))
			set_bit_of(trace->rows.step, at);
	}
}

void trace_choose_rows(struct trace *trace)
{
	unsigned int room, nr, max;
	enum want want;

	memset(&trace->rows, 0, sizeof(trace->rows));
	trace->left_out = 0;
	trace_find_nameless(trace);
	if (trace->verbose) {
		choose_everything(trace);
		return;
	}
	choose_stops(trace);
	for (want = WANT_DECIDES; want < WANT_NOTHING; want++) {
		if (want == WANT_STATE)
			want_states(trace);
		nr = trace_nr_rows(trace);
		max = want < WANT_LOOK ? TRACE_ROWS : TRACE_ROWS_EASY;
		room = nr < max ? max - nr : 0;
		if (want != WANT_STATE)
			choose_all(trace, want, room);
	}
}
