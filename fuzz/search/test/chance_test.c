/* SPDX-License-Identifier: MIT */
/*
 * chance_test.c: what holds of each policy by chance, and that uniform random is
 * uniform.
 */
#include "chance_stage.h"

#define PROGRAMS 60
#define RUNS 6000

static struct chance chance; /* too large for a stack */

/* Run @nr of a seed, and in front of it those that are learnt from. */
static uint32_t run_digest(struct stage *stage, const struct chance_way *way,
			   uint64_t seed, unsigned long nr)
{
	unsigned long i;

	chance_init(&chance, way, PCT_DEPTH);
	for (i = 0; way->learns && i < CHANCE_LEARNS; i++)
		chance_play(stage, &chance, stage_core("none"), seed, i);
	chance_play(stage, &chance, stage_core("none"), seed, nr);
	return stage_digest(stage);
}

static void a_run_depends_on_program_seed_and_number_alone(void **state)
{
	struct stage *stage = *state;
	unsigned int i, way, other;
	uint32_t digest;

	for (way = 0; chance_ways[way]; way++)
		for (i = 0; i < PROGRAMS; i++) {
			stage_random(&stage->program, i, 30);
			digest = run_digest(stage, chance_ways[way], i, 100);
			for (other = 50; other < 80; other++)
				chance_play(stage, &chance, stage_core("none"),
					    i, other);
			chance_play(stage, &chance, stage_core("none"), i, 100);
			assert_int_equal(stage_digest(stage), digest);
			assert_int_equal(run_digest(stage, chance_ways[way], i,
						    100),
					 digest);
		}
}

/* Not those of the one before, one later. */
static void neighbouring_seeds_play_other_runs(void **state)
{
	struct stage *stage = *state;
	unsigned int i, way, same;

	stage_parse(&stage->program, FOUNDING_PROGRAM);
	for (way = 0; chance_ways[way]; way++) {
		for (same = i = 0; i < 50; i++) {
			uint32_t digest = run_digest(stage, chance_ways[way], 7,
						     100 + i + 1);

			same += run_digest(stage, chance_ways[way], 8,
					   100 + i) == digest;
		}
		assert_in_range(same, 0, 10);
	}
}

static void every_order_of_a_tiny_program_is_reached(void **state)
{
	static struct orders orders;
	unsigned int way;

	for (way = 0; chance_ways[way]; way++) {
		orders_play(*state, &orders, chance_ways[way]->name,
			    "task0 add 2\ntask1 add 2\n", RUNS);
		assert_int_equal(orders.nr, 6);
	}
}

static void interrupts_come_anywhere(void **state)
{
	static struct orders orders;
	unsigned int way;

	for (way = 0; chance_ways[way]; way++) {
		orders_play(*state, &orders, chance_ways[way]->name,
			    "irq task2\ntask0 add 3\ntask2 add 1\n", RUNS);
		assert_int_not_equal(orders_of(&orders, "2000"), 0);
		assert_int_not_equal(orders_of(&orders, "0200"), 0);
		assert_int_not_equal(orders_of(&orders, "0020"), 0);
		assert_int_equal(orders_of(&orders, "0002"), 0);
	}
}

static void a_loop_that_waits_for_others_is_not_stuck(void **state)
{
	struct stage *stage = *state;
	unsigned int way, i;

	stage_parse(&stage->program, "task0 add 32\ntask1 add 32\n"
				     "task2 add 12\ntask2 add 33\n");
	for (way = 0; chance_ways[way]; way++) {
		chance_init(&chance, chance_ways[way], PCT_DEPTH);
		for (i = 0; i < 100; i++)
			expect_finding(chance_play(stage, &chance, &target_fake,
						   1, i),
				       "clean");
	}
}

static void the_programs_schedule_goes_first(void **state)
{
	struct stage *stage = *state;
	const struct program_switch *taken = stage->engine.taken;
	unsigned int way, i;

	stage_parse(&stage->program,
		    FOUNDING_PROGRAM "preempt task0 op0 point 3 -> task1\n"
				     "preempt task1 op0 point 4 -> task0\n");
	for (way = 0; chance_ways[way]; way++) {
		chance_init(&chance, chance_ways[way], PCT_DEPTH);
		for (i = 0; i < 100; i++) {
			chance_play(stage, &chance, stage_core("none"), 1, i);
			assert_true(stage->engine.nr_taken >= 2);
			assert_int_equal(taken[0].point, 3);
			assert_int_equal(taken[1].point, 4);
		}
	}
}

/* Where it fits: a mutator may take it from here. */
static void a_run_played_again_as_a_script_is_the_same_run(void **state)
{
	struct stage *stage = *state;
	struct program script;
	unsigned int way, i, fitted;
	uint32_t digest;

	for (way = 0; chance_ways[way]; way++) {
		for (fitted = i = 0; i < PROGRAMS; i++) {
			stage_random(&stage->program, i, 20);
			digest = run_digest(stage, chance_ways[way], i, 9);
			script = stage->program;
			if (!engine_script(&stage->engine, &script))
				continue;
			fitted++;
			assert_int_equal(stage_run_digest(stage,
							  stage_core("none"),
							  &script),
					 digest);
		}
		assert_in_range(fitted, PROGRAMS / 4, PROGRAMS);
	}
}

/* ------------------------------------------------------------- who is chosen */

static struct policy inner; /* the policy that is looked at */

static void watched_begin(const struct policy *policy, struct engine *engine)
{
	(void)policy;
	inner.begin(&inner, engine);
}

static unsigned int watched_next_point(const struct policy *policy,
				       struct engine *engine, struct task *task)
{
	(void)policy;
	return inner.next_point(&inner, engine, task);
}

static struct task *watched_choose(const struct policy *policy,
				   struct engine *engine, struct task *task)
{
	struct task *next = inner.choose(&inner, engine, task);

	(void)policy;
	if (!next || next == task)
		return next;
	if (next->list->irq && next->state == TASK_IDLE) {
		assert_true(execute_may_interrupt(engine, next, task));
	} else {
		assert_true(sched_can_run(engine, next));
		assert_false(sched_stands(next));
	}
	return next;
}

static const struct policy watched = {
	.name = "watched",
	.begin = watched_begin,
	.next_point = watched_next_point,
	.choose = watched_choose,
};

/* All but the random walk, whose wishes need not come true. */
static void who_is_chosen_can_make_a_step(void **state)
{
	struct stage *stage = *state;
	const struct run_options options = { .policy = &watched };
	unsigned int way, i;

	for (way = 1; chance_ways[way]; way++)
		for (i = 0; i < 3 * PROGRAMS; i++) {
			stage_random(&stage->program, i, 40);
			stage->program.nr_switches = 0;
			chance_init(&chance, chance_ways[way], PCT_DEPTH);
			chance_policy(&chance, &inner, i, 0);
			engine_run(&stage->engine, stage_core("none"),
				   &stage->program, &options);
			chance_policy(&chance, &inner, i, 1);
			engine_run(&stage->engine, stage_core("none"),
				   &stage->program, &options);
		}
}

/* ------------------------------------------------------------------ uniform */

#define HALF 0.5

/*
 * A task makes two noted steps, in front of each of which both are asked; when
 * one has ended the other is alone. 0011 takes two draws, 0101 and 0110 three.
 */
static void uniform_draws_at_each_point_from_all(void **state)
{
	static const struct {
		const char *order;
		double likely;
	} rows[] = {
		{ "0011", HALF * HALF },	{ "1100", HALF * HALF },
		{ "0101", HALF * HALF * HALF }, { "1010", HALF * HALF * HALF },
		{ "0110", HALF * HALF * HALF }, { "1001", HALF * HALF * HALF },
	};
	static struct orders orders;
	double sum = 0;
	unsigned int i;

	orders_play(*state, &orders, "uniform", "task0 add 39\ntask1 add 39\n",
		    8 * RUNS);
	for (i = 0; i < 6; i++) {
		double mean = rows[i].likely * orders.runs;
		double off = orders_of(&orders, rows[i].order) - mean;

		sum += off * off / mean;
	}
	assert_true(sum < 30); /* of five degrees of freedom: 1 in 70,000 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_run_depends_on_program_seed_and_number_alone),
		cmocka_unit_test(neighbouring_seeds_play_other_runs),
		cmocka_unit_test(every_order_of_a_tiny_program_is_reached),
		cmocka_unit_test(interrupts_come_anywhere),
		cmocka_unit_test(a_loop_that_waits_for_others_is_not_stuck),
		cmocka_unit_test(the_programs_schedule_goes_first),
		cmocka_unit_test(
			a_run_played_again_as_a_script_is_the_same_run),
		cmocka_unit_test(who_is_chosen_can_make_a_step),
		cmocka_unit_test(uniform_draws_at_each_point_from_all),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
