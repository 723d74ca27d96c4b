/* SPDX-License-Identifier: MIT */
/*
 * trace_rows.c: which steps have a row in the table, so that what decides is not
 * lost among the rest.
 */
#include <string.h>

#include "trace_want.h"

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
static unsigned int choose_all(struct trace *trace, enum trace_want want,
			       unsigned int room)
{
	/* TRACE_ROWS_EASY may be passed by what the last one brings. */
	const unsigned int least = want < WANT_LOOK ? TRACE_ROWS_OF_ONE : 1;
	unsigned int at, nr;

	for (at = trace->record->nr; at-- > 0;) {
		const struct step *step = &trace->record->steps[at];

		if ((step->kind == STEP_END && !trace_decides(trace, step)) ||
		    trace_has_row(trace, at) || !may_have_row(trace, at) ||
		    trace_want(trace, at) != want)
			continue;
		if (room < least && want != WANT_DECIDES) {
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
	       !trace_is_marked(trace, at);
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
	enum trace_want want;

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
