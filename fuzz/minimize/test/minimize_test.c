/* SPDX-License-Identifier: MIT */
/*
 * minimize_test.c: what is left of a story is what it needs, and it is still
 * the same story.
 */
#include "minimize_edits.h"
#include "minimize_stage.h"

enum act {
	SET, /* two stores */
	CRASH_BETWEEN, /* crashes if it comes between them */
	JUNK, /* touches nothing that others look at */
};

static void act(unsigned long nr)
{
	volatile int *nowhere = NULL;

	if (nr == SET) {
		WRITE_ONCE(fake.x, 1);
		WRITE_ONCE(fake.y, 1);
	} else if (nr == CRASH_BETWEEN) {
		if (READ_ONCE(fake.x) && !READ_ONCE(fake.y))
			*nowhere = 1;
	} else {
		WRITE_ONCE(fake.flag, 1);
	}
}

/* Like the first line of text, which stage_parse() puts in front. */
static const char *body(const char *text)
{
	return strchr(text, '\n') + 1;
}

#define FOUNDING_JUNK                                                          \
	"pages 256\n"                                                          \
	"pcp high=0 batch=5\n"                                                 \
	"fanout 8\n"                                                           \
	"cpu task1 3\n"                                                        \
	"setup add 3\n"                                                        \
	"setup b5 = alloc order=3 compound\n"                                  \
	"setup r5 = get b5\n"                                                  \
	"setup add 9\n"                                                        \
	"task0 lookup_batch 20 count=3\n"                                      \
	"task0 r6 = lookup 3\n"                                                \
	"task0 drain\n"                                                        \
	"task0 add 11\n"                                                       \
	"task0 reclaim 11\n"                                                   \
	"task1 remove 17\n"                                                    \
	"task1 remove 9\n"                                                     \
	"task1 remove 3\n"                                                     \
	"task1 b0 = alloc order=1\n"                                           \
	"task1 free b0\n"                                                      \
	"task1 b1 = alloc order=2\n"                                           \
	"task1 free b1\n"                                                      \
	"task2 drain_all\n"                                                    \
	"task2 add 44\n"                                                       \
	"task2 reclaim 44\n"                                                   \
	"task2 lookup 9\n"                                                     \
	"task3 alloc\n"                                                        \
	"task3 free b5\n"                                                      \
	"task3 put r5\n"                                                       \
	"switch task0 op1 begin -> task2\n"                                    \
	"switch task2 op0 begin -> task3\n"                                    \
	"switch task3 op1 begin -> task0\n"                                    \
	"preempt task0 op1 before get_page_unless_zero#1 -> task2\n"           \
	"preempt task2 op1 point 5 -> task1\n"                                 \
	"switch task1 op4 begin -> task0\n"                                    \
	"preempt task0 op1 before xas_reload#1 -> task1\n"

#define FOUNDING_MINIMUM                                                       \
	"pagerace 1\n"                                                         \
	"pages    16\n"                                                        \
	"pcp      high=0 batch=1\n"                                            \
	"fanout   4\n"                                                         \
	"setup    add 0\n"                                                     \
	"task0    lookup 0\n"                                                  \
	"task1    remove 0\n"                                                  \
	"task1    b0 = alloc order=1\n"                                        \
	"task1    free b0\n"                                                   \
	"preempt  task0 op0 before get_page_unless_zero#1 -> task1\n"          \
	"switch   task1 op2 begin -> task0\n"                                  \
	"preempt  task0 op0 before put_page_testzero#1 -> task1\n"

/* ------------------------------------------------------------------- tests */

static void junk_around_the_founding_race_goes(void **state)
{
	const struct minimized *minimized = minimize_text(
		state, stage_core("free-without-tail"), FOUNDING_JUNK, 0);

	assert_true(minimized->found);
	assert_false(minimized->minimize.stopped);
	assert_string_equal(minimized->minimize.best.outcome.id, "page-loss");
	assert_string_equal(minimized->text, FOUNDING_MINIMUM);
	assert_true(minimized->minimize.exhaustive);
	assert_true(minimized->minimize.tried > 10);
}

static void a_minimum_minimizes_to_itself(void **state)
{
	const struct target *target = stage_core("free-without-tail");

	assert_string_equal(
		minimize_text(state, target, body(FOUNDING_MINIMUM), 0)->text,
		FOUNDING_MINIMUM);
}

/* Its second stop is one access point earlier, which makes no difference. */
static void equal_operations_end_with_equal_schedules(void **state)
{
	const struct target *target = stage_core("free-without-tail");

	assert_string_equal(
		minimize_text(state, target, FOUNDING_RACE, 0)->text,
		FOUNDING_MINIMUM);
}

static void equal_input_has_an_equal_result(void **state)
{
	const struct target *target = stage_core("late-head-read");
	static const char input[] =
		"setup b0 = alloc order=2 compound\n"
		"setup add 5\n"
		"setup r0 = get b0\n"
		"task0 free b0\n"
		"task1 put r0\n"
		"task1 remove 5\n"
		"preempt task0 op0 before PageHead -> task1\n";
	char first[4096];

	strcpy(first, minimize_text(state, target, input, 0)->text);
	assert_string_equal(minimize_text(state, target, input, 0)->text,
			    first);
}

/* One preemption and an allocation more: it could be an order-mismatch. */
static void the_checker_stays_the_same(void **state)
{
	const struct minimized *minimized = minimize_text(
		state, stage_core("late-head-read"),
		"setup b0 = alloc order=2 compound\n"
		"setup r0 = get b0\n"
		"task0 free b0\n"
		"task0 b2 = alloc\n"
		"task1 put r0\n"
		"task1 b1 = alloc order=2\n"
		"task1 drain\n"
		"preempt task0 op0 before PageHead -> task1\n", 0);
	const struct outcome *outcome = &minimized->minimize.best.outcome;

	assert_string_equal(outcome->id, "owned-twice");
	assert_int_equal(outcome->preemptions, 1);
	assert_in_range(program_nr_ops(&minimized->minimize.best.program), 5,
			6);
}

/* Removal inside a removal: an allocation behind it needs no second stop. */
static void an_operation_more_is_better_than_a_preemption_more(void **state)
{
	const struct minimized *minimized = minimize_text(
		state, stage_core("no-recheck"),
		"setup add 0\n"
		"task0 lookup 0\n"
		"task1 remove 0\n"
		"preempt task0 op0 before get_page_unless_zero#1 -> task1\n"
		"preempt task1 op0 before compound_head#1 -> task0\n", 0);
	const struct outcome *outcome = &minimized->minimize.best.outcome;

	assert_string_equal(outcome->id, "wrong-page");
	assert_int_equal(outcome->preemptions, 1);
	assert_int_equal(program_nr_ops(&minimized->minimize.best.program), 4);
}

/* An interrupt is a preemption that nobody counts. */
static void tasks_are_better_than_interrupts(void **state)
{
	const struct minimized *minimized = minimize_text(
		state, stage_core("free-without-tail"),
		"setup add 3\n"
		"irq task1\n"
		"task0 lookup 3\n"
		"task2 remove 3\n"
		"task1 b0 = alloc order=2\n"
		"task1 free b0\n"
		"preempt task0 op0 before get_page_unless_zero#1 -> task2\n"
		"preempt task0 op0 before get_page_unless_zero#1 -> task1\n"
		"preempt task0 op0 before xas_reload#1 -> task1\n", 0);

	assert_string_equal(minimized->text, FOUNDING_MINIMUM);
}

static void a_crash_is_minimized_as_a_finding_is(void **state)
{
	const struct minimized *minimized = minimize_text(
		state, &target_fake,
		"setup add 2\n"
		"task0 add 2\ntask0 add 0\ntask0 add 2\n"
		"task1 add 2\ntask1 add 1\n"
		"task2 add 2\n"
		"preempt task0 op1 point 2 -> task1\n", 0);
	const struct outcome *outcome = &minimized->minimize.best.outcome;

	assert_true(minimized->found);
	assert_true(outcome->crashed);
	assert_string_equal(outcome->id, "segv");
	assert_int_equal(outcome->preemptions, 1);
	assert_int_equal(program_nr_ops(&minimized->minimize.best.program), 2);
}

static void what_is_interrupted_keeps_the_best_so_far(void **state)
{
	const struct minimized *minimized = minimize_text(
		state, stage_core("free-without-tail"), FOUNDING_JUNK, 10);
	const struct minimize *minimize_it = &minimized->minimize;
	struct stage *stage = *state;

	assert_true(minimized->found);
	assert_true(minimize_it->stopped);
	assert_string_equal(minimize_it->best.outcome.id, "page-loss");
	assert_in_range(program_nr_ops(&minimize_it->best.program), 6, 27);
	expect_finding(stage_run(stage, stage_core("free-without-tail"),
				 &minimize_it->best.program),
		       "page-loss");
}

static void without_a_finding_there_is_nothing_to_minimize(void **state)
{
	assert_false(minimize_text(state, stage_core("none"), FOUNDING_RACE, 0)
			     ->found);
}

/* ---------------------------------------------------------------- in parts */

static struct story story_of(const char *text, unsigned int preemptions,
			     unsigned long points)
{
	struct story story = { 0 };

	stage_parse(&story.program, text);
	story.outcome.preemptions = preemptions;
	story.outcome.points = points;
	return story;
}

static void fewer_preemptions_come_before_fewer_operations(void **state)
{
	struct story one = story_of("task0 add 1\ntask0 add 2\n", 1, 50);
	struct story two = story_of("task0 add 1\n", 2, 10);
	struct story late = story_of("task0 add 3\n", 2, 10);
	struct story longer = story_of("task0 add 1\n", 2, 11);

	(void)state;
	assert_true(story_compare(&one, &two) < 0);
	assert_true(story_compare(&two, &late) < 0);
	assert_true(story_compare(&late, &longer) < 0);
	assert_int_equal(story_compare(&two, &two), 0);
}

/* Each ends, adds nothing, and leaves what every run can play. */
/* What is opened for nobody goes, and names begin with the first. */
static void handles_of_the_targets_own_are_few_and_first(void **state)
{
	const struct target *target =
		targets_find("boxes", "emptied-too-late")->target;
	const struct minimized *found = minimize_text(
		state, target,
		"target boxes\nsetup h5 = open\nsetup h3 = open\n"
		"setup write h3 4\ntask0 read h3\ntask0 close h5\n"
		"task0 write h3 9\ntask1 h7 = open\ntask1 write h7 8\n"
		"task1 read h7\ntask1 h4 = open\ntask1 close h4\n"
		"preempt task0 op1 point 2 -> task1\n"
		"switch task1 op2 begin -> task0\n",
		0);

	assert_true(found->found);
	assert_non_null(strstr(found->text, "setup    h0 = open\n"
					    "task0    close h0\n"
					    "task1    h1 = open\n"
					    "task1    write h1 1\n"
					    "task1    read h1\n"
					    "preempt"));
}

static void edits_come_to_an_end_and_drop_or_keep(void **state)
{
	struct program before, after;
	const struct edit *edit;
	enum edit_result result;
	unsigned int nr;

	(void)state;
	stage_random(&before, 7, 60);
	before.tasks[0].ops[0] = (struct program_op){ .op = OP_LOOKUP_BATCH,
						      .gives = NO_HANDLE,
						      .takes = NO_HANDLE,
						      .count = 3,
						      .fail = 2,
						      .fail_on = 1,
						      .file = 1 };
	before.setup.ops[0] = (struct program_op){ .op = OP_ALLOC,
						   .takes = NO_HANDLE,
						   .count = 1,
						   .order = 2,
						   .compound = 1 };
	before.setup.ops[1] = (struct program_op){ .op = OP_OWN,
						   .gives = NO_HANDLE,
						   .takes = NO_HANDLE,
						   .index = 7,
						   .count = 2 };
	before.tasks[2].irq = 1;
	before.tasks[1].cpu = 3;
	before.nr_switches = before.nr_switches < 2 ? 2 : before.nr_switches;
	for (nr = 0; nr < 2; nr++)
		before.switches[nr] = (struct program_switch){
			.kind = nr ? ENTRY_STALE : ENTRY_DELAY,
			.point = 1,
			.next = 3,
		};
	assert_in_range(program_nr_ops(&before), 10, 60);
	assert_true(before.setup.nr > 1 && before.tasks[0].nr);
	for (edit = edits; edit->name; edit++) {
		unsigned int made = 0;

		for (nr = 0, result = EDIT_SAME; result != EDIT_NONE; nr++) {
			after = before;
			result = edit->make(&after, nr);
			made += result == EDIT_MADE;
			assert_true((result == EDIT_MADE) !=
				    program_equal(&before, &after));
			assert_true(program_nr_ops(&after) <=
				    program_nr_ops(&before));
			assert_in_range(nr, 0, 100000);
		}
		if (!made)
			fail_msg("%s has nothing to do", edit->name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(junk_around_the_founding_race_goes),
		cmocka_unit_test(a_minimum_minimizes_to_itself),
		cmocka_unit_test(equal_operations_end_with_equal_schedules),
		cmocka_unit_test(equal_input_has_an_equal_result),
		cmocka_unit_test(the_checker_stays_the_same),
		cmocka_unit_test(
			an_operation_more_is_better_than_a_preemption_more),
		cmocka_unit_test(tasks_are_better_than_interrupts),
		cmocka_unit_test(a_crash_is_minimized_as_a_finding_is),
		cmocka_unit_test(what_is_interrupted_keeps_the_best_so_far),
		cmocka_unit_test(
			without_a_finding_there_is_nothing_to_minimize),
		cmocka_unit_test(
			fewer_preemptions_come_before_fewer_operations),
		cmocka_unit_test(handles_of_the_targets_own_are_few_and_first),
		cmocka_unit_test(edits_come_to_an_end_and_drop_or_keep),
	};

	return cmocka_run_group_tests_name("minimize", tests, fake_open,
					   stage_close);
}
