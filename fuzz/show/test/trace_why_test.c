/* SPDX-License-Identifier: MIT */
/* trace_why_test.c: why two steps are in conflict; a moment of a run. */
#include "stage.h"
#include "trace.h"
#include "way.h"

static struct timeline timeline;

static void look(struct stage *stage, const struct target *target,
		 const char *text, struct trace *trace)
{
	stage->record.timeline = &timeline;
	stage_play(stage, target, text);
	trace_init(trace, &stage->engine, &stage->record, true);
	stage->record.timeline = NULL;
}

static void expect_why(struct stage *stage, const struct target *target,
		       const char *text, const char *why)
{
	char got[TRACE_WHY];
	struct trace trace;

	look(stage, target, text, &trace);
	trace_why(&trace, got, sizeof(got));
	assert_string_equal(got, why);
}

static void a_page_that_went_another_way_is_followed(void **state)
{
	expect_why(
		*state, stage_core("free-without-tail"), FOUNDING_RACE,
		"both modify page 0 count, with no lock in common, while "
		"both operations are under way; task0 had loaded page 0 "
		"from node 0 slot[3], and since then page 0 left the cache and "
		"was freed (task1 op0 remove), then was handed out as "
		"incarnation 2 (task1 op1 alloc)");
}

static void a_page_cached_elsewhere_names_the_index(void **state)
{
	char got[TRACE_WHY];
	struct trace trace;

	look(*state, stage_core("no-recheck"),
	     "setup add 3\ntask0 lookup 3\ntask1 remove 3\ntask1 add 5\n"
	     "preempt task0 op0 before get_page_unless_zero -> task1\n",
	     &trace);
	trace_why(&trace, got, sizeof(got));
	assert_non_null(strstr(got, "and was cached at 5 (task1 op1 add)"));
}

static void what_an_operation_did_itself_is_no_news_to_it(void **state)
{
	struct way way = { .at = { [WAY_LEFT] = 1, [WAY_GIVEN] = 2 } };
	struct record *record = &((struct stage *)*state)->record;

	record->nr = 3;
	record->steps[0] = (struct step){ .task = 1, .op = 2 };
	record->steps[1] = (struct step){ .task = 1, .op = 3 };
	record->steps[2] = (struct step){ .task = 1, .op = 2 };
	way_drop(&way, record, &record->steps[2]);
	assert_int_equal(way.at[WAY_LEFT], 0);
	assert_int_equal(way.at[WAY_GIVEN], 2);
}

static void an_object_given_back_is_named(void **state)
{
	expect_why(*state, stage_core("no-grace-period"),
		   "setup add 3\ntask0 lookup 3\ntask1 remove 3\n"
		   "preempt task0 op0 before xas_descend -> task1\n",
		   "task1 writes and task0 is about to read node 0 slot[3], "
		   "with no lock in common, while both operations are under "
		   "way; task0 had loaded node 0 from mapping xa_head, and "
		   "since then node 0 was given back");
}

static void a_place_that_came_back_to_its_value_is_told(void **state)
{
	expect_why(
		*state, targets_find("treiber", NULL)->target,
		"task0 b0 = alloc\ntask0 b1 = alloc\n"
		"task1 b2 = alloc\ntask1 b3 = alloc\n"
		"task1 free b2\n"
		"preempt task0 op0 point 3 -> task1\n",
		"task0 saw stack head as node 0 twice, but in between it was "
		"changed 3 times, back to node 0 by task1 in push b2 (node "
		"0); both modify stack head, with no lock in common, while "
		"both operations are under way");
}

static void what_happened_between_the_two_is_told(void **state)
{
	expect_why(*state, stage_core("late-head-read"),
		   "setup b0 = alloc order=2 compound\nsetup r0 = get b0\n"
		   "task0 free b0\ntask0 b2 = alloc\n"
		   "task1 put r0\ntask1 b1 = alloc order=2\n"
		   "preempt task0 op0 before PageHead -> task1\n",
		   "task0 modifies and task1 writes page 0 count, with no lock "
		   "in common, while both operations are under way; from the "
		   "one to the other page 0 was freed (task1 op0 put), then was "
		   "handed out as incarnation 2 (task1 op1 alloc)");
}

static void a_clean_run_has_no_reason(void **state)
{
	expect_why(*state, stage_core("none"), FOUNDING_RACE, "");
}

static void without_a_timeline_the_deeds_are_left(void **state)
{
	struct stage *stage = *state;
	char got[TRACE_WHY];
	struct trace trace;

	stage_play(stage, stage_core("free-without-tail"), FOUNDING_RACE);
	trace_init(&trace, &stage->engine, &stage->record, false);
	trace_why(&trace, got, sizeof(got));
	assert_non_null(strstr(got, "both modify page 0 count"));
	assert_null(strstr(got, "incarnation"));
}

static void a_long_reason_is_cut_not_overrun(void **state)
{
	char got[2 * TRACE_WHY];
	struct trace trace;
	size_t i;

	memset(got, '#', sizeof(got));
	look(*state, stage_core("free-without-tail"), FOUNDING_RACE, &trace);
	trace_why(&trace, got, 24);
	assert_string_equal(got, "both modify page 0 coun");
	for (i = 24; i < sizeof(got); i++)
		assert_int_equal(got[i], '#');
}

/* ------------------------------------------------------------- a moment */

static const char *moment(const struct trace *trace, unsigned int step)
{
	static char text[65536];
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_non_null(out);
	trace_moment(trace, step - 1, out);
	fclose(out);
	return text;
}

static void a_moment_has_free_lists_cache_and_pages_of_nobody(void **state)
{
	struct stage *stage = *state;
	struct trace trace;

	look(stage, stage_core("free-without-tail"), FOUNDING_RACE, &trace);
	assert_string_equal(moment(&trace, stage->record.nr),
			    "    free: order 0: 0 | order 2: 4 | order 3: 8\n"
			    "    cache: empty\n"
			    "    in nobody's books: 1 2 3\n");
	assert_string_equal(moment(&trace, 26),
			    "    free: order 0: 1 | order 1: 2 | order 2: 4 | "
			    "order 3: 8\n    cache: 3 -> page 0\n");
}

static void a_moment_has_per_cpu_lists_and_is_cut_to_the_width(void **state)
{
	struct stage *stage = *state;
	struct trace trace;
	const char *text;

	look(stage, stage_core("none"),
	     "pages 64\npcp high=15 batch=8\ntask1 b0 = alloc\n"
	     "task1 free b0\ntask1 drain_all\n", &trace);
	for (trace.step_a = 1; trace.step_a <= stage->record.nr;
	     trace.step_a++) {
		text = moment(&trace, trace.step_a);
		if (strstr(text, "    per-CPU 1: order 0: 0 1 2 3 4 5 6 7\n"))
			return;
	}
	fail_msg("no moment has all eight pages on the list of CPU 1");
}

static void many_blocks_are_counted_not_listed(void **state)
{
	struct trace trace;

	look(*state, targets_find("treiber", NULL)->target, "pages 64\n",
	     &trace);
	assert_string_equal(moment(&trace, 1),
			    "    free: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 "
			    "and 48 more\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_that_went_another_way_is_followed),
		cmocka_unit_test(a_page_cached_elsewhere_names_the_index),
		cmocka_unit_test(what_an_operation_did_itself_is_no_news_to_it),
		cmocka_unit_test(an_object_given_back_is_named),
		cmocka_unit_test(a_place_that_came_back_to_its_value_is_told),
		cmocka_unit_test(what_happened_between_the_two_is_told),
		cmocka_unit_test(a_clean_run_has_no_reason),
		cmocka_unit_test(without_a_timeline_the_deeds_are_left),
		cmocka_unit_test(a_long_reason_is_cut_not_overrun),
		cmocka_unit_test(
			a_moment_has_free_lists_cache_and_pages_of_nobody),
		cmocka_unit_test(
			a_moment_has_per_cpu_lists_and_is_cut_to_the_width),
		cmocka_unit_test(many_blocks_are_counted_not_listed),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
