/* SPDX-License-Identifier: MIT */
/* policy_surw_test.c: orders of events, each about as likely as the others. */
#include "chance_stage.h"

#define RUNS 14000
#define TWO_AND_SIX "task0 add 2\ntask1 add 6\n"
#define TWO_OF_EIGHT 28 /* orders */

static double unevenness(struct stage *stage, const char *way, const char *text)
{
	static struct orders orders;

	orders_play(stage, &orders, way, text, RUNS);
	return orders_unevenness(&orders, TWO_OF_EIGHT);
}

/* Chi-square of 27 degrees of freedom is below 60 but for 1 in 4,000. */
static void orders_of_unequal_tasks_are_alike(void **state)
{
	assert_true(unevenness(*state, "surw", TWO_AND_SIX) < 60);
}

/* What is nobody else's takes steps, and changes nothing. */
static void other_steps_do_not_matter(void **state)
{
	assert_true(unevenness(*state, "surw",
			       "task0 add 20\ntask0 add 1\ntask0 add 1\n"
			       "task1 add 3\ntask1 add 24\ntask1 add 3\n") <
		    60);
}

/* The same orders, with other schedulers: what it is for. */
static void others_prefer_some_orders(void **state)
{
	assert_true(unevenness(*state, "uniform", TWO_AND_SIX) > 1000);
	assert_true(unevenness(*state, "random-walk", TWO_AND_SIX) > 1000);
	assert_true(unevenness(*state, "pos", TWO_AND_SIX) > 1000);
}

/*
 * Each task makes one event, task 0 begins another operation and makes another step
 * behind it. Its event comes first in half of the runs, and in 3 of 4 of these task 1
 * stands in front of its own by then: but that one is the next that is meant, so it
 * is not held back, and comes behind the other step once in 4 times. Where task 1
 * has not begun it is once in 2: in all, 5 in 32.
 */
static void who_has_no_event_left_keeps_nobody_waiting(void **state)
{
	static struct orders orders;
	const double often = RUNS * 5 / 32.0;

	orders_play(*state, &orders, "surw",
		    "task0 add 1\ntask0 add 40\ntask1 add 1\n", RUNS);
	assert_int_equal(orders.nr, 3);
	assert_in_range(orders_of(&orders, "100"), 0.47 * RUNS, 0.53 * RUNS);
	assert_in_range(orders_of(&orders, "001"), 0.9 * often, 1.1 * often);
}

static void each_shared_object_gets_its_runs(void **state)
{
	static struct chance chance;
	struct stage *stage = *state;
	unsigned int i, of_x = 0, of_y = 0;

	stage_parse(&stage->program, "task0 add 1\ntask0 add 40\ntask0 add 17\n"
				     "task1 add 1\ntask1 add 40\n");
	chance_init(&chance, chance_find("surw"), 0);
	for (i = 0; i < 1000; i++) {
		chance_play(stage, &chance, &target_fake, 1, i);
		of_x += chance.surw.chosen == &fake.x;
		of_y += chance.surw.chosen == &fake.y;
	}
	assert_int_equal(of_x + of_y, 999); /* nothing is known in the first */
	assert_in_range(of_x, 430, 570);
	assert_int_equal(chance.surw.runs, CHANCE_LEARNS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders_of_unequal_tasks_are_alike),
		cmocka_unit_test(other_steps_do_not_matter),
		cmocka_unit_test(others_prefer_some_orders),
		cmocka_unit_test(who_has_no_event_left_keeps_nobody_waiting),
		cmocka_unit_test(each_shared_object_gets_its_runs),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
