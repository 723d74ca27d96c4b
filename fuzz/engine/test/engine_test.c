/* SPDX-License-Identifier: MIT */
/*
 * engine_test.c: same program, same target: same run, whatever was played
 * before, and broken off in the middle.
 */
#include "machine.h"
#include "sites.h"
#include "stage.h"

#define PROGRAMS 60
#define SHUFFLES 400

/* Findings that break a run off in the middle, and one at its end. */
static const struct bad {
	const char *revert, *finding, *text;
} bad[] = {
	{ "free-without-tail", "page-loss", FOUNDING_RACE },
	{ "late-head-read", "free-of-page-in-use",
	  "setup b0 = alloc order=1 compound\n"
	  "setup r0 = get b0\n"
	  "task0 free b0\n"
	  "task1 put r0\n"
	  "task1 alloc\n"
	  "task1 alloc\n"
	  "preempt task0 op0 before PageHead#1 -> task1\n" },
	{ "no-grace-period", "use-after-free",
	  "fanout 2\n"
	  "setup add 3\n"
	  "task0 lookup 3\n"
	  "task1 remove 3\n"
	  "preempt task0 op0 point 2 -> task1\n" },
	{ "no-recheck", "wrong-page",
	  "setup add 3\n"
	  "task0 lookup 3\n"
	  "task1 remove 3\n"
	  "task1 b0 = alloc\n"
	  "preempt task0 op0 before get_page_unless_zero#1 -> task1\n" },
};

#define NR_BAD (sizeof(bad) / sizeof(bad[0]))

static void play_bad(struct stage *stage, unsigned int nr)
{
	expect_finding(stage_play(stage, stage_core(bad[nr].revert),
				  bad[nr].text),
		       bad[nr].finding);
}

static void every_revert_has_its_finding(void **state)
{
	unsigned int i;

	for (i = 0; i < NR_BAD; i++)
		play_bad(*state, i);
}

static void their_programs_pass_on_the_core_as_it_is(void **state)
{
	unsigned int i;

	for (i = 0; i < NR_BAD; i++)
		expect_finding(stage_play(*state, stage_core("none"),
					  bad[i].text),
			       "clean");
}

static unsigned int last_words_asked;

static const char *broken_at_the_end(void)
{
	last_words_asked++;
	return "broken-at-the-end";
}

/* It counts on what the checkers look at, so they come first. */
static void the_target_has_the_last_word(void **state)
{
	struct target target = *stage_core("none");

	target.check = broken_at_the_end;
	expect_finding(stage_play(*state, &target, FOUNDING_RACE),
		       "broken-at-the-end");
	assert_int_equal(last_words_asked, 1);

	target = *stage_core("free-without-tail");
	target.check = broken_at_the_end;
	expect_finding(stage_play(*state, &target, FOUNDING_RACE), "page-loss");
	assert_int_equal(last_words_asked, 1);
}

static void a_run_repeated_is_the_same_run(void **state)
{
	struct stage *stage = *state;
	uint32_t first;
	unsigned int i;

	stage_parse(&stage->program, FOUNDING_RACE);
	first = stage_run_digest(stage, stage_core("free-without-tail"),
				 &stage->program);
	for (i = 0; i < 100; i++)
		assert_int_equal(stage_run_digest(
					 stage, stage_core("free-without-tail"),
					 &stage->program),
				 first);
}

static void another_schedule_is_another_run(void **state)
{
	struct stage *stage = *state;
	uint32_t race, plain;

	stage_play(stage, stage_core("none"), FOUNDING_RACE);
	race = stage_digest(stage);
	stage_play(stage, stage_core("none"), FOUNDING_PROGRAM);
	plain = stage_digest(stage);
	assert_int_not_equal(race, plain);
}

/* ------------------------------------------- many programs, many targets */

static void runs_are_the_same_in_any_order(void **state)
{
	static struct program programs[PROGRAMS];
	static uint32_t digests[PROGRAMS];
	struct stage *stage = *state;
	struct rng rng;
	unsigned int i;

	assert_in_range(stage_nr_targets(), 6, 64);
	for (i = 0; i < PROGRAMS; i++) {
		stage_random(&programs[i], i, 30);
		digests[i] = stage_run_digest(
			stage, variants[i % stage_nr_targets()].target, &programs[i]);
	}
	rng_seed(&rng, 1);
	while (i++ < SHUFFLES) {
		unsigned int at = rng_below(&rng, PROGRAMS);

		assert_int_equal(
			stage_run_digest(stage,
					 variants[at % stage_nr_targets()].target,
					 &programs[at]),
			digests[at]);
	}
}

static void recording_changes_nothing(void **state)
{
	struct stage *stage = *state;
	struct verdict bare;
	struct program program;
	unsigned int i;

	for (i = 0; i < PROGRAMS; i++) {
		const struct target *target =
			variants[i % stage_nr_targets()].target;
		const struct verdict *verdict;

		stage_random(&program, i, 30);
		bare = *engine_run(&stage->engine, target, &program, NULL);
		verdict = stage_run(stage, target, &program);
		assert_ptr_equal(verdict->finding.checker,
				 bare.finding.checker);
		assert_int_equal(verdict->points, bare.points);
		assert_int_equal(verdict->preemptions, bare.preemptions);
	}
}

static void a_thousand_findings_leave_nothing_behind(void **state)
{
	struct stage *stage = *state;
	uint32_t clean;
	unsigned int i;

	stage_play(stage, stage_core("none"), FOUNDING_RACE);
	clean = stage_digest(stage);
	for (i = 0; i < 1000; i++)
		play_bad(stage, i % NR_BAD);
	expect_finding(stage_play(stage, stage_core("none"), FOUNDING_RACE),
		       "clean");
	assert_int_equal(stage_digest(stage), clean);
}

static void findings_have_the_same_digest_too(void **state)
{
	struct stage *stage = *state;
	uint32_t digests[NR_BAD];
	unsigned int i;

	for (i = 0; i < NR_BAD; i++) {
		play_bad(stage, i);
		digests[i] = stage_digest(stage);
	}
	for (i = 0; i < 20 * NR_BAD; i++) {
		play_bad(stage, i % NR_BAD);
		assert_int_equal(stage_digest(stage), digests[i % NR_BAD]);
	}
}

static void executions_are_counted(void **state)
{
	struct stage *stage = *state;
	unsigned long before = stage->engine.executions;

	play_bad(stage, 0);
	stage_play(stage, stage_core("none"), FOUNDING_PROGRAM);
	assert_int_equal(stage->engine.executions - before, 2);
}

static void the_verdict_counts_operations_and_access_points(void **state)
{
	const struct verdict *verdict = stage_play(
		*state, stage_core("none"),
		"setup b0 = alloc\ntask0 free b0\ntask1 free b0\n");

	assert_int_equal(verdict->operations, 2);
	assert_true(verdict->points > 0);
	assert_int_equal(verdict->preemptions, 0);
	verdict = stage_play(*state, stage_core("none"), "setup alloc\n");
	assert_int_equal(verdict->operations, 0);
	assert_int_equal(verdict->points, 0);
}

static void points_of_what_did_not_end_count_as_well(void **state)
{
	struct stage *stage = *state;

	stage_play(stage, stage_core("none"), "setup add 3\ntask0 lookup 3\n");
	assert_int_equal(engine_points(&stage->engine),
			 stage->engine.verdict.points);
	stage_play(stage, stage_core("no-grace-period"),
		   "setup add 3\ntask0 lookup 3\ntask1 remove 3\n"
		   "preempt task0 op0 before xas_descend -> task1\n");
	expect_finding(&stage->engine.verdict, "use-after-free");
	assert_int_equal(engine_points(&stage->engine),
			 stage->engine.verdict.points + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_revert_has_its_finding),
		cmocka_unit_test(their_programs_pass_on_the_core_as_it_is),
		cmocka_unit_test(the_target_has_the_last_word),
		cmocka_unit_test(a_run_repeated_is_the_same_run),
		cmocka_unit_test(another_schedule_is_another_run),
		cmocka_unit_test(runs_are_the_same_in_any_order),
		cmocka_unit_test(recording_changes_nothing),
		cmocka_unit_test(a_thousand_findings_leave_nothing_behind),
		cmocka_unit_test(findings_have_the_same_digest_too),
		cmocka_unit_test(executions_are_counted),
		cmocka_unit_test(points_of_what_did_not_end_count_as_well),
		cmocka_unit_test(
			the_verdict_counts_operations_and_access_points),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
