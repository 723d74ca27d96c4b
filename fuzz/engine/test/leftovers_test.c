/* SPDX-License-Identifier: MIT */
/* leftovers_test.c: what of a program a run did not do, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "leftovers.h"
#include "stage.h"

static struct leftovers left;

/* Play and record what stands on @stage; left has what remains. */
static const struct verdict *watch(struct stage *stage,
				   const struct target *target)
{
	static struct leftovers_watch watch;
	const struct verdict *verdict;
	struct script script;
	struct policy policy;
	const struct run_options look = {
		.policy = &policy,
		.observers = { record_observer(&stage->record),
			       leftovers_observer(&watch) },
	};

	policy_script(&policy, &script);
	verdict = engine_run(&stage->engine, target, &stage->program, &look);
	leftovers_gather(&watch, &stage->engine, &script);
	left = watch.left;
	return verdict;
}

static const struct verdict *play(struct stage *stage,
				  const struct target *target, const char *text)
{
	stage_parse(&stage->program, text);
	return watch(stage, target);
}

static void nothing_is_left_of_the_founding_race(void **state)
{
	static const struct leftovers none;

	assert_non_null(
		play(*state, stage_core("free-without-tail"), FOUNDING_RACE)
			->finding.checker);
	assert_memory_equal(&left, &none, sizeof(left));
}

static void operations_without_a_handle_are_left(void **state)
{
	play(*state, stage_core("none"),
	     "setup free b0\ntask0 b1 = alloc order=1\ntask0 get b1\n"
	     "task0 free b1\ntask0 free b1\n");
	assert_int_equal(left.setup[0], LEFT_EMPTY);
	assert_int_equal(left.ops[0][0], LEFT_NOT);
	assert_int_equal(left.ops[0][1], LEFT_ILLEGAL);
	assert_int_equal(left.ops[0][2], LEFT_NOT);
	assert_int_equal(left.ops[0][3], LEFT_EMPTY);
}

static void operations_that_the_target_lacks_are_left(void **state)
{
	play(*state, stage_core("none"), "task2 add 1\ntask2 sync 1\n");
	assert_int_equal(left.ops[2][0], LEFT_NOT);
	assert_int_equal(left.ops[2][1], LEFT_LACKED);
}

static void an_interrupt_is_left_unless_it_was_called(void **state)
{
	play(*state, stage_core("none"),
	     "irq task3\ntask0 add 1\ntask3 drain\ntask3 drain\n"
	     "preempt task0 op0 before put_page_testzero -> task3\n");
	assert_int_equal(left.ops[3][0], LEFT_NOT);
	assert_int_equal(left.ops[3][1], LEFT_UNCALLED);
	assert_int_equal(left.switches[0], LEFT_NOT);
}

static void switches_are_left_where_nobody_came(void **state)
{
	play(*state, stage_core("none"),
	     "setup add 3\ntask0 lookup 3\ntask1 remove 3\n"
	     "switch task0 op9 begin -> task1\n"
	     "preempt task0 op0 before xas_reload#9 -> task1\n"
	     "preempt task0 op0 point 999 -> task1\n"
	     "switch task4 op0 begin -> task1\n"
	     "preempt task0 op0 before xas_reload -> task1\n");
	assert_int_equal(left.switches[0], LEFT_UNMET);
	assert_int_equal(left.switches[1], LEFT_UNMET);
	assert_int_equal(left.switches[2], LEFT_UNMET);
	assert_int_equal(left.switches[3], LEFT_UNMET);
	assert_int_equal(left.switches[4], LEFT_NOT);
}

static void switches_are_left_where_the_next_cannot_run(void **state)
{
	play(*state, stage_core("none"),
	     "setup add 3\ntask0 lookup 3\ntask1 drain\n"
	     "preempt task0 op0 before xas_reload -> task7\n"
	     "preempt task0 op0 before xas_reload -> rcu\n"
	     "preempt task0 op0 before xas_reload -> task1\n"
	     "preempt task0 op0 before put_page_testzero -> task1\n");
	assert_int_equal(left.switches[0], LEFT_UNDONE);
	assert_int_equal(left.switches[1], LEFT_UNDONE);
	assert_int_equal(left.switches[2], LEFT_NOT);
	assert_int_equal(left.switches[3], LEFT_UNMET);
}

static void what_the_finding_cut_off_was_ahead(void **state)
{
	assert_non_null(play(*state, stage_core("no-grace-period"),
			     "setup add 3\ntask0 lookup 3\ntask0 lookup 3\n"
			     "task1 remove 3\n"
			     "preempt task0 op0 before xas_descend -> task1\n"
			     "switch task0 op1 begin -> task1\n"
			     "switch task0 op2 begin -> task1\n")
				->finding.checker);
	assert_int_equal(left.switches[0], LEFT_NOT);
	assert_int_equal(left.switches[1], LEFT_AHEAD);
	assert_int_equal(left.switches[2], LEFT_UNMET);
	assert_int_equal(left.ops[0][1], LEFT_NOT);
}

static void who_looks_on_changes_nothing(void **state)
{
	struct stage *stage = *state;
	unsigned int i, nr = stage_nr_targets();

	for (i = 0; i < 200; i++) {
		const struct target *target = variants[i % nr].target;
		uint32_t digest;

		stage_random(&stage->program, i, 40);
		digest = stage_run_digest(stage, target, &stage->program);
		watch(stage, target);
		assert_int_equal(stage_digest(stage), digest);
	}
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_left_of_the_founding_race),
		TEST(operations_without_a_handle_are_left),
		TEST(operations_that_the_target_lacks_are_left),
		TEST(an_interrupt_is_left_unless_it_was_called),
		TEST(switches_are_left_where_nobody_came),
		TEST(switches_are_left_where_the_next_cannot_run),
		TEST(what_the_finding_cut_off_was_ahead),
		TEST(who_looks_on_changes_nothing),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
