/* SPDX-License-Identifier: MIT */
/*
 * wait_test.c: tasks that cannot go on: locks, spinning, sleep; and sections
 * that an operation forgets to leave.
 */
#include "fake.h"

static void section(void) /* add 0: a | l | i | u */
{
	note('a');
	spin_lock(&fake.lock);
	note('l');
	WRITE_ONCE(fake.x, 1);
	note('i');
	spin_unlock(&fake.lock);
	note('u');
}

static void lock_then_other(void) /* add 1 */
{
	spin_lock(&fake.lock);
	note('l');
	spin_lock(&fake.other);
	note('o');
	spin_unlock(&fake.other);
	spin_unlock(&fake.lock);
}

static void other_then_lock(void) /* add 2 */
{
	spin_lock(&fake.other);
	note('o');
	spin_lock(&fake.lock);
	note('l');
	spin_unlock(&fake.lock);
	spin_unlock(&fake.other);
}

static void spin(void) /* add 3: one s for each look at the flag */
{
	for (;;) {
		note('s');
		if (READ_ONCE(fake.flag))
			break;
		cpu_relax();
	}
	note('d');
}

static void raise_flag(void) /* add 4: a | x written, b | flag, c | e */
{
	note('a');
	WRITE_ONCE(fake.x, 1);
	note('b');
	WRITE_ONCE(fake.flag, 1);
	note('c');
	WRITE_ONCE(fake.x, 2);
	note('e');
}

static void sleep_for_flag(void) /* add 5 */
{
	wait_var_event(&fake.flag, READ_ONCE(fake.flag));
	note('w');
}

static void raise_and_wake(void) /* add 6: a | flag, b | woken, c */
{
	note('a');
	WRITE_ONCE(fake.flag, 1);
	note('b');
	wake_up_var(&fake.flag);
	note('c');
}

static void unlock_only(void) /* add 7 */
{
	spin_unlock(&fake.lock);
}

static void leave_locked(void) /* add 8 */
{
	spin_lock(&fake.lock);
}

static void leave_reading(void) /* add 9 */
{
	rcu_read_lock();
}

static void leave_irqs_off(void) /* add 10 */
{
	local_irq_disable();
}

static void leave_pinned(void) /* add 11 */
{
	preempt_disable();
}

static void try_lock(void) /* add 12: t taken, n not */
{
	if (spin_trylock(&fake.lock)) {
		note('t');
		spin_unlock(&fake.lock);
	} else {
		note('n');
	}
}

static bool flag_under_lock(void)
{
	bool flag;

	spin_lock(&fake.lock);
	flag = READ_ONCE(fake.flag);
	spin_unlock(&fake.lock);
	return flag;
}

static void sleep_by_lock(void) /* add 13 */
{
	wait_var_event(&fake.flag, flag_under_lock());
	note('w');
}

static void look_then_join(void) /* add 14: as nobody should */
{
	if (!READ_ONCE(fake.flag)) {
		prepare_to_wait(&fake.flag);
		machine_wait(SITE("sleep", "", MACHINE_WAITS, MACHINE_FULL, 0));
		machine_finish_wait();
	}
	note('w');
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		section,      lock_then_other, other_then_lock, spin,
		raise_flag,   sleep_for_flag,  raise_and_wake,	unlock_only,
		leave_locked, leave_reading,   leave_irqs_off,	leave_pinned,
		try_lock,     sleep_by_lock,   look_then_join,
	};

	acts[nr]();
}

/* ------------------------------------------------------------------- locks */

static void a_waiter_runs_when_the_lock_is_free(void **state)
{
	fake_play(*state,
		  "task0 add 0\ntask1 add 0\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "0a0l1a0i0u1l1i1u");
}

static void a_waiter_cannot_run_before_the_unlock(void **state)
{
	fake_play(*state,
		  "task0 add 0\ntask1 add 0\ntask2 add 12\n"
		  "preempt task0 op0 point 2 -> task1\n"
		  "preempt task0 op0 point 3 -> task1\n",
		  "0a0l1a0i0u1l1i1u2t");
	fake_play(*state,
		  "task0 add 0\ntask0 add 0\ntask1 add 0\n"
		  "preempt task0 op0 point 2 -> task1\n"
		  "preempt task0 op1 point 1 -> task1\n",
		  "0a0l1a0i0u0a1l1i1u0l0i0u");
}

static void a_task_in_front_of_a_held_lock_is_not_preempted(void **state)
{
	const char *text = "task0 add 0\ntask1 add 0\n"
			   "preempt task0 op0 point 2 -> task1\n"
			   "preempt task1 op0 point 1 -> task0\n";
	const struct verdict *verdict = fake_play(
		*state, text, "0a0l1a0i0u1l1i1u");

	assert_int_equal(verdict->preemptions, 1);
}

static void a_trylock_does_not_wait(void **state)
{
	fake_play(*state,
		  "task0 add 0\ntask1 add 12\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "0a0l1n0i0u");
}

static void two_locks_in_opposite_order_deadlock(void **state)
{
	fake_play(*state, "task0 add 1\ntask1 add 2\n", "0l0o1o1l");
	fake_fail(*state,
		  "task0 add 1\ntask1 add 2\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "deadlock");
}

static void a_lock_taken_twice_deadlocks(void **state)
{
	fake_fail(*state, "task0 add 8\n", "section-left-open");
	fake_fail(*state,
		  "task0 add 1\ntask1 add 0\ntask2 add 2\n"
		  "preempt task0 op0 point 2 -> task1\n"
		  "preempt task1 op0 point 1 -> task2\n",
		  "deadlock");
}

static void an_unlock_by_a_stranger_is_reported(void **state)
{
	fake_fail(*state, "task0 add 7\n", "unlock-by-stranger");
	fake_fail(*state,
		  "task0 add 0\ntask1 add 7\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "unlock-by-stranger");
}

/* ---------------------------------------------------------------- spinning */

static void a_spinning_task_wakes_when_its_address_is_written(void **state)
{
	fake_play(*state,
		  "task0 add 3\ntask1 add 4\n"
		  "preempt task1 op0 point 1 -> task0\n"
		  "preempt task1 op0 point 2 -> task0\n"
		  "preempt task1 op0 point 3 -> task0\n",
		  "0s1a0s1b1c0s0d1e");
}

static void a_write_between_load_and_spin_is_not_lost(void **state)
{
	fake_play(*state,
		  "task0 add 3\ntask1 add 4\n"
		  "preempt task0 op0 before spin:cpu_relax()#1 -> task1\n"
		  "preempt task1 op0 point 3 -> task0\n",
		  "0s1a1b1c0s0d1e");
	fake_play(*state,
		  "task0 add 3\ntask1 add 4\n"
		  "preempt task1 op0 point 1 -> task0\n"
		  "preempt task0 op0 before spin:cpu_relax()#2 -> task1\n"
		  "preempt task1 op0 point 3 -> task0\n",
		  "0s1a0s1b1c0s0d1e");
}

static void spinning_for_a_write_that_never_comes_is_a_deadlock(void **state)
{
	fake_fail(*state, "task0 add 3\n", "deadlock");
	fake_fail(*state, "task0 add 3\ntask1 add 3\ntask2 add 0\n",
		  "deadlock");
}

static void a_deadlock_leaves_nothing_behind_for_the_next_run(void **state)
{
	int i;

	for (i = 0; i < 3; i++) {
		fake_fail(*state, "task0 add 3\ntask1 add 3\ntask2 add 0\n",
			  "deadlock");
		fake_play(*state, "task0 add 12\ntask1 add 12\ntask2 add 12\n",
			  "0t1t2t");
	}
}

/* ---------------------------------------------------------- sleep and wake */

static void a_sleeper_goes_on_when_it_is_woken(void **state)
{
	fake_play(*state, "task0 add 5\ntask1 add 6\n", "1a1b1c0w");
	fake_play(*state,
		  "task0 add 5\ntask1 add 6\n"
		  "preempt task1 op0 point 2 -> task0\n",
		  "1a1b1c0w");
}

/* Points: the first look, joining, the second look, sleep. */
static void a_wake_up_between_condition_and_sleep_is_not_lost(void **state)
{
	char text[128];
	int point;

	for (point = 1; point <= 4; point++) {
		snprintf(text, sizeof(text),
			 "task0 add 5\ntask1 add 6\n"
			 "preempt task0 op0 point %d -> task1\n",
			 point);
		fake_play(*state, text, "1a1b1c0w");
	}
}

static void a_wake_up_is_lost_on_who_looked_before_it_joined(void **state)
{
	fake_play(*state, "task0 add 14\ntask1 add 6\n", "1a1b1c0w");
	fake_play(*state,
		  "task0 add 14\ntask1 add 6\n"
		  "preempt task0 op0 before look_then_join:sleep() -> task1\n",
		  "1a1b1c0w");
	fake_fail(
		*state,
		"task0 add 14\ntask1 add 6\n"
		"preempt task0 op0 before look_then_join:prepare_to_wait(&fake.flag) -> task1\n",
		"deadlock");
}

static void who_need_not_wait_joins_nobody(void **state)
{
	const struct verdict *verdict =
		fake_play(*state,
			  "task1 add 6\ntask0 add 5\n"
			  "switch task0 op0 begin -> task1\n",
			  "1a1b1c0w");

	assert_int_equal(verdict->points, 3);
}

static void a_sleeper_that_waited_for_a_lock_first_is_woken(void **state)
{
	fake_play(*state,
		  "task0 add 13\ntask1 add 0\ntask2 add 6\n"
		  "switch task0 op0 begin -> task1\n"
		  "preempt task1 op0 point 2 -> task0\n",
		  "1a1l1i1u2a2b2c0w");
}

static void a_write_does_not_wake_a_sleeper(void **state)
{
	fake_fail(*state, "task0 add 5\ntask1 add 4\n", "deadlock");
}

/* --------------------------------------------------- sections never left */

static void an_operation_that_ends_in_a_section_is_reported(void **state)
{
	fake_fail(*state, "task0 add 8\n", "section-left-open");
	fake_fail(*state, "task0 add 9\n", "section-left-open");
	fake_fail(*state, "task0 add 10\n", "section-left-open");
	fake_fail(*state, "task0 add 11\n", "section-left-open");
	fake_fail(*state, "setup add 9\n", "section-left-open");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_waiter_runs_when_the_lock_is_free),
		cmocka_unit_test(a_waiter_cannot_run_before_the_unlock),
		cmocka_unit_test(
			a_task_in_front_of_a_held_lock_is_not_preempted),
		cmocka_unit_test(a_trylock_does_not_wait),
		cmocka_unit_test(two_locks_in_opposite_order_deadlock),
		cmocka_unit_test(a_lock_taken_twice_deadlocks),
		cmocka_unit_test(an_unlock_by_a_stranger_is_reported),
		cmocka_unit_test(
			a_spinning_task_wakes_when_its_address_is_written),
		cmocka_unit_test(a_write_between_load_and_spin_is_not_lost),
		cmocka_unit_test(
			spinning_for_a_write_that_never_comes_is_a_deadlock),
		cmocka_unit_test(
			a_deadlock_leaves_nothing_behind_for_the_next_run),
		cmocka_unit_test(a_sleeper_goes_on_when_it_is_woken),
		cmocka_unit_test(
			a_wake_up_between_condition_and_sleep_is_not_lost),
		cmocka_unit_test(
			a_wake_up_is_lost_on_who_looked_before_it_joined),
		cmocka_unit_test(who_need_not_wait_joins_nobody),
		cmocka_unit_test(
			a_sleeper_that_waited_for_a_lock_first_is_woken),
		cmocka_unit_test(a_write_does_not_wake_a_sleeper),
		cmocka_unit_test(
			an_operation_that_ends_in_a_section_is_reported),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
