/* SPDX-License-Identifier: MIT */
/*
 * refused_test.c: when an allocation may fail, by where pages were whenever it
 * had the CPU.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_steps.h"

static int no_free_page(void **state)
{
	(void)state;
	fake_scene(&scene);
	return 0;
}

static void alloc(unsigned int order)
{
	begin(OP_ALLOC, 0, 0);
	args.order = order;
}

/* The only free block, from now on. */
static void free_at(int pfn, unsigned int order, int cpu)
{
	fake.nr_blocks = 0;
	fake_free(pfn, order)->cpu = cpu;
}

/* The task loses the CPU, or gets it back. */
static void look(void)
{
	supply_look(&scene, SELF);
}

static void nothing_is_free(void **state)
{
	(void)state;
	alloc(0);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void free_page_is_refused(void **state)
{
	(void)state;
	free_at(4, 0, -1);
	alloc(0);
	assert_string_equal(ends_with_nothing(), "refused");
	assert_int_equal(finding.page, 4);
}

static void page_on_the_list_of_a_cpu_is_refused(void **state)
{
	(void)state;
	free_at(4, 0, 2);
	alloc(0);
	assert_string_equal(ends_with_nothing(), "refused");
}

static void block_that_is_too_small_would_not_do(void **state)
{
	(void)state;
	free_at(4, 1, -1);
	alloc(2);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void larger_block_would_do(void **state)
{
	(void)state;
	free_at(4, 2, -1);
	alloc(1);
	assert_string_equal(ends_with_nothing(), "refused");
}

/* Pages 5 and 6 are free, pages 4 and 7 are not. */
static void neighbours_that_are_no_buddies_would_not_do(void **state)
{
	(void)state;
	free_at(5, 0, -1);
	fake_free(6, 0);
	alloc(1);
	assert_string_equal(ends_with_nothing(), "clean");
}

/* One in the buddy and one on a CPU's list: emptied, they are one block. */
static void buddies_on_two_lists_would_do(void **state)
{
	(void)state;
	free_at(4, 0, -1);
	fake_free(5, 0)->cpu = 1;
	alloc(1);
	assert_string_equal(ends_with_nothing(), "refused");
}

static void page_that_was_taken_and_came_back_would_not_do(void **state)
{
	(void)state;
	free_at(4, 0, -1);
	alloc(0);
	look();
	fake.nr_blocks = 0;
	look();
	free_at(4, 0, -1);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_was_freed_meanwhile_would_not_do(void **state)
{
	(void)state;
	alloc(0);
	look();
	free_at(4, 0, -1);
	look();
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_went_to_the_buddy_would_do(void **state)
{
	(void)state;
	free_at(4, 0, 3);
	alloc(0);
	look();
	free_at(4, 0, -1);
	look();
	assert_string_equal(ends_with_nothing(), "refused");
}

/* Onto a list that may have been emptied before. */
static void page_that_went_to_the_list_of_a_cpu_would_not_do(void **state)
{
	(void)state;
	free_at(4, 0, -1);
	alloc(0);
	look();
	free_at(4, 0, 3);
	look();
	assert_string_equal(ends_with_nothing(), "clean");
	free_at(4, 0, 1);
	alloc(0);
	look();
	free_at(4, 0, 0);
	look();
	assert_string_equal(ends_with_nothing(), "clean");
}

static void allocation_in_an_interrupt_may_be_none(void **state)
{
	(void)state;
	free_at(4, 0, -1);
	args = (struct op_args){ .pfn = TARGET_NO_PAGE };
	start = (struct op_start){ SELF, OP_ALLOC, false, true, &args };
	checkers_begin(&scene, &start);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void target_that_leaves_lists_alone_is_not_asked(void **state)
{
	const struct target other = { .free_blocks = fake_free_blocks };

	(void)state;
	free_at(4, 0, -1);
	scene.target = &other;
	alloc(0);
	assert_string_equal(ends_with_nothing(), "clean");
}

#define TEST(name) cmocka_unit_test_setup(name, no_free_page)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_free),
		TEST(free_page_is_refused),
		TEST(page_on_the_list_of_a_cpu_is_refused),
		TEST(block_that_is_too_small_would_not_do),
		TEST(larger_block_would_do),
		TEST(neighbours_that_are_no_buddies_would_not_do),
		TEST(buddies_on_two_lists_would_do),
		TEST(page_that_was_taken_and_came_back_would_not_do),
		TEST(page_that_was_freed_meanwhile_would_not_do),
		TEST(page_that_went_to_the_buddy_would_do),
		TEST(page_that_went_to_the_list_of_a_cpu_would_not_do),
		TEST(allocation_in_an_interrupt_may_be_none),
		TEST(target_that_leaves_lists_alone_is_not_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
