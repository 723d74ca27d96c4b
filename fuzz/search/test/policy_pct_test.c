/* SPDX-License-Identifier: MIT */
/* policy_pct_test.c: priorities, and what PCT guarantees. */
#include "chance_stage.h"

#define RUNS 40000

static struct chance chance; /* too large for a stack */

/* Of RUNS at @depth, those that found something; @steps: the longest had. */
static unsigned int found(struct stage *stage, const char *text,
			  unsigned int depth, unsigned int *steps)
{
	unsigned int i, nr = 0;

	stage_parse(&stage->program, text);
	chance_init(&chance, chance_find("pct"), depth);
	for (i = 0; i < RUNS; i++)
		nr += chance_play(stage, &chance, &target_fake, 1, i)
			      ->finding.checker != NULL;
	*steps = chance.pct.length;
	return nr;
}

/*
 * 1 / (n k^(d-1)), of two tasks. Here it is just that: what is found is as many, but
 * for chance.
 */
static void expect_guarantee(struct stage *stage, const char *text,
			     unsigned int depth)
{
	unsigned int steps, i, nr = found(stage, text, depth, &steps);
	double least = RUNS / 2.0;

	for (i = 1; i < depth; i++)
		least /= steps;
	assert_true(steps >= 10 && least > 90); /* or it would say nothing */
	assert_true(nr > 0.75 * least);
	assert_true(nr < 4 * least);
}

/* The look is behind the first store and in front of the second. */
static void a_bug_of_depth_two_is_found_as_often_as_promised(void **state)
{
	expect_guarantee(*state,
			 "task0 add 31\ntask0 add 35\ntask0 add 31\n"
			 "task1 add 31\ntask1 add 36\n",
			 2);
}

/* And the answer's second store behind what looks for its first one. */
static void a_bug_of_depth_three_is_found_as_often_as_promised(void **state)
{
	expect_guarantee(*state,
			 "task0 add 18\ntask0 add 38\n"
			 "task1 add 18\ntask1 add 37\n",
			 3);
}

static void depth_one_never_preempts(void **state)
{
	struct stage *stage = *state;
	unsigned int steps, i, first = 0;

	assert_int_equal(found(stage,
			       "task0 add 31\ntask0 add 35\n"
			       "task1 add 31\ntask1 add 36\n",
			       1, &steps),
			 0);
	stage_parse(&stage->program, "task0 add 3\ntask1 add 3\n");
	for (i = 0; i < 1000; i++) {
		chance_play(stage, &chance, &target_fake, 1, i);
		assert_int_equal(stage->engine.verdict.preemptions, 0);
		first += fake.log[0] == '0';
	}
	assert_in_range(first, 400, 600); /* each task as often */
}

/* Every order of three tasks is drawn alike. */
static void priorities_are_an_order_drawn_alike(void **state)
{
	static struct orders orders;

	orders_play(*state, &orders, "pct",
		    "task0 add 1\ntask1 add 1\ntask2 add 1\n", 1);
	chance_init(&chance, chance_find("pct"), 1);
	memset(&orders, 0, sizeof(orders));
	while (orders.runs < RUNS) {
		chance_play(*state, &chance, &target_fake, 2, orders.runs);
		orders_note(&orders);
	}
	assert_int_equal(orders.nr, 6);
	assert_true(orders_unevenness(&orders, 6) < 30);
}

/* Two tasks of a boundary and three stores each: eight steps, in any run. */
static void the_length_of_runs_is_learnt(void **state)
{
	struct stage *stage = *state;
	unsigned int i;

	stage_parse(&stage->program, "task0 add 3\ntask1 add 3\n");
	chance_init(&chance, chance_find("pct"), PCT_DEPTH);
	for (i = 0; i < 3; i++) {
		chance_play(stage, &chance, &target_fake, 1, i);
		assert_int_equal(chance.pct.length, 8);
		assert_int_equal(chance.pct.change[0] != 0, i > 0);
		assert_in_range(chance.pct.change[1], 0, 8);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_bug_of_depth_two_is_found_as_often_as_promised),
		cmocka_unit_test(
			a_bug_of_depth_three_is_found_as_often_as_promised),
		cmocka_unit_test(depth_one_never_preempts),
		cmocka_unit_test(priorities_are_an_order_drawn_alike),
		cmocka_unit_test(the_length_of_runs_is_learnt),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
