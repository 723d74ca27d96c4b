/* SPDX-License-Identifier: MIT */
/*
 * decide_endless_test.c: which orders decide that an operation never ends, by runs
 * that are longer than what is kept of them.
 */
#include "candidates.h"
#include "decide.h"
#include "fake.h"

static void store_and_clear(void) /* add 0 */
{
	WRITE_ONCE(fake.x, 1);
	WRITE_ONCE(fake.x, 0);
}

static void count_for_ever(void) /* add 1: if it finds x set */
{
	if (READ_ONCE(fake.x))
		for (;;)
			WRITE_ONCE(fake.y, fake.y + 1);
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = { store_and_clear, count_for_ever };

	acts[nr]();
}

#define LONG 9 /* runs of many steps, see target.h */

/* The only step of @task at point @point of its operation. */
static bool is_at(const struct record *record, unsigned int at,
		  unsigned int task, unsigned int point)
{
	return record->steps[at].task == task &&
	       record->steps[at].point == point;
}

static void what_lets_it_run_for_ever_is_told(void **state)
{
	static struct deciding deciding;
	struct stage *stage = *state;
	struct target target = target_fake;
	const struct decide decide = { .target = &target,
				       .program = &stage->program,
				       .engine = &stage->engine,
				       .quiet = true };
	const struct deciding_order *order = deciding.order;

	target.points_shift = LONG;
	stage_parse(&stage->program, "task0 add 0\ntask1 add 1\n"
				     "preempt task0 op0 point 2 -> task1\n");
	assert_true(deciding_find(&decide, &deciding));
	expect_finding(stage_run(stage, &target, &stage->program), "stuck");
	assert_true(stage->record.nr > CANDIDATES_STEPS);
	assert_null(deciding.none);
	assert_int_equal(deciding.nr, 2);
	assert_true(is_at(&stage->record, order[0].before, 0, 1));
	assert_true(is_at(&stage->record, order[0].after, 1, 1));
	assert_true(is_at(&stage->record, order[1].before, 1, 1));
	assert_true(is_at(&stage->record, order[1].after, 0, 2));
	assert_int_equal(order[0].lost_without + order[1].lost_without, 0);
	assert_true(deciding_is_enough(&deciding));
	assert_false(deciding.all);
	assert_false(deciding.cut);
	assert_int_equal(deciding.preemptions, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lets_it_run_for_ever_is_told),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
