/* SPDX-License-Identifier: MIT */
/* effect_test.c: when steps took effect, on weak memory. */
#include "effect.h"
#include "fake.h"

static void two_stores(void) /* add 0 */
{
	WRITE_ONCE(fake.x, 1);
	WRITE_ONCE(fake.y, 1);
	READ_ONCE(fake.flag);
	READ_ONCE(fake.flag);
}

static void two_loads(void) /* add 1 */
{
	READ_ONCE(fake.y);
	READ_ONCE(fake.x);
}

static void three_stores(void) /* add 2 */
{
	WRITE_ONCE(fake.x, 1);
	WRITE_ONCE(fake.x, 2);
	WRITE_ONCE(fake.x, 3);
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = { two_stores, two_loads,
					      three_stores };

	acts[nr]();
}

/* What is declared by name may be of the past. */
static void describe(const volatile void *addr, struct target_place *place)
{
	size_t at = (size_t)((const volatile char *)addr - (const char *)&fake);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (at < sizeof(fake))
		place->thing = "fake";
}

static void play(struct stage *stage, const char *text)
{
	struct target target = target_fake;

	target.describe = describe;
	stage_play(stage, &target, text);
}

/* The @nth access of @task, from 1. */
static unsigned int access_of(const struct record *record, unsigned int task,
			      unsigned int nth)
{
	unsigned int i = 0;

	while (record->steps[i].setup || record->steps[i].task != task ||
	       record->steps[i].point != nth)
		i++;
	return i;
}

/* Of accesses of two tasks: "task0's before task1's". */
static void expect_before(const struct record *record, unsigned int of_0,
			  unsigned int of_1, bool before)
{
	uint32_t a = effect_time(record, access_of(record, 0, of_0));
	uint32_t b = effect_time(record, access_of(record, 1, of_1));

	assert_int_not_equal(a, b);
	assert_int_equal(a < b, before);
}

#define LOOK "preempt task0 op0 point 3 -> task1\n"

static void in_order_it_is_where_it_stands(void **state)
{
	const struct record *record = &((struct stage *)*state)->record;
	unsigned int i;

	play(*state, "task0 add 0\ntask1 add 1\n" LOOK);
	for (i = 1; i < record->nr; i++)
		assert_true(effect_time(record, i - 1) <
			    effect_time(record, i));
}

static void a_late_store_is_where_others_see_it(void **state)
{
	const struct record *record = &((struct stage *)*state)->record;

	play(*state,
	     "task0 add 0\ntask1 add 1\n" LOOK "delay task0 op0 point 1\n");
	expect_before(record, 1, 2, false);
	expect_before(record, 2, 1, true);
	assert_int_equal(record->nr_landings, 1);
	assert_int_equal(effect_landed(record, 0), access_of(record, 0, 1));
	/* Task 0 gets the CPU once in between. */
	play(*state, "task0 add 0\ntask1 add 1\n" LOOK
		     "preempt task1 op0 point 2 -> task0\n"
		     "preempt task0 op0 point 4 -> task1\n"
		     "delay task0 op0 point 1 until 1\n");
	expect_before(record, 1, 1, false);
	expect_before(record, 1, 2, true);
}

static void a_load_of_the_past_is_before_the_store(void **state)
{
	const struct record *record = &((struct stage *)*state)->record;

	play(*state, "task0 add 2\ntask1 add 1\n"
		     "preempt task0 op0 point 1 -> task1\n"
		     "preempt task1 op0 point 2 -> task0\n"
		     "stale task1 op0 point 2 back 2\n");
	assert_int_equal(effect_missed(record, access_of(record, 1, 2)),
			 access_of(record, 0, 2));
	expect_before(record, 1, 2, true);
	expect_before(record, 2, 2, false);
	expect_before(record, 3, 2, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_order_it_is_where_it_stands),
		cmocka_unit_test(a_late_store_is_where_others_see_it),
		cmocka_unit_test(a_load_of_the_past_is_before_the_store),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
