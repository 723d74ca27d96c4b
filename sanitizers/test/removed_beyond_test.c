/* SPDX-License-Identifier: MIT */
/* removed_beyond_test.c: a removal leaves alone what is not in its range. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_steps.h"

/* Pages 5 and 6 stand at 3 and 4, 8 to 11 as one at 8. */
static int some_pages(void **state)
{
	(void)state;
	fake_scene(&scene);
	fake_cached(&scene, 3, 5);
	fake_cached(&scene, 4, 6);
	fake_cached_large(&scene, 8, 8, 2);
	fake.counts[5] = fake.counts[6] = 1;
	fake.counts[8] = 4;
	return 0;
}

static void page_behind_the_range_is_reported(void **state)
{
	(void)state;
	begin(OP_REMOVE_RANGE, 3, 1);
	store(SELF, 3, TARGET_NO_PAGE);
	store(SELF, 4, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "removed-beyond");
	assert_int_equal(finding.page, 6);
}

static void page_before_it_is_reported_by_who_lost_the_cpu_since(void **state)
{
	(void)state;
	begin(OP_REMOVE, 4, 0);
	store(SELF, 3, TARGET_NO_PAGE);
	history_leave(&scene, SELF);
	store(OTHER, 3, 7);
	history_leave(&scene, OTHER);
	store(SELF, 4, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "removed-beyond");
	assert_int_equal(finding.page, 5);
}

static void range_alone_is_silent(void **state)
{
	(void)state;
	begin(OP_REMOVE_RANGE, 3, 2);
	store(SELF, 3, TARGET_NO_PAGE);
	store(SELF, 4, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_another_removed_is_silent(void **state)
{
	(void)state;
	begin(OP_REMOVE, 3, 0);
	store(SELF, 3, TARGET_NO_PAGE);
	history_leave(&scene, SELF);
	store(OTHER, 4, TARGET_NO_PAGE);
	history_leave(&scene, OTHER);
	assert_string_equal(ends_with_nothing(), "clean");
}

/* All of it goes. */
static void rest_of_a_folio_that_reaches_in_is_silent(void **state)
{
	unsigned long i;

	(void)state;
	begin(OP_REMOVE, 9, 0);
	for (i = 8; i < 12; i++)
		store(SELF, i, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "clean");
	fake_cached_large(&scene, 8, 8, 2);
	begin(OP_REMOVE, 4, 0);
	store(SELF, 4, TARGET_NO_PAGE);
	store(SELF, 8, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "removed-beyond");
	assert_int_equal(finding.page, 8);
}

/* Between one page and the next it is small already, and still stands there. */
static void folio_that_is_being_split_is_silent(void **state)
{
	(void)state;
	begin(OP_REMOVE_RANGE, 9, 1);
	fake.orders[8] = 0;
	history_leave(&scene, SELF);
	history_leave(&scene, OTHER);
	store(SELF, 10, 10);
	store(SELF, 11, 11);
	assert_string_equal(ends_with_nothing(), "clean");
}

/*
 * truncate_inode_partial_folio() splits what it found before, and has no reference to:
 * by then it may stand elsewhere in the file.
 */
static void folio_elsewhere_that_is_split_is_silent(void **state)
{
	(void)state;
	begin(OP_REMOVE_RANGE, 3, 1);
	store(SELF, 3, TARGET_NO_PAGE);
	fake.orders[8] = 0;
	store(SELF, 9, 9);
	history_leave(&scene, SELF);
	store(SELF, 10, 10);
	store(SELF, 11, 11);
	assert_string_equal(ends_with_nothing(), "clean");
	begin(OP_REMOVE_RANGE, 3, 1);
	store(SELF, 10, 7);
	assert_string_equal(ends_with_nothing(), "removed-beyond");
	assert_int_equal(finding.page, 10);
}

/* A folio that the end falls into is split, or goes where it cannot be; a page stays. */
static void folio_that_the_end_falls_into_may_be_split(void **state)
{
	unsigned long i;

	(void)state;
	begin_rest(11, 1);
	store(SELF, 9, 9);
	store(SELF, 10, 10);
	store(SELF, 11, 11);
	assert_string_equal(ends_with_nothing(), "clean");
	fake_cached_large(&scene, 8, 8, 2);
	begin_rest(11, 1);
	for (i = 8; i < 12; i++)
		store(SELF, i, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "clean");
	fake_cached(&scene, 12, 7);
	fake.counts[7] = 1;
	begin_rest(12, 1);
	store(SELF, 12, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "removed-beyond");
	assert_int_equal(finding.page, 7);
}

static void folio_in_front_of_the_end_is_reported(void **state)
{
	(void)state;
	begin_rest(12, 0);
	store(SELF, 11, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "removed-beyond");
	assert_int_equal(finding.page, 8);
}

static bool none_is_late(void *arg, bool show)
{
	(void)arg, (void)show;
	return false;
}

/* What others see of it is not what was done. */
static void on_weak_memory_nobody_is_judged(void **state)
{
	(void)state;
	scene.foresee = none_is_late;
	begin(OP_REMOVE, 3, 0);
	store(SELF, 3, TARGET_NO_PAGE);
	store(SELF, 4, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "clean");
}

#define TEST(name) cmocka_unit_test_setup(name, some_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(page_behind_the_range_is_reported),
		TEST(page_before_it_is_reported_by_who_lost_the_cpu_since),
		TEST(range_alone_is_silent),
		TEST(page_that_another_removed_is_silent),
		TEST(rest_of_a_folio_that_reaches_in_is_silent),
		TEST(folio_that_is_being_split_is_silent),
		TEST(folio_elsewhere_that_is_split_is_silent),
		TEST(folio_that_the_end_falls_into_may_be_split),
		TEST(folio_in_front_of_the_end_is_reported),
		TEST(on_weak_memory_nobody_is_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
