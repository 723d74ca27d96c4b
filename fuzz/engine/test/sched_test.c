/* SPDX-License-Identifier: MIT */
/*
 * sched_test.c: whose turn it is: switches, default order, fairness.
 * Locks, spinning, sleep: wait_test.c. Interrupts: interrupt_test.c.
 */
#include "fake.h"
#include "inside.h"

#define FAIR_POINTS (FAIR_OPERATIONS << 7) /* of a target that says nothing */

static void steps(void) /* add 0: a | b | c | d, three access points */
{
	note('a');
	WRITE_ONCE(fake.x, 1);
	note('b');
	WRITE_ONCE(fake.y, 1);
	note('c');
	WRITE_ONCE(fake.x, 2);
	note('d');
}

static void loop(void) /* add 1: one access, four times */
{
	int i;

	for (i = 0; i < 4; i++) {
		WRITE_ONCE(fake.x, i);
		note((char)('k' + i));
	}
}

static void marathon(void) /* add 2: three fair turns and a bit */
{
	int i;

	for (i = 0; i < 3 * FAIR_POINTS + 10; i++) {
		WRITE_ONCE(fake.x, i);
		fake.y = i;
	}
	note('m');
}

static void how_far(void) /* add 3: how far is the marathon? */
{
	fake.flag = fake.y;
	note('h');
}

static void endless(void) /* add 4 */
{
	for (;;)
		WRITE_ONCE(fake.x, 1);
}

static void pinned(void) /* add 5: ( with its CPU for itself | ) | e */
{
	preempt_disable();
	note('(');
	WRITE_ONCE(fake.x, 1);
	note(')');
	preempt_enable();
	note('e');
}

static void visits(void) /* add 6: [ on CPU 0 ] on CPU 1 e */
{
	note('[');
	machine_migrate(
		SITE("visits", "", MACHINE_PREEMPT_ONS, MACHINE_PLAIN, 0), 0);
	note(']');
	machine_migrate(
		SITE("visits", "", MACHINE_PREEMPT_ONS, MACHINE_PLAIN, 0), 1);
	note('e');
}

static void stays(void) /* add 7: [ on CPU 0 ( for itself ) | e */
{
	note('[');
	machine_migrate(
		SITE("stays", "", MACHINE_PREEMPT_ONS, MACHINE_PLAIN, 0), 0);
	pinned();
}

static void sets(void) /* add 8: 60 accesses, then the flag, s */
{
	int i;

	for (i = 0; i < 60; i++)
		WRITE_ONCE(fake.x, i);
	WRITE_ONCE(fake.flag, 1);
	note('s');
}

static void polls(void) /* add 9: until the flag is set, without a word: p */
{
	while (!READ_ONCE(fake.flag))
		WRITE_ONCE(fake.y, 1);
	note('p');
}

static void act(unsigned long nr)
{
	static void (*const acts[])(
		void) = { steps,  loop,	  marathon, how_far, endless,
			  pinned, visits, stays,    sets,    polls };

	acts[nr]();
}

#define TWO_TASKS "task0 add 0\ntask1 add 0\n"

static void a_switch_stops_the_task_before_exactly_that_access(void **state)
{
	fake_play(*state, TWO_TASKS "preempt task0 op0 point 1 -> task1\n",
		  "0a1a1b1c1d0b0c0d");
	fake_play(*state, TWO_TASKS "preempt task0 op0 point 2 -> task1\n",
		  "0a0b1a1b1c1d0c0d");
	fake_play(*state, TWO_TASKS "preempt task0 op0 point 3 -> task1\n",
		  "0a0b0c1a1b1c1d0d");
}

static void a_switch_past_the_last_access_is_passed_over(void **state)
{
	fake_play(*state, TWO_TASKS "preempt task0 op0 point 4 -> task1\n",
		  "0a0b0c0d1a1b1c1d");
}

static void tasks_go_to_and_fro_as_the_schedule_says(void **state)
{
	const struct verdict *verdict = fake_play(
		*state,
		TWO_TASKS "preempt task0 op0 point 1 -> task1\n"
			  "preempt task1 op0 point 2 -> task0\n"
			  "preempt task0 op0 point 3 -> task1\n"
			  "preempt task1 op0 point 3 -> task0\n",
		"0a1a1b0b0c1c0d1d");

	assert_int_equal(verdict->preemptions, 4);
}

static void two_switches_at_one_point_are_taken_in_turn(void **state)
{
	fake_play(*state,
		  TWO_TASKS "task2 add 0\n"
			    "preempt task0 op0 point 2 -> task1\n"
			    "preempt task1 op0 point 1 -> task0\n"
			    "preempt task0 op0 point 2 -> task2\n",
		  "0a0b1a2a2b2c2d0c0d1b1c1d");
}

static void point_zero_is_in_front_of_the_operation(void **state)
{
	const struct verdict *verdict = fake_play(
		*state,
		"task0 add 0\ntask0 add 3\ntask1 add 0\n"
		"switch task0 op1 begin -> task1\n",
		"0a0b0c0d1a1b1c1d0h");

	assert_int_equal(verdict->preemptions, 0);
	fake_play(*state, TWO_TASKS "switch task0 op0 begin -> task1\n",
		  "1a1b1c1d0a0b0c0d");
}

static void a_switch_may_name_the_site_of_the_access(void **state)
{
	fake_play(*state,
		  TWO_TASKS "preempt task0 op0 before "
			    "steps:WRITE_ONCE(fake.y) -> task1\n",
		  "0a0b1a1b1c1d0c0d");
	fake_play(*state,
		  TWO_TASKS "preempt task0 op0 before "
			    "steps:WRITE_ONCE(fake.x)#2 -> task1\n",
		  "0a0b0c1a1b1c1d0d");
}

static void a_switch_may_name_the_function_of_the_access(void **state)
{
	fake_play(*state, TWO_TASKS "preempt task0 op0 before steps#2 -> task1\n",
		  "0a0b1a1b1c1d0c0d");
	fake_play(*state,
		  "task0 add 1\ntask1 add 3\n"
		  "preempt task0 op0 before loop#4 -> task1\n",
		  "0k0l0m1h0n");
	fake_play(*state,
		  "task0 add 1\ntask1 add 3\n"
		  "preempt task0 op0 before loop#5 -> task1\n",
		  "0k0l0m0n1h");
}

static void visits_are_counted_in_one_operation(void **state)
{
	fake_play(*state,
		  "task0 add 1\ntask0 add 1\ntask1 add 3\n"
		  "preempt task0 op1 before loop#2 -> task1\n",
		  "0k0l0m0n0k1h0l0m0n");
}

static void a_switch_to_a_task_that_cannot_run_is_passed_over(void **state)
{
	struct stage *stage = *state;
	const struct verdict *verdict = fake_play(
		stage,
		TWO_TASKS "preempt task0 op0 point 1 -> task5\n"
			  "preempt task0 op0 point 2 -> rcu\n"
			  "preempt task1 op0 point 2 -> task0\n",
		"0a0b0c0d1a1b1c1d");

	assert_int_equal(verdict->preemptions, 0);
	assert_int_equal(stage->engine.nr_taken, 0);
}

static void the_lowest_task_that_can_run_is_the_default(void **state)
{
	fake_play(*state, "task1 add 3\ntask4 add 3\ntask0 add 3\n", "0h1h4h");
	fake_play(*state,
		  "task0 add 0\ntask1 add 3\ntask2 add 3\n"
		  "preempt task0 op0 point 1 -> task2\n",
		  "0a2h0b0c0d1h");
}

static void the_next_in_turn_runs_after_fair_points(void **state)
{
	const struct verdict *verdict =
		fake_play(*state, "task0 add 2\ntask1 add 3\n", "1h0m");

	assert_int_equal(fake.flag, FAIR_POINTS - 2);
	assert_int_equal(verdict->preemptions, 1);
	assert_int_equal(verdict->points, 3 * FAIR_POINTS + 10);
}

static void who_makes_long_operations_has_long_turns(void **state)
{
	struct target slow = target_fake;
	const struct verdict *verdict;

	slow.points_shift = 10;
	verdict = stage_play(*state, &slow, "task0 add 2\ntask1 add 3\n");
	assert_string_equal(fake.log, "0m1h");
	assert_int_equal(verdict->preemptions, 0);
}

static void fair_turns_go_round(void **state)
{
	const struct verdict *verdict = fake_play(
		*state, "task0 add 2\ntask1 add 2\ntask2 add 3\n", "2h0m1m");

	assert_int_equal(fake.flag, FAIR_POINTS - 2);
	assert_in_range(verdict->preemptions, 5, 7);
}

static void preemptions_are_counted_inside_operations_only(void **state)
{
	const struct verdict *verdict = fake_play(
		*state,
		"task0 add 0\ntask0 add 0\ntask1 add 3\ntask2 add 3\n"
		"preempt task0 op0 point 3 -> task1\n"
		"switch task0 op1 begin -> task2\n",
		"0a0b0c1h0d2h0a0b0c0d");

	assert_int_equal(verdict->preemptions, 1);
	assert_int_equal(verdict->operations, 4);
	assert_int_equal(verdict->points, 6);
}

/* Task 0 is back at its point and makes no step there. */
static void a_cpu_that_is_passed_on_was_not_taken_away(void **state)
{
	const struct verdict *verdict = fake_play(
		*state,
		"task0 add 0\ntask1 add 3\ntask2 add 3\n"
		"preempt task0 op0 point 2 -> task1\n"
		"preempt task0 op0 point 2 -> task2\n",
		"0a0b1h2h0c0d");

	assert_int_equal(verdict->preemptions, 1);
}

static void an_operation_that_never_ends_is_stuck(void **state)
{
	fake_fail(*state, "task0 add 4\n", "stuck");
	fake_fail(*state, "task0 add 4\ntask1 add 4\ntask2 add 0\n", "stuck");
}

/* Each time others poll for all of their turns, and it makes a step: 160 fair switches. */
static void who_is_preempted_again_and_again_is_not_stuck(void **state)
{
	char text[4096];
	int point, at;

	at = sprintf(text,
		     "task0 add 8\ntask1 add 9\ntask2 add 9\ntask3 add 9\n");
	for (point = 1; point <= 40; point++)
		at += sprintf(text + at,
			      "preempt task0 op0 point %d -> task1\n", point);
	fake_play(*state, text, "0s1p2p3p");
}

static void who_is_preempted_and_never_ends_is_stuck(void **state)
{
	fake_fail(*state,
		  "task0 add 4\ntask1 add 4\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task0 op0 point 3 -> task1\n",
		  "stuck");
}

static void a_pinned_task_shares_its_cpu_with_nobody(void **state)
{
	fake_play(*state,
		  "cpu task1 0\ntask0 add 5\ntask1 add 3\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "0(0)0e1h");
	fake_play(*state,
		  "cpu task1 0\ntask0 add 5\ntask1 add 3\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "0(0)1h0e");
}

static void other_cpus_run_beside_a_pinned_task(void **state)
{
	fake_play(*state,
		  "cpu task1 0\ntask0 add 5\ntask1 add 3\ntask2 add 3\n"
		  "preempt task0 op0 point 1 -> task2\n",
		  "0(2h0)0e1h");
}

static void who_migrates_waits_for_a_pinned_task_there(void **state)
{
	fake_play(*state,
		  "task0 add 5\ntask1 add 6\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "0(1[0)0e1]1e");
	fake_play(*state,
		  "task0 add 5\ntask1 add 6\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "0(0)1[1]1e0e");
}

#define ONE_STAYS                                                              \
	"task0 add 3\ntask1 add 7\ntask2 add 3\n"                              \
	"switch task0 op0 begin -> task1\n"

static void who_has_migrated_has_its_new_cpu_for_itself(void **state)
{
	fake_play(*state, ONE_STAYS "preempt task1 op0 point 2 -> task0\n",
		  "1[1(1)1e0h2h");
	fake_play(*state, ONE_STAYS "preempt task1 op0 point 2 -> task2\n",
		  "1[1(2h1)1e0h");
}

static void set_up_is_undisturbed(void **state)
{
	const struct verdict *verdict = fake_play(
		*state, "setup add 2\nsetup add 0\ntask0 add 3\n",
		"9m9a9b9c9d0h");

	assert_int_equal(verdict->points, 0);
	assert_int_equal(verdict->operations, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_switch_stops_the_task_before_exactly_that_access),
		cmocka_unit_test(a_switch_past_the_last_access_is_passed_over),
		cmocka_unit_test(tasks_go_to_and_fro_as_the_schedule_says),
		cmocka_unit_test(two_switches_at_one_point_are_taken_in_turn),
		cmocka_unit_test(point_zero_is_in_front_of_the_operation),
		cmocka_unit_test(a_switch_may_name_the_site_of_the_access),
		cmocka_unit_test(a_switch_may_name_the_function_of_the_access),
		cmocka_unit_test(visits_are_counted_in_one_operation),
		cmocka_unit_test(
			a_switch_to_a_task_that_cannot_run_is_passed_over),
		cmocka_unit_test(the_lowest_task_that_can_run_is_the_default),
		cmocka_unit_test(the_next_in_turn_runs_after_fair_points),
		cmocka_unit_test(who_makes_long_operations_has_long_turns),
		cmocka_unit_test(fair_turns_go_round),
		cmocka_unit_test(
			preemptions_are_counted_inside_operations_only),
		cmocka_unit_test(a_cpu_that_is_passed_on_was_not_taken_away),
		cmocka_unit_test(an_operation_that_never_ends_is_stuck),
		cmocka_unit_test(who_is_preempted_again_and_again_is_not_stuck),
		cmocka_unit_test(who_is_preempted_and_never_ends_is_stuck),
		cmocka_unit_test(a_pinned_task_shares_its_cpu_with_nobody),
		cmocka_unit_test(other_cpus_run_beside_a_pinned_task),
		cmocka_unit_test(who_migrates_waits_for_a_pinned_task_there),
		cmocka_unit_test(who_has_migrated_has_its_new_cpu_for_itself),
		cmocka_unit_test(set_up_is_undisturbed),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
