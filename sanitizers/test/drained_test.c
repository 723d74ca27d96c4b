/* SPDX-License-Identifier: MIT */
/*
 * drained_test.c: what a drain may leave on the lists that it empties, by where pages
 * were when it began, whenever it lost the CPU, and when it ended.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_steps.h"

#define CPU 2 /* of the task that drains */

static bool to_come; /* a block that nobody sees yet is put on a list */

static int nothing_on_lists(void **state)
{
	(void)state;
	fake_scene(&scene);
	scene.foresee = NULL;
	to_come = false;
	return 0;
}

static void on_list(int pfn, unsigned int order, int cpu)
{
	fake.nr_blocks = 0;
	fake_free(pfn, order)->cpu = cpu;
}

static void drain(enum operation op)
{
	args = (struct op_args){ .pfn = TARGET_NO_PAGE };
	start = (struct op_start){ SELF, op, false, false, &args, CPU };
	checkers_begin(&scene, &start);
}

/* The task loses the CPU, or gets it back. */
static void look(void)
{
	supply_look(&scene, SELF);
}

static void page_that_stays_was_left(void **state)
{
	(void)state;
	on_list(4, 1, CPU);
	drain(OP_DRAIN);
	look();
	assert_string_equal(ends_with_nothing(), "drain-left-some");
	assert_int_equal(finding.page, 4);
}

static void page_that_went_to_the_buddy_was_not(void **state)
{
	(void)state;
	on_list(4, 1, CPU);
	drain(OP_DRAIN);
	on_list(4, 1, -1);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_went_and_came_back_was_not(void **state)
{
	(void)state;
	on_list(4, 0, CPU);
	drain(OP_DRAIN);
	on_list(4, 0, -1);
	look();
	on_list(4, 0, CPU);
	look();
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_was_freed_meanwhile_may_stay(void **state)
{
	(void)state;
	drain(OP_DRAIN);
	on_list(4, 0, CPU);
	look();
	assert_string_equal(ends_with_nothing(), "clean");
}

static void lists_of_others_are_left_alone(void **state)
{
	(void)state;
	on_list(4, 0, CPU + 1);
	drain(OP_DRAIN);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void drain_of_all_cpus_empties_those_too(void **state)
{
	(void)state;
	on_list(4, 0, CPU + 1);
	drain(OP_DRAIN_ALL);
	assert_string_equal(ends_with_nothing(), "drain-left-some");
}

/* Of a page of the buddy nothing is promised, wherever it goes. */
static void free_page_may_stay_free(void **state)
{
	(void)state;
	on_list(4, 0, -1);
	drain(OP_DRAIN_ALL);
	assert_string_equal(ends_with_nothing(), "clean");
}

/* It was taken off, and an interrupt behind that brings it back. */
static void what_an_interrupt_puts_there_is_its_own(void **state)
{
	struct op_start nested;

	(void)state;
	on_list(4, 0, CPU);
	drain(OP_DRAIN);
	on_list(4, 0, -1);
	nested = (struct op_start){ OTHER, OP_FREE, false, true, &args, CPU };
	checkers_begin(&scene, &nested);
	on_list(4, 0, CPU);
	checkers_end(&scene, OTHER);
	assert_string_equal(ends_with_nothing(), "clean");
}

static bool late_store(void *arg, bool show)
{
	(void)arg;
	if (to_come)
		on_list(4, 0, show ? -1 : CPU);
	return to_come;
}

static void what_nobody_sees_yet_is_done(void **state)
{
	(void)state;
	scene.foresee = late_store;
	on_list(4, 0, CPU);
	drain(OP_DRAIN);
	to_come = true;
	assert_string_equal(ends_with_nothing(), "clean");
	to_come = false;
	drain(OP_DRAIN);
	assert_string_equal(ends_with_nothing(), "drain-left-some");
}

static void target_that_promises_nothing_is_not_asked(void **state)
{
	const struct target other = { .free_blocks = fake_free_blocks };

	(void)state;
	on_list(4, 0, CPU);
	scene.target = &other;
	drain(OP_DRAIN);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void allocation_beside_it_fails_as_before(void **state)
{
	(void)state;
	on_list(4, 0, CPU);
	begin(OP_ALLOC, 0, 0);
	on_list(4, 0, -1);
	assert_string_equal(ends_with_nothing(), "refused");
}

#define TEST(name) cmocka_unit_test_setup(name, nothing_on_lists)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(page_that_stays_was_left),
		TEST(page_that_went_to_the_buddy_was_not),
		TEST(page_that_went_and_came_back_was_not),
		TEST(page_that_was_freed_meanwhile_may_stay),
		TEST(lists_of_others_are_left_alone),
		TEST(drain_of_all_cpus_empties_those_too),
		TEST(free_page_may_stay_free),
		TEST(what_an_interrupt_puts_there_is_its_own),
		TEST(what_nobody_sees_yet_is_done),
		TEST(target_that_promises_nothing_is_not_asked),
		TEST(allocation_beside_it_fails_as_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
