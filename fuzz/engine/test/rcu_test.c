/* SPDX-License-Identifier: MIT */
/* rcu_test.c: grace periods: whom a callback waits for, and when it runs. */
#include "fake.h"

static void reader(void) /* add 0: ( | ) */
{
	rcu_read_lock();
	note('(');
	READ_ONCE(fake.x);
	note(')');
	rcu_read_unlock();
}

static void called_back(struct rcu_head *head)
{
	note((char)('0' + (head - fake.heads)));
}

static void queue(void) /* add 1: q | e */
{
	call_rcu(&fake.heads[0], called_back);
	note('q');
	READ_ONCE(fake.x);
	note('e');
}

static void step(void) /* add 2 */
{
	note('s');
}

static void pinned(void) /* add 3: ( | ) */
{
	preempt_disable();
	note('(');
	READ_ONCE(fake.x);
	note(')');
	preempt_enable();
}

static void masked(void) /* add 4: ( | ) */
{
	unsigned long flags;

	local_irq_save(flags);
	note('(');
	READ_ONCE(fake.x);
	note(')');
	local_irq_restore(flags);
}

static void queue_three(void) /* add 5 */
{
	int i;

	for (i = 1; i < 4; i++)
		call_rcu(&fake.heads[i], called_back);
	note('q');
}

static void queue_again(struct rcu_head *head)
{
	note('A');
	call_rcu(head, called_back);
}

static void queue_twice(void) /* add 6 */
{
	call_rcu(&fake.heads[0], queue_again);
	note('q');
}

static void synchronize(void) /* add 7 */
{
	note('y');
	synchronize_rcu();
	note('z');
}

static void read_twice(void) /* add 8: ( | ) | [ | ] */
{
	reader();
	rcu_read_lock();
	note('[');
	READ_ONCE(fake.y);
	note(']');
	rcu_read_unlock();
}

static void nested(void) /* add 9: ( ( | ) | ) */
{
	rcu_read_lock();
	reader();
	READ_ONCE(fake.y);
	note('n');
	rcu_read_unlock();
}

static void masked_twice(void) /* add 10: ( | ) | ( | ) */
{
	masked();
	masked();
}

static void called_back_pinned(struct rcu_head *head)
{
	(void)head;
	pinned();
}

static void queue_pinned(void) /* add 11, and then ( | ) */
{
	call_rcu(&fake.heads[0], called_back_pinned);
}

static void queue_inside(void)
{
	call_rcu(&fake.heads[0], called_back);
	note('q');
	READ_ONCE(fake.x);
	note('e');
}

static void after_it(void)
{
	READ_ONCE(fake.y);
	note('n');
}

static void read_and_queue(void) /* add 12: q | e | n */
{
	rcu_read_lock();
	queue_inside();
	rcu_read_unlock();
	after_it();
}

static void pin_and_queue(void) /* add 13: q | e | n */
{
	preempt_disable();
	queue_inside();
	preempt_enable_no_resched();
	after_it();
}

static void mask_and_queue(void) /* add 14: q | e | | n */
{
	unsigned long flags;

	local_irq_save(flags);
	queue_inside();
	local_irq_restore(flags);
	after_it();
}

static void pinned_after_queue(void) /* add 15: q ( | ) */
{
	call_rcu(&fake.heads[0], called_back);
	note('q');
	pinned();
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		reader,	     queue,	  step,	       pinned,	   masked,
		queue_three, queue_twice, synchronize, read_twice, nested,
		masked_twice, queue_pinned, read_and_queue, pin_and_queue,
		mask_and_queue, pinned_after_queue,
	};

	acts[nr]();
}

static void a_due_callback_runs_at_the_next_boundary(void **state)
{
	fake_play(*state, "task0 add 1\ntask0 add 2\n", "0q0e800s");
	fake_play(*state, "task0 add 1\ntask1 add 2\n", "0q0e801s");
}

static void a_callback_waits_for_a_reader_that_was_inside(void **state)
{
	fake_play(*state,
		  "task0 add 0\ntask0 add 2\ntask1 add 1\ntask1 add 2\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "0(1q1e1s0)800s");
}

static void a_callback_does_not_wait_for_a_later_reader(void **state)
{
	fake_play(*state,
		  "task0 add 0\ntask0 add 2\ntask1 add 1\ntask2 add 0\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task1 op0 point 1 -> task2\n"
		  "preempt task2 op0 point 1 -> task0\n",
		  "0(1q2(0)800s1e2)");
}

static void a_reader_that_left_and_came_back_is_a_later_one(void **state)
{
	fake_play(*state,
		  "task0 add 8\ntask1 add 1\ntask1 add 2\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task1 op0 point 1 -> task0\n"
		  "preempt task0 op0 point 3 -> task1\n",
		  "0(1q0)0[1e801s0]");
}

static void a_reader_stays_inside_until_its_outermost_unlock(void **state)
{
	fake_play(*state,
		  "task0 add 9\ntask1 add 1\ntask1 add 2\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task1 op0 point 1 -> task0\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "0(1q0)1e1s0n80");
}

static void preemption_off_and_interrupts_off_are_readers(void **state)
{
	fake_play(*state,
		  "task0 add 3\ntask0 add 2\ntask1 add 1\ntask1 add 2\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "0(1q1e1s0)800s");
	fake_play(*state,
		  "task0 add 4\ntask0 add 2\ntask1 add 1\ntask1 add 2\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "0(1q1e1s0)800s");
}

static void the_schedule_may_run_a_callback_once_it_is_due(void **state)
{
	fake_play(*state,
		  "task0 add 1\ntask0 add 2\n"
		  "preempt task0 op0 point 1 -> rcu\n",
		  "0q800e0s");
}

static void the_schedule_cannot_run_a_callback_before_it_is_due(void **state)
{
	fake_play(*state,
		  "task0 add 0\ntask0 add 2\ntask1 add 1\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task1 op0 point 1 -> rcu\n",
		  "0(1q1e0)800s");
}

static void a_task_that_names_itself_holds_callbacks_back(void **state)
{
	fake_play(*state,
		  "task0 add 1\ntask0 add 2\ntask0 add 2\n"
		  "switch task0 op1 begin -> task0\n",
		  "0q0e0s800s");
}

static void a_switch_that_is_passed_over_holds_nothing_back(void **state)
{
	fake_play(*state,
		  "task0 add 1\ntask0 add 2\n"
		  "switch task0 op1 begin -> task5\n",
		  "0q0e800s");
}

/* With interrupts off, on and off again: the second section is a later one. */
static void a_section_that_began_later_is_not_waited_for(void **state)
{
	fake_play(*state,
		  "task0 add 10\ntask1 add 1\ntask1 add 2\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task1 op0 point 1 -> task0\n"
		  "preempt task0 op0 point 3 -> task1\n",
		  "0(1q0)0(1e801s0)");
}

/* Who came after the queueing, and is inside when interrupts go on. */
static void a_grace_period_begins_once_interrupts_are_on(void **state)
{
	static const char come[] = "task0 add 2\ntask1 add 0\n"
				   "preempt task0 op0 point 1 -> task1\n"
				   "preempt task1 op0 point 1 -> task0\n";
	char text[256];
	int queuer;

	for (queuer = 12; queuer <= 14; queuer++) {
		snprintf(text, sizeof(text), "task0 add %d\n%s", queuer, come);
		fake_play(*state, text, queuer == 14 ? "0q1(0e0n0s1)80" :
						       "0q1(0e0n800s1)");
	}
}

static void who_comes_after_that_is_not_waited_for(void **state)
{
	static const char come[] = "task0 add 2\ntask1 add 0\n"
				   "preempt task0 op0 point 2 -> task1\n"
				   "switch task1 op0 begin -> task1\n"
				   "preempt task1 op0 point 1 -> task0\n";
	char text[256];
	int queuer = 12;

	for (; queuer <= 14; queuer++) {
		snprintf(text, sizeof(text), "task0 add %d\n%s", queuer, come);
		fake_play(*state, text, "0q0e1(0n800s1)");
	}
}

static void callbacks_run_in_the_order_they_were_queued(void **state)
{
	fake_play(*state, "task0 add 5\ntask0 add 1\ntask0 add 2\n",
		  "0q8182830q0e800s");
	fake_play(*state,
		  "task0 add 5\ntask0 add 1\ntask0 add 2\n"
		  "switch task0 op1 begin -> task0\n",
		  "0q0q0e818283800s");
}

static void a_callback_that_must_wait_holds_back_those_behind_it(void **state)
{
	fake_play(*state,
		  "task0 add 0\ntask0 add 2\ntask1 add 5\ntask1 add 1\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "0(1q1q1e0)818283800s");
}

static void all_callbacks_have_run_at_quiescence(void **state)
{
	struct stage *stage = *state;

	fake_play(stage, "task0 add 1\n", "0q0e80");
	fake_play(stage, "task0 add 6\n", "0q8A80");
	fake_play(stage, "setup add 5\n", "9q818283");
	assert_int_equal(stage->engine.rcu.nr, 0);
}

static void synchronize_rcu_waits_for_readers(void **state)
{
	fake_play(*state, "task0 add 7\n", "0y0z");
	fake_play(*state, "task0 add 0\ntask1 add 7\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "0(1y0)1z");
	fake_play(*state,
		  "task0 add 0\ntask0 add 2\ntask1 add 7\ntask2 add 0\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "preempt task0 op0 point 1 -> task2\n"
		  "preempt task2 op0 point 1 -> task0\n",
		  "0(1y2(0)0s1z2)");
}

static void callbacks_have_a_cpu_that_no_task_has(void **state)
{
	fake_play(*state,
		  "task0 add 11\ntask0 add 2\ntask1 add 2\ntask2 add 2\n"
		  "preempt rcu op0 point 1 -> task0\n",
		  "8(0s8)1s2s");
	fake_play(*state, "cpu task0 2\ntask0 add 11\ntask0 add 2\n"
		  "preempt rcu op0 point 1 -> task0\n",
		  "8(0s8)");
}

static void callbacks_share_the_first_cpu_if_all_are_taken(void **state)
{
	fake_play(*state,
		  "task0 add 11\ntask0 add 2\ntask1 add 2\ntask2 add 2\ntask3 add 2\n"
		  "preempt rcu op0 point 1 -> task0\n",
		  "8(8)0s1s2s3s");
	fake_play(*state,
		  "task0 add 15\ntask1 add 2\ntask2 add 2\ntask3 add 2\n"
		  "preempt task0 op0 point 1 -> rcu\n",
		  "0q0(0)801s2s3s");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_due_callback_runs_at_the_next_boundary),
		cmocka_unit_test(a_callback_waits_for_a_reader_that_was_inside),
		cmocka_unit_test(a_callback_does_not_wait_for_a_later_reader),
		cmocka_unit_test(
			a_reader_that_left_and_came_back_is_a_later_one),
		cmocka_unit_test(
			a_reader_stays_inside_until_its_outermost_unlock),
		cmocka_unit_test(preemption_off_and_interrupts_off_are_readers),
		cmocka_unit_test(the_schedule_may_run_a_callback_once_it_is_due),
		cmocka_unit_test(
			the_schedule_cannot_run_a_callback_before_it_is_due),
		cmocka_unit_test(a_task_that_names_itself_holds_callbacks_back),
		cmocka_unit_test(a_switch_that_is_passed_over_holds_nothing_back),
		cmocka_unit_test(a_section_that_began_later_is_not_waited_for),
		cmocka_unit_test(a_grace_period_begins_once_interrupts_are_on),
		cmocka_unit_test(who_comes_after_that_is_not_waited_for),
		cmocka_unit_test(callbacks_run_in_the_order_they_were_queued),
		cmocka_unit_test(
			a_callback_that_must_wait_holds_back_those_behind_it),
		cmocka_unit_test(all_callbacks_have_run_at_quiescence),
		cmocka_unit_test(synchronize_rcu_waits_for_readers),
		cmocka_unit_test(callbacks_have_a_cpu_that_no_task_has),
		cmocka_unit_test(callbacks_share_the_first_cpu_if_all_are_taken),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
