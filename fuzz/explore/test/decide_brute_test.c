/* SPDX-License-Identifier: MIT */
/*
 * decide_brute_test.c: what is claimed of deciding orders, against brute force over
 * all orders of steps of small programs, each with a schedule of fewest preemptions
 * that ends in a finding.
 */
#include "brute.h"
#include "decide_claims.h"
#include "explore.h"

#define FINDINGS 200
#define ORDERS 1500 /* of a program that is compared; with more it is not */
#define ACTS 11 /* of memory and locks */
#define ASSERTS 19

/* A schedule with fewest preemptions that ends in a finding becomes the program's. */
static bool find_one(struct stage *stage, const struct target *target,
		     struct program *program)
{
	static struct explore explore;
	struct policy policy;
	const struct run_options options = { .policy = &policy };
	unsigned int bound;

	for (bound = 0; bound < 4; bound++) {
		explore_begin(&explore, bound);
		explore_policy(&policy, &explore);
		while (explore_next(&explore)) {
			engine_run(&stage->engine, target, program, &options);
			if (stage->engine.verdict.finding.checker)
				return engine_script(&stage->engine, program);
		}
	}
	return false;
}

/* ------------------------------------------------------------------ compared */

static bool brute_count(struct stage *stage, const struct target *target,
			const struct program *program)
{
	static struct brute brute;
	static struct outcomes outcomes;

	outcomes.digest_of = count_run;
	outcomes.nr = 0;
	outcomes.max = ORDERS;
	outcomes.full = false;
	brute = (struct brute){ .stage = stage,
				.target = target,
				.program = program,
				.preemptions = 1000,
				.irq = -1,
				.outcomes = &outcomes };
	brute_from(&brute, 0);
	return !outcomes.full;
}

/* What was seen in all orders of steps is what is claimed of classes. */
static void assert_claimed(const struct deciding *deciding,
			   const struct program *program)
{
	bool right = (claimed.lost_with == claimed.with) ==
			     deciding_is_enough(deciding) &&
		     claimed.lost_with;
	unsigned int i;

	for (i = 0; i < deciding->nr; i++)
		right &= !claimed.lost_without[i] ==
				 !deciding->order[i].lost_without &&
			 claimed.without[i];
	if (right)
		return;
	say_claim(deciding, program);
	fail_msg("brute force says something else of %u orders", deciding->nr);
}

static void random_finding(struct program *program, struct rng *rng)
{
	random_program(program, rng, ACTS, false, false);
	if (rng_one_in(rng, 3))
		program->tasks[rng_below(rng, 2)].ops[0].index = ASSERTS;
	parity = rng_below(rng, 3);
}

static void claims_are_what_brute_force_sees(void **state)
{
	static struct deciding deciding;
	struct stage *stage = *state;
	struct target target = watched();
	unsigned int nr = 0, orders = 0, needed = 0, enough = 0, none = 0, i;
	struct decide decide = { .target = &target,
				 .engine = &stage->engine,
				 .quiet = true };
	struct program program;
	unsigned long runs = 0;
	struct rng rng;

	rng_seed(&rng, 16);
	decide.program = &program;
	while (nr < FINDINGS) {
		random_finding(&program, &rng);
		if (!find_one(stage, &target, &program))
			continue;
		assert_true(deciding_find(&decide, &deciding));
		none += !deciding.nr;
		play_story(stage, &target, &program);
		if (!deciding.nr || !note_claim(stage, &deciding) ||
		    !brute_count(stage, &target, &program))
			continue;
		assert_true(deciding.all);
		assert_claimed(&deciding, &program);
		for (i = 0; i < deciding.nr; i++)
			needed += !deciding.order[i].lost_without;
		orders += deciding.nr;
		enough += deciding_is_enough(&deciding);
		runs += claimed.runs;
		nr++;
	}
	print_message("%u findings, %u orders, %u needed, %u times enough, "
		      "%u without any; %lu orders of steps\n",
		      nr, orders, needed, enough, none, runs);
	assert_true(needed > orders / 2);
	assert_true(enough > FINDINGS * 9 / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_are_what_brute_force_sees),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
