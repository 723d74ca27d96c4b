/* SPDX-License-Identifier: MIT */
/*
 * policy_test.c: the random walk, and that its runs can be played again as
 * scripts.
 */
#include "stage.h"

#define PROGRAMS 400
#define MEAN 12

/* Walk through @program. Returns: the digest. */
static uint32_t walk_digest(struct stage *stage, const struct target *target,
			    const struct program *program, uint64_t seed,
			    unsigned int mean)
{
	struct policy policy;
	struct walk walk;
	const struct run_options options = { .policy = &policy,
					     .observers = { record_observer(
						     &stage->record) } };

	policy_random_walk(&policy, &walk, seed, mean);
	engine_run(&stage->engine, target, program, &options);
	return stage_digest(stage);
}

static void a_walk_is_deterministic_in_its_seed(void **state)
{
	struct program program;
	unsigned int i;

	for (i = 0; i < PROGRAMS; i++) {
		uint32_t digest;

		stage_random(&program, i, 30);
		digest = walk_digest(*state, stage_core("none"), &program, i,
				     MEAN);
		assert_int_equal(walk_digest(*state, stage_core("none"),
					     &program, i, MEAN),
				 digest);
	}
}

static void other_seeds_walk_other_ways(void **state)
{
	struct stage *stage = *state;
	uint32_t first, other = 0;
	uint64_t seed;

	stage_parse(&stage->program, FOUNDING_PROGRAM);
	first = walk_digest(stage, stage_core("none"), &stage->program, 0,
			    MEAN);
	for (seed = 1; seed < 100; seed++)
		other += walk_digest(stage, stage_core("none"),
				     &stage->program, seed, MEAN) != first;
	assert_in_range(other, 90, 99);
}

static void a_walk_switches_once_in_mean_points(void **state)
{
	struct stage *stage = *state;
	unsigned long points = 0, switches = 0;
	uint64_t seed;

	stage_parse(&stage->program, FOUNDING_PROGRAM);
	for (seed = 0; seed < 2000; seed++) {
		walk_digest(stage, stage_core("none"), &stage->program, seed,
			    MEAN);
		points += stage->engine.verdict.points;
		switches += stage->engine.verdict.preemptions;
	}
	assert_true(switches);
	assert_in_range(points / switches, MEAN, 3 * MEAN);
}

/* All that fit: a script has room for PROGRAM_SWITCHES entries. */
static void a_walk_played_again_as_a_script_is_the_same_run(void **state)
{
	struct stage *stage = *state;
	struct program program, script;
	unsigned int i, fitted = 0;

	for (i = 0; i < PROGRAMS; i++) {
		const struct target *target = stage_core(
			i % 2 ? "none" : "free-without-tail");
		uint32_t digest;

		stage_random(&program, i, 30);
		digest = walk_digest(stage, target, &program, i, MEAN);
		script = program;
		if (!engine_script(&stage->engine, &script))
			continue;
		fitted++;
		assert_int_equal(stage_run_digest(stage, target, &script),
				 digest);
	}
	assert_in_range(fitted, PROGRAMS * 3 / 4, PROGRAMS);
}

static void a_script_by_sites_becomes_one_by_points(void **state)
{
	struct stage *stage = *state;
	uint32_t digest;
	unsigned int i;

	stage_play(stage, stage_core("free-without-tail"), FOUNDING_RACE);
	digest = stage_digest(stage);
	assert_true(engine_script(&stage->engine, &stage->program));
	assert_int_equal(stage->program.nr_switches, 3);
	for (i = 0; i < stage->program.nr_switches; i++)
		assert_int_equal(stage->program.switches[i].site, 0);
	assert_int_equal(stage_run_digest(stage,
					  stage_core("free-without-tail"),
					  &stage->program),
			 digest);
}

static void a_script_that_does_not_fit_is_refused(void **state)
{
	struct stage *stage = *state;
	struct program program;
	unsigned int i, refused = 0;

	for (i = 0; i < 100; i++) {
		bool fits;

		stage_random(&program, i, 60);
		walk_digest(stage, stage_core("none"), &program, i, 2);
		fits = engine_script(&stage->engine, &program);
		assert_int_equal(fits,
				 stage->engine.nr_taken <= PROGRAM_SWITCHES);
		refused += !fits;
	}
	assert_true(refused);
}

static void a_walk_plays_the_schedule_first(void **state)
{
	struct stage *stage = *state;
	const struct program_switch *taken = stage->engine.taken;
	uint64_t seed;

	stage_parse(&stage->program,
		    FOUNDING_PROGRAM "preempt task0 op0 point 3 -> task1\n"
				     "preempt task1 op0 point 4 -> task0\n");
	for (seed = 0; seed < 100; seed++) {
		walk_digest(stage, stage_core("none"), &stage->program, seed,
			    2);
		assert_true(stage->engine.nr_taken >= 2);
		assert_int_equal(taken[0].task, 0);
		assert_int_equal(taken[0].point, 3);
		assert_int_equal(taken[1].task, 1);
		assert_int_equal(taken[1].point, 4);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_walk_is_deterministic_in_its_seed),
		cmocka_unit_test(other_seeds_walk_other_ways),
		cmocka_unit_test(a_walk_switches_once_in_mean_points),
		cmocka_unit_test(
			a_walk_played_again_as_a_script_is_the_same_run),
		cmocka_unit_test(a_script_by_sites_becomes_one_by_points),
		cmocka_unit_test(a_script_that_does_not_fit_is_refused),
		cmocka_unit_test(a_walk_plays_the_schedule_first),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
