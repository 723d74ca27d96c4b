/* SPDX-License-Identifier: MIT */
/* interrupt_test.c: lists that run as interrupts on the running CPU. */
#include "fake.h"

static void steps(void) /* add 0: a | b | c | d */
{
	note('a');
	WRITE_ONCE(fake.x, 1);
	note('b');
	WRITE_ONCE(fake.y, 1);
	note('c');
	WRITE_ONCE(fake.x, 2);
	note('d');
}

static void masked(void) /* add 1: a | b with interrupts off | c | d on */
{
	unsigned long flags;

	note('a');
	local_irq_save(flags);
	WRITE_ONCE(fake.x, 1);
	note('b');
	WRITE_ONCE(fake.y, 1);
	note('c');
	local_irq_restore(flags);
	note('d');
}

static void short_one(void) /* add 2; fake.flag: the CPU that it ran on */
{
	note('i');
	fake.flag = smp_processor_id();
}

static void locked(void) /* add 3: a | l | u, interrupts on */
{
	note('a');
	spin_lock(&fake.lock);
	note('l');
	WRITE_ONCE(fake.x, 1);
	spin_unlock(&fake.lock);
	note('u');
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = { steps, masked, short_one,
					      locked };

	acts[nr]();
}

static void an_interrupt_runs_nested_at_the_point(void **state)
{
	const struct verdict *verdict = fake_play(
		*state,
		"irq task1\ntask0 add 0\ntask1 add 0\n"
		"preempt task0 op0 point 2 -> task1\n",
		"0a0b1a1b1c1d0c0d");

	assert_int_equal(verdict->preemptions, 0);
	assert_int_equal(verdict->operations, 2);
}

static void an_interrupt_runs_on_the_cpu_of_the_task_below(void **state)
{
	fake_play(*state,
		  "irq task1\ntask3 add 0\ntask1 add 2\n"
		  "preempt task3 op0 point 1 -> task1\n",
		  "3a1i3b3c3d");
	assert_int_equal(fake.flag, 3);
}

static void each_interrupt_runs_one_operation_of_the_list(void **state)
{
	fake_play(*state,
		  "irq task1\ntask0 add 0\ntask1 add 2\ntask1 add 0\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task0 op0 point 3 -> task1\n"
		  "preempt task0 op0 point 3 -> task1\n",
		  "0a1i0b0c1a1b1c1d0d");
}

static void no_interrupt_comes_while_they_are_off(void **state)
{
	fake_play(*state,
		  "irq task1\ntask0 add 1\ntask1 add 2\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "0a0b0c0d");
	fake_play(*state,
		  "irq task1\ntask0 add 1\ntask1 add 2\n"
		  "preempt task0 op0 point 3 -> task1\n",
		  "0a0b0c1i0d");
}

static void an_interrupt_is_not_interrupted(void **state)
{
	fake_play(*state,
		  "irq task1\nirq task2\ntask0 add 0\ntask1 add 0\n"
		  "task2 add 2\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task1 op0 point 1 -> task2\n",
		  "0a1a1b1c1d0b0c0d");
}

static void without_a_schedule_no_interrupt_comes(void **state)
{
	fake_play(*state, "irq task1\ntask0 add 0\ntask1 add 2\n", "0a0b0c0d");
}

static void other_cpus_go_on_while_an_interrupt_runs(void **state)
{
	fake_play(*state,
		  "irq task1\ntask0 add 0\ntask1 add 0\ntask2 add 2\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task1 op0 point 1 -> task0\n"
		  "preempt task1 op0 point 2 -> task2\n",
		  "0a1a1b2i1c1d0b0c0d");
}

static void the_schedule_may_return_to_an_interrupt(void **state)
{
	fake_play(*state,
		  "irq task1\ntask0 add 0\ntask1 add 0\ntask2 add 0\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task1 op0 point 2 -> task2\n"
		  "preempt task2 op0 point 1 -> task1\n",
		  "0a1a1b2a1c1d0b0c0d2b2c2d");
}

static void an_interrupt_has_the_cpu_for_itself(void **state)
{
	fake_play(*state,
		  "irq task1\ncpu task2 0\ntask0 add 0\ntask1 add 0\n"
		  "task2 add 2\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task1 op0 point 1 -> task2\n",
		  "0a1a1b1c1d0b0c0d2i");
}

static void an_interrupt_comes_while_preemption_is_off(void **state)
{
	fake_play(*state,
		  "irq task1\ncpu task2 0\ntask0 add 3\ntask1 add 0\n"
		  "task2 add 2\ntask3 add 2\n"
		  "preempt task0 op0 point 2 -> task1\n"
		  "preempt task1 op0 point 1 -> task3\n",
		  "0a0l1a3i1b1c1d0u2i");
}

static void an_interrupt_that_wants_the_lock_below_deadlocks(void **state)
{
	fake_fail(*state,
		  "irq task1\ntask0 add 3\ntask1 add 3\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "deadlock");
	fake_play(*state,
		  "irq task1\ntask0 add 3\ntask1 add 3\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "0a1a1l1u0l0u");
}

static void an_interrupt_in_the_last_step_belongs_to_the_run(void **state)
{
	fake_play(*state,
		  "irq task1\ntask0 add 0\ntask2 add 0\ntask1 add 0\n"
		  "preempt task2 op0 point 3 -> task1\n",
		  "0a0b0c0d2a2b2c1a1b1c1d2d");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_interrupt_runs_nested_at_the_point),
		cmocka_unit_test(an_interrupt_runs_on_the_cpu_of_the_task_below),
		cmocka_unit_test(each_interrupt_runs_one_operation_of_the_list),
		cmocka_unit_test(no_interrupt_comes_while_they_are_off),
		cmocka_unit_test(an_interrupt_is_not_interrupted),
		cmocka_unit_test(without_a_schedule_no_interrupt_comes),
		cmocka_unit_test(other_cpus_go_on_while_an_interrupt_runs),
		cmocka_unit_test(the_schedule_may_return_to_an_interrupt),
		cmocka_unit_test(an_interrupt_has_the_cpu_for_itself),
		cmocka_unit_test(an_interrupt_comes_while_preemption_is_off),
		cmocka_unit_test(
			an_interrupt_that_wants_the_lock_below_deadlocks),
		cmocka_unit_test(
			an_interrupt_in_the_last_step_belongs_to_the_run),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
