/* SPDX-License-Identifier: MIT */
/*
 * mail_order_test.c: the order of steps as first written in the mail of January
 * 2021 cannot happen: once a lookup has its reference, the page is not freed.
 *
 * Expected: with that prefix, never a finding; without it, page-loss under the
 * schedule of the founding race. Both on the code without the fix.
 */
#include "stage.h"

#define CONTINUATIONS 100000

static void the_founding_race_is_there_without_the_prefix(void **state)
{
	const struct verdict *verdict = stage_play(
		*state, stage_core("free-without-tail"), FOUNDING_RACE);

	expect_finding(verdict, "page-loss");
	assert_int_equal(verdict->finding.number, 3);
	assert_int_equal(verdict->preemptions, 2);
}

static void the_fix_keeps_every_page_in_that_schedule(void **state)
{
	expect_finding(stage_play(*state, stage_core("none"), FOUNDING_RACE),
		       "clean");
}

/* The lookup owns its reference before anybody else has done a step. */
static void the_prefix_stops_the_lookup_with_its_reference(void **state)
{
	struct stage *stage = *state;
	const struct step *step;
	unsigned int i, referenced = 0, removing = 0;

	stage_play(stage, stage_core("free-without-tail"),
		   FOUNDING_PROGRAM
		   "preempt task0 op0 before xas_reload#1 -> task1\n");
	for (i = 0; i < stage->record.nr; i++) {
		step = &stage->record.steps[i];
		if (step->kind == STEP_ACCESS && step->task == 0 &&
		    !referenced &&
		    !strcmp(step->site->function, "get_page_unless_zero"))
			referenced = step->old != step->new ? i : 0;
		if (step->task == 1 && !removing)
			removing = i;
	}
	assert_true(referenced);
	assert_true(removing > referenced);
}

static void the_order_of_the_mail_never_loses_a_page(void **state)
{
	struct stage *stage = *state;
	const struct target *target = stage_core("free-without-tail");
	struct policy policy;
	struct walk walk;
	const struct run_options options = { .policy = &policy };
	unsigned int seed;

	stage_parse(&stage->program,
		    FOUNDING_PROGRAM
		    "preempt task0 op0 before xas_reload#1 -> task1\n");
	for (seed = 0; seed < CONTINUATIONS; seed++) {
		policy_random_walk(&policy, &walk, seed, 2 + seed % 15);
		expect_finding(engine_run(&stage->engine, target,
					  &stage->program, &options),
			       "clean");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_founding_race_is_there_without_the_prefix),
		cmocka_unit_test(the_fix_keeps_every_page_in_that_schedule),
		cmocka_unit_test(the_prefix_stops_the_lookup_with_its_reference),
		cmocka_unit_test(the_order_of_the_mail_never_loses_a_page),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
