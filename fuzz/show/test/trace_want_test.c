/* SPDX-License-Identifier: MIT */
/* trace_want_test.c: which steps are wanted in a table. */
#include "fake.h"
#include "trace_want.h"

static struct trace trace;

/* What two do, of which the first word is what they race for. */
static void act(unsigned long nr)
{
	WRITE_ONCE(fake.flag, 1);
	READ_ONCE(fake.x);
	WRITE_ONCE(fake.x, 2);
	xchg(&fake.y, fake.y + 1);
	if (nr && machine.self->id == 1)
		machine_bug("gives-up");
}

static const char *find_fault(void)
{
	return "miscounted";
}

/* The @nth step of @task that is no begin and no end, from 1. */
static unsigned int step_of(unsigned int task, unsigned int nth)
{
	const struct record *record = trace.record;
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		if (record->steps[i].kind == STEP_ACCESS &&
		    record->steps[i].task == task && !--nth)
			return i;
	fail_msg("no such step of task%u", task);
	return 0;
}

static void play(struct stage *stage, const struct target *target,
		 const char *text)
{
	static struct deciding deciding;

	stage_play(stage, target, text);
	trace_init(&trace, &stage->engine, &stage->record, false);
	deciding = (struct deciding){ .nr = 1, .all = true };
	deciding.order[0].before = step_of(0, 1);
	deciding.order[0].after = step_of(1, 1);
	trace_decide(&trace, &deciding);
	assert_int_equal(trace_want(&trace, step_of(0, 1)), WANT_DECIDES);
}

static void expect_wanted(unsigned int nth, enum trace_want want)
{
	assert_int_equal(trace_want(&trace, step_of(0, nth)), want);
	assert_int_equal(trace_want(&trace, step_of(1, nth)), want);
}

/* Of a count that is wrong in the end no more is known, whoever raced. */
static void any_change_may_be_to_blame_and_a_look_is_none(void **state)
{
	struct target faulty = target_fake;

	faulty.check = find_fault;
	play(*state, &faulty, "setup add 0\ntask0 add 0\ntask1 add 0\n");
	expect_wanted(2, WANT_NOTHING);
	expect_wanted(3, WANT_REST);
	expect_wanted(4, WANT_REST);
	assert_int_equal(trace_want(&trace, step_of(TASK_BOOT, 3)),
			 WANT_NOTHING);
}

static void of_what_one_task_ended_in_nothing_else_is_to_blame(void **state)
{
	play(*state, &target_fake, "task0 add 0\ntask1 add 1\n");
	expect_wanted(3, WANT_NOTHING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_change_may_be_to_blame_and_a_look_is_none),
		cmocka_unit_test(
			of_what_one_task_ended_in_nothing_else_is_to_blame),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
