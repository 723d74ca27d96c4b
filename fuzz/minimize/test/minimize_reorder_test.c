/* SPDX-License-Identifier: MIT */
/*
 * minimize_reorder_test.c: of reorderings is left what the finding needs.
 */
#include "minimize_memory.h"
#include "minimize_stage.h"

enum act {
	SET, /* one after the other */
	LOOK, /* the second of them alone is a finding */
};

static void set(void)
{
	WRITE_ONCE(fake.x, 1);
	WRITE_ONCE(fake.y, 1);
	WRITE_ONCE(fake.flag, 1);
}

static void look(void)
{
	int x = READ_ONCE(fake.x), y = READ_ONCE(fake.y), flag = 0;

	flag = READ_ONCE(fake.flag);
	if (!x && y && !flag)
		machine_bug("alone");
}

static void act(unsigned long nr)
{
	if (nr == SET)
		set();
	else if (nr == LOOK)
		look();
}

/* The flag without its smp_wmb(); and a store that nobody misses. */
#define WEAK_JUNK                                                              \
	"setup add 9\n"                                                        \
	"task0 add 0\n"                                                        \
	"task1 read 0\n"                                                       \
	"task2 add 5\n"                                                        \
	"delay task0 op0 before fill_page#1 until 7\n"                         \
	"preempt task0 op0 before unlock_page#1 -> task1\n"                    \
	"delay task2 op0 before fill_page#1 until 2\n"

static void reorderings_that_nobody_needs_go(void **state)
{
	const struct minimized *minimized = minimize_text(
		state, stage_core("flag-without-wmb"), WEAK_JUNK, 0);
	const struct program *best = &minimized->minimize.best.program;

	assert_true(minimized->found);
	assert_int_equal(program_nr_reorderings(best), 1);
	assert_int_equal(minimized->minimize.best.outcome.preemptions, 1);
	assert_int_equal(program_nr_ops(best), 2);
	assert_non_null(strstr(minimized->text,
			       "delay    task0 op0 before fill_page#1\n"));
	assert_true(minimized->minimize.sequential.tried > 10);
	assert_true(minimized->minimize.sequential.exhaustive);
}

/* It can come about in order, with a preemption or an operation more. */
static void a_story_that_does_without_has_none(void **state)
{
	const struct minimized *minimized =
		minimize_text(state, &target_fake,
			      "task0 add 0\n"
			      "task1 add 1\n"
			      "delay task0 op0 point 1\n"
			      "preempt task0 op0 point 3 -> task1\n",
			      0);
	const struct minimize *minimize_it = &minimized->minimize;

	assert_true(minimized->found);
	assert_string_equal(minimize_it->wanted.id, "alone");
	assert_int_equal(minimize_it->wanted.preemptions, 1);
	assert_int_equal(program_nr_reorderings(&minimize_it->best.program), 0);
}

static void a_search_in_vain_says_nothing_of_other_reorderings(void **state)
{
	struct search search = { .preemptions = 1, .exhaustive = true };
	struct memory *memory = memory_create();
	struct program with, without;

	(void)state;
	stage_parse(&with, "task0 add 0\ndelay task0 op0 point 1\n");
	stage_parse(&without,
		    "task0 add 0\npreempt task0 op0 point 2 -> task1\n");
	memory_add(memory, &with, &search);
	assert_true(memory_knows(memory, &with, &search));
	assert_false(memory_knows(memory, &without, &search));
	search.reorderings = 1;
	assert_false(memory_knows(memory, &with, &search));
	memory_destroy(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reorderings_that_nobody_needs_go),
		cmocka_unit_test(a_story_that_does_without_has_none),
		cmocka_unit_test(
			a_search_in_vain_says_nothing_of_other_reorderings),
	};

	return cmocka_run_group_tests_name("minimize_reorder", tests, fake_open,
					   stage_close);
}
