/* SPDX-License-Identifier: MIT */
/*
 * refind_test.c: how a story is adapted to another target, and how what may be
 * played is shared out. That stories are found: elsewhere.sh.
 */
#include "refind.h"
#include "stage.h"

static void nothing(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
}

static const struct target target_batches = {
	.name = "batches", .operations = { [OP_LRU_DRAIN] = nothing }
};

static const struct target target_trees = { .name = "trees",
					    .fanout_shift = 4 };

static void expect_adapted(const char *text, const struct target *home,
			   const struct target *target, const char *adapted)
{
	struct program program, expected;
	unsigned int how;

	stage_parse(&program, text);
	stage_parse(&expected, adapted);
	how = refind_adapt(&program, home, target);
	assert_true(program_equal(&program, &expected));
	stage_parse(&program, text);
	program.nr_switches = 0;
	assert_int_equal(how, program_equal(&program, &expected) ? 0 :
			      target == &target_trees ? ADAPTED_INDICES :
							ADAPTED_BATCHES);
}

#define STORY                                                                  \
	"setup add 3\nsetup add_large 4 order=1\n"                             \
	"task0 lookup 3\ntask0 add 7\n"                                        \
	"preempt task0 op1 point 3 -> task1\n"

static void batches_are_emptied_behind_what_fills_them(void **state)
{
	(void)state;
	expect_adapted(STORY, stage_core("none"), &target_batches,
		       "setup add 3\nsetup lru_drain\n"
		       "setup add_large 4 order=1\nsetup lru_drain\n"
		       "task0 lookup 3\ntask0 add 7\ntask0 lru_drain\n");
}

static void who_has_batches_at_home_does_that_himself(void **state)
{
	static const char bare[] = "setup add 3\nsetup add_large 4 order=1\n"
				   "task0 lookup 3\ntask0 add 7\n";

	(void)state;
	expect_adapted(STORY, &target_batches, &target_batches, bare);
	expect_adapted(STORY, NULL, &target_batches, bare);
}

static void interrupts_and_full_lists_stay_as_they_are(void **state)
{
	static const char text[] =
		"irq task1\ntask1 add 1\ntask0 add 0\ntask0 add 1\n"
		"task0 add 2\ntask0 add 3\ntask0 add 4\ntask0 add 5\n"
		"task0 add 6\ntask0 add 7\n";

	(void)state;
	expect_adapted(text, stage_core("none"), &target_batches, text);
}

static void an_index_keeps_its_place_in_the_tree(void **state)
{
	(void)state;
	expect_adapted("setup add 0\nsetup add 1\nsetup add 15\n"
		       "task0 lookup_batch 3 count=4\ntask1 remove 5\n"
		       "task1 remove_range 6 count=2\n",
		       stage_core("none"), &target_trees,
		       "setup add 0\nsetup add 1\nsetup add 51\n"
		       "task0 lookup_batch 3 count=4\ntask1 remove 17\n"
		       "task1 remove_range 18 count=2\n");
}

static void what_has_no_such_place_stays(void **state)
{
	static const char *const texts[] = {
		"setup add 5\nsetup add 16\n", /* a third level */
		"setup add 5\ntask1 invalidate 3 count=2\n", /* two nodes */
		"fanout 16\nsetup add 20\n", /* as it is */
		"fanout 32\nsetup add 20\n", /* too wide */
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		expect_adapted(texts[i], stage_core("none"), &target_trees,
			       texts[i]);
}

static void what_may_be_preemptions_is_counted(void **state)
{
	struct program program;

	(void)state;
	stage_parse(&program, "irq task2\ntask0 add 3\ntask1 add 3\n"
			      "task2 drain\n"
			      "switch task0 op0 begin -> task1\n"
			      "preempt task1 op0 point 2 -> task0\n"
			      "preempt task0 op0 before xas_load -> rcu\n"
			      "preempt task1 op0 point 3 -> task2\n");
	assert_int_equal(refind_preemptions(&program), 2);
}

/* ----------------------------------------------------------- how many are played */

static struct refind refind_clean(struct stage *stage, const char *text,
				  unsigned int preemptions, unsigned long limit)
{
	struct refind refind_it = {
		.expect = "clean",
		.preemptions = preemptions,
		.limit = limit,
	};

	stage_parse(&stage->program, text);
	refind_it.worker = worker_open(&stage->engine, &stage->record,
				       stage_core("none"), NULL);
	assert_true(refind(&refind_it, &stage->program));
	worker_close(refind_it.worker);
	return refind_it;
}

static void bounds_rise_until_the_last(void **state)
{
	struct refind few = refind_clean(*state, FOUNDING_PROGRAM, 1, 100000);
	struct refind many = refind_clean(*state, FOUNDING_PROGRAM, 2, 100000);

	assert_false(few.found || many.found);
	assert_true(few.exhaustive && many.exhaustive);
	assert_int_equal(few.bound, 1);
	assert_int_equal(many.bound, 2);
	assert_true(many.tried > 2 * few.tried);
	assert_true(many.tried < 100000);
}

static void no_more_are_played_than_may_be(void **state)
{
	struct refind it = refind_clean(*state, FOUNDING_PROGRAM, 3, 120);

	assert_false(it.exhaustive);
	assert_int_equal(it.tried, 120);
	assert_int_equal(it.bound, 3);
}

/* As many schedules as one likes, but not as long ones. */
static void no_more_points_are_made_than_may_be(void **state)
{
	struct refind it = {
		.expect = "clean",
		.preemptions = 2,
		.limit = 100000,
		.points = 4000,
	};
	struct stage *stage = *state;

	stage_parse(&stage->program, FOUNDING_PROGRAM);
	it.worker = worker_open(&stage->engine, &stage->record,
				stage_core("none"), NULL);
	assert_true(refind(&it, &stage->program));
	worker_close(it.worker);
	assert_false(it.exhaustive);
	assert_in_range(it.spent, 4000, 4400);
	assert_in_range(it.tried, 10, 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(batches_are_emptied_behind_what_fills_them),
		cmocka_unit_test(who_has_batches_at_home_does_that_himself),
		cmocka_unit_test(interrupts_and_full_lists_stay_as_they_are),
		cmocka_unit_test(an_index_keeps_its_place_in_the_tree),
		cmocka_unit_test(what_has_no_such_place_stays),
		cmocka_unit_test(what_may_be_preemptions_is_counted),
		cmocka_unit_test(bounds_rise_until_the_last),
		cmocka_unit_test(no_more_are_played_than_may_be),
		cmocka_unit_test(no_more_points_are_made_than_may_be),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
