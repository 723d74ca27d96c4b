/* SPDX-License-Identifier: MIT */
/* section_test.c: where a task may lose the CPU in front of a read section. */
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
	(void)head;
	note('c');
}

static void queue(void) /* add 1: q */
{
	call_rcu(&fake.heads[0], called_back);
	note('q');
}

static void step(void) /* add 2: s */
{
	note('s');
}

static void read_twice(void) /* add 3: ( | ) | ( | ) */
{
	reader();
	reader();
}

static void read_inside(void) /* add 4: | ( ( | ) | ) */
{
	READ_ONCE(fake.y);
	rcu_read_lock();
	reader();
	READ_ONCE(fake.y);
	rcu_read_unlock();
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		reader, queue, step, read_twice, read_inside,
	};

	acts[nr]();
}

static void between_two_sections_a_task_is_no_reader(void **state)
{
	fake_play(*state,
		  "task0 add 3\ntask1 add 1\ntask1 add 2\n"
		  "preempt task0 op0 before reader:rcu_read_lock() -> task1\n",
		  "0(0)1q8c1s0(0)");
}

/* Where the CPU may be lost to begin with. */
static void a_section_that_an_operation_begins_with_is_no_point(void **state)
{
	static const char text[] = "task0 add 0\ntask0 add 0\n";

	assert_int_equal(fake_play(*state, text, "0(0)0(0)")->points, 2);
}

/* y, the section, x, y */
static void a_section_in_a_section_is_no_point(void **state)
{
	assert_int_equal(fake_play(*state, "task0 add 4\n", "0(0)")->points, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(between_two_sections_a_task_is_no_reader),
		cmocka_unit_test(
			a_section_that_an_operation_begins_with_is_no_point),
		cmocka_unit_test(a_section_in_a_section_is_no_point),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
