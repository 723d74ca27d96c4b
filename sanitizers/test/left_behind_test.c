/* SPDX-License-Identifier: MIT */
/* left_behind_test.c: what a removal may leave in its range. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_steps.h"

/* Pages 5 and 6 stand at 3 and 4; their counts are the cache's. */
static int two_pages(void **state)
{
	(void)state;
	fake_scene(&scene);
	fake_cached(&scene, 3, 5);
	fake_cached(&scene, 4, 6);
	fake.counts[5] = fake.counts[6] = 1;
	return 0;
}

static void empty_range_is_silent(void **state)
{
	(void)state;
	begin(OP_REMOVE_RANGE, 3, 2);
	store(SELF, 3, TARGET_NO_PAGE);
	store(SELF, 4, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_stood_all_the_while_is_reported(void **state)
{
	(void)state;
	begin(OP_REMOVE_RANGE, 3, 2);
	store(SELF, 3, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "left-behind");
	assert_int_equal(finding.page, 6);
}

static void page_behind_the_range_is_silent(void **state)
{
	(void)state;
	begin(OP_REMOVE_RANGE, 3, 1);
	store(SELF, 3, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_came_meanwhile_is_silent(void **state)
{
	(void)state;
	begin(OP_REMOVE_RANGE, 3, 3);
	store(SELF, 3, TARGET_NO_PAGE);
	store(SELF, 4, TARGET_NO_PAGE);
	store(OTHER, 5, 7);
	assert_string_equal(ends_with_nothing(), "clean");
}

/* Removed, and put back by another who had the CPU. */
static void page_that_came_back_is_silent(void **state)
{
	(void)state;
	begin(OP_REMOVE, 3, 0);
	store(SELF, 3, TARGET_NO_PAGE);
	history_leave(&scene, SELF);
	store(OTHER, 3, 5);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void removal_of_one_page_has_no_excuse(void **state)
{
	(void)state;
	begin(OP_REMOVE, 3, 0);
	count_to(OTHER, 5, 2);
	assert_string_equal(ends_with_nothing(), "left-behind");
	assert_int_equal(finding.page, 5);
}

static void removal_in_an_interrupt_may_be_none(void **state)
{
	(void)state;
	args = (struct op_args){ .pfn = TARGET_NO_PAGE, .index = 3 };
	start = (struct op_start){ SELF, OP_REMOVE, false, true, &args };
	checkers_begin(&scene, &start);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void idle_page_has_to_be_reclaimed(void **state)
{
	(void)state;
	begin(OP_RECLAIM, 3, 0);
	count_to(SELF, 5, 2);
	count_to(SELF, 5, 1);
	assert_string_equal(ends_with_nothing(), "left-behind");
}

static void page_that_was_busy_may_stay(void **state)
{
	(void)state;
	fake.busy[5] = true;
	begin(OP_RECLAIM, 3, 0);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_another_used_meanwhile_may_stay(void **state)
{
	(void)state;
	begin(OP_RECLAIM, 3, 0);
	count_to(OTHER, 5, 2);
	count_to(OTHER, 5, 1);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void use_of_another_page_is_no_excuse(void **state)
{
	(void)state;
	begin(OP_RECLAIM, 3, 0);
	count_to(OTHER, 6, 2);
	assert_string_equal(ends_with_nothing(), "left-behind");
}

static void operation_without_a_promise_is_silent(void **state)
{
	(void)state;
	begin(OP_INVALIDATE, 3, 2);
	assert_string_equal(ends_with_nothing(), "clean");
}

/* Pages 8 to 11 stand at 8 to 11. */
static void folio_that_reaches_out_of_the_range_may_stay(void **state)
{
	(void)state;
	fake_cached_large(&scene, 8, 8, 2);
	fake.counts[8] = 4;
	begin(OP_REMOVE_RANGE, 9, 3);
	assert_string_equal(ends_with_nothing(), "clean");
	begin(OP_REMOVE_RANGE, 8, 4);
	assert_string_equal(ends_with_nothing(), "left-behind");
	assert_int_equal(finding.page, 8);
}

/* But for the page that the end falls into. */
static void rest_of_the_file_has_to_go(void **state)
{
	(void)state;
	begin_rest(3, 1);
	assert_string_equal(ends_with_nothing(), "left-behind");
	assert_int_equal(finding.page, 6);
	begin_rest(3, 1);
	store(SELF, 4, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "clean");
	begin_rest(3, 0);
	assert_string_equal(ends_with_nothing(), "left-behind");
	assert_int_equal(finding.page, 5);
}

/* It could not be split. */
static void folio_that_the_end_falls_into_may_stay(void **state)
{
	(void)state;
	fake_cached_large(&scene, 8, 8, 2);
	fake.counts[8] = 4;
	begin_rest(9, 0);
	assert_string_equal(ends_with_nothing(), "clean");
}

#define TEST(name) cmocka_unit_test_setup(name, two_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(empty_range_is_silent),
		TEST(page_that_stood_all_the_while_is_reported),
		TEST(page_behind_the_range_is_silent),
		TEST(page_that_came_meanwhile_is_silent),
		TEST(page_that_came_back_is_silent),
		TEST(removal_of_one_page_has_no_excuse),
		TEST(removal_in_an_interrupt_may_be_none),
		TEST(idle_page_has_to_be_reclaimed),
		TEST(page_that_was_busy_may_stay),
		TEST(page_that_another_used_meanwhile_may_stay),
		TEST(use_of_another_page_is_no_excuse),
		TEST(operation_without_a_promise_is_silent),
		TEST(folio_that_reaches_out_of_the_range_may_stay),
		TEST(rest_of_the_file_has_to_go),
		TEST(folio_that_the_end_falls_into_may_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
