/* SPDX-License-Identifier: MIT */
/*
 * explore_reorder_test.c: which reorderings there are, counted by hand; each is
 * played once and can be played again.
 */
#include "explore.h"
#include "fake.h"

static void act(unsigned long nr) /* add N: so many stores */
{
	while (nr--)
		WRITE_ONCE(fake.x, (int)nr);
}

struct walk_through {
	unsigned long runs, reordered, landed; /* delays that ended by a turn */
};

/* All of it; each run is what its script says. */
static struct walk_through walk(struct stage *stage, const char *text,
				const struct target *target,
				unsigned int preemptions,
				unsigned int reorderings)
{
	static struct explore explore;
	struct walk_through through = { 0, 0, 0 };
	struct policy policy;
	struct program again;
	uint32_t digest;
	unsigned int i;

	stage_parse(&stage->program, text);
	explore_begin(&explore, preemptions);
	explore.reorderings = reorderings;
	explore_policy(&policy, &explore);
	while (explore_next(&explore)) {
		const struct run_options options = {
			.policy = &policy,
			.observers = { record_observer(&stage->record) },
		};

		engine_run(&stage->engine, target, &stage->program, &options);
		expect_finding(&stage->engine.verdict, "clean");
		digest = stage_digest(stage);
		again = stage->program;
		assert_true(engine_script(&stage->engine, &again));
		assert_in_range(program_nr_reorderings(&again), 0, reorderings);
		through.runs++;
		through.reordered += program_nr_reorderings(&again) > 0;
		for (i = 0; i < again.nr_switches; i++)
			through.landed += again.switches[i].kind ==
						  ENTRY_DELAY &&
					  again.switches[i].next;
		assert_int_equal(stage_run_digest(stage, target, &again),
				 digest);
	}
	return through;
}

static unsigned long runs(struct stage *stage, const char *text,
			  unsigned int reorderings)
{
	return walk(stage, text, &target_fake, 0, reorderings).runs;
}

static void each_store_is_delayed_or_not(void **state)
{
	assert_int_equal(runs(*state, "task0 add 1\n", 0), 1);
	assert_int_equal(runs(*state, "task0 add 1\n", 1), 2);
	assert_int_equal(runs(*state, "task0 add 3\n", 1), 1 + 3);
	assert_int_equal(runs(*state, "task0 add 3\n", 2), 1 + 3 + 3);
	assert_int_equal(runs(*state, "task0 add 3\n", 9), 8);
}

/* Or when its operation ends, and at no other time. */
static void a_store_is_seen_whenever_its_task_gets_the_cpu(void **state)
{
	struct walk_through through =
		walk(*state, "task0 add 3\ntask1 add 1\n", &target_fake, 2, 1);

	assert_true(through.reordered > 0);
	assert_true(through.landed > 0);
	assert_true(through.landed < through.reordered);
}

static void the_core_keeps_its_promises(void **state)
{
	struct walk_through through = walk(*state,
					   "task0 add 0\ntask1 read 0\n",
					   stage_core("none"), 1, 1);

	assert_true(through.reordered > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_store_is_delayed_or_not),
		cmocka_unit_test(
			a_store_is_seen_whenever_its_task_gets_the_cpu),
		cmocka_unit_test(the_core_keeps_its_promises),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
