/* SPDX-License-Identifier: MIT */
/*
 * missed_page_test.c: what a lookup owes: whatever stood at its index all the
 * while, and nothing else.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_steps.h"

/* Pages 5, 6, 7 stand at 3, 7, 9; their counts are the cache's. */
static int three_pages(void **state)
{
	(void)state;
	fake_scene(&scene);
	fake_cached(&scene, 3, 5);
	fake_cached(&scene, 7, 6);
	fake_cached(&scene, 9, 7);
	fake.counts[5] = fake.counts[6] = fake.counts[7] = 1;
	return 0;
}

/* Get a reference on each and return them. */
static const char *ends_with(unsigned int nr, const int *pfns,
			     const unsigned long *indices)
{
	struct op_result result = { .nr = nr };
	unsigned int i;

	for (i = 0; i < nr; i++) {
		result.pfn[i] = pfns[i];
		result.index[i] = indices[i];
		count_to(SELF, pfns[i], fake.counts[pfns[i]] + 1);
	}
	return ends(&result);
}

static const int pages[] = { 5, 6, 7 };
static const unsigned long indices[] = { 3, 7, 9 };

static void page_that_is_returned_is_silent(void **state)
{
	(void)state;
	begin(OP_LOOKUP, 3, 0);
	assert_string_equal(ends_with(1, pages, indices), "clean");
}

static void page_that_stood_all_the_while_is_owed(void **state)
{
	(void)state;
	begin(OP_LOOKUP, 3, 0);
	assert_string_equal(ends_with_nothing(), "missed-page");
	assert_int_equal(finding.page, 5);
}

static void empty_index_owes_nothing(void **state)
{
	(void)state;
	begin(OP_LOOKUP, 4, 0);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_came_after_the_beginning_is_not_owed(void **state)
{
	(void)state;
	begin(OP_LOOKUP, 4, 0);
	store(OTHER, 4, 8);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_went_before_the_end_is_not_owed(void **state)
{
	(void)state;
	begin(OP_LOOKUP, 3, 0);
	store(OTHER, 3, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_went_and_came_back_is_not_owed(void **state)
{
	(void)state;
	begin(OP_LOOKUP, 3, 0);
	store(OTHER, 3, TARGET_NO_PAGE);
	store(OTHER, 3, 5);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void change_at_another_index_is_no_excuse(void **state)
{
	(void)state;
	begin(OP_LOOKUP, 3, 0);
	store(OTHER, 7, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "missed-page");
}

/* Its last reference went: it will go, too. */
static void page_on_its_way_out_is_not_owed(void **state)
{
	(void)state;
	begin(OP_LOOKUP, 3, 0);
	count_to(OTHER, 5, 0);
	assert_string_equal(ends_with_nothing(), "clean");
	begin(OP_LOOKUP, 3, 0);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void page_that_is_still_used_is_owed(void **state)
{
	(void)state;
	count_to(OTHER, 5, 2);
	begin(OP_LOOKUP, 3, 0);
	count_to(OTHER, 5, 1);
	assert_string_equal(ends_with_nothing(), "missed-page");
}

static void lookup_in_an_interrupt_may_be_none(void **state)
{
	(void)state;
	args = (struct op_args){ .pfn = TARGET_NO_PAGE, .index = 3 };
	start = (struct op_start){ SELF, OP_LOOKUP, true, true, &args };
	checkers_begin(&scene, &start);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void batch_with_all_pages_is_silent(void **state)
{
	(void)state;
	begin(OP_LOOKUP_BATCH, 3, 4);
	assert_string_equal(ends_with(3, pages, indices), "clean");
}

static void batch_that_leaves_one_out_is_reported(void **state)
{
	const int two[] = { 5, 7 };
	const unsigned long at[] = { 3, 9 };

	(void)state;
	begin(OP_LOOKUP_BATCH, 3, 4);
	assert_string_equal(ends_with(2, two, at), "missed-page");
	assert_int_equal(finding.page, 6);
}

static void batch_that_ends_early_is_reported(void **state)
{
	(void)state;
	begin(OP_LOOKUP_BATCH, 3, 3);
	assert_string_equal(ends_with(2, pages, indices), "missed-page");
	assert_int_equal(finding.page, 7);
}

static void full_batch_owes_nothing_behind_its_last(void **state)
{
	(void)state;
	begin(OP_LOOKUP_BATCH, 3, 2);
	assert_string_equal(ends_with(2, pages, indices), "clean");
}

static void full_batch_that_passed_one_over_is_reported(void **state)
{
	(void)state;
	begin(OP_LOOKUP_BATCH, 3, 2);
	assert_string_equal(ends_with(2, pages + 1, indices + 1),
			    "missed-page");
	assert_int_equal(finding.page, 5);
}

static void batch_of_more_than_was_asked_for_is_reported(void **state)
{
	(void)state;
	begin(OP_LOOKUP_BATCH, 3, 2);
	assert_string_equal(ends_with(3, pages, indices), "missed-page");
}

static void batch_out_of_order_is_reported(void **state)
{
	const int swapped[] = { 6, 5, 7 };
	const unsigned long at[] = { 7, 3, 9 };

	(void)state;
	begin(OP_LOOKUP_BATCH, 3, 4);
	assert_string_equal(ends_with(3, swapped, at), "missed-page");
}

static void page_that_comes_twice_in_a_batch_is_reported(void **state)
{
	const int twice[] = { 5, 6, 6, 7 };
	const unsigned long at[] = { 3, 7, 7, 9 };

	(void)state;
	begin(OP_LOOKUP_BATCH, 3, 4);
	assert_string_equal(ends_with(4, twice, at), "missed-page");
	assert_int_equal(finding.page, 6);
}

/* Pages 8 to 11 stand at 4 to 7. */
static void large_folio_is_owed_once(void **state)
{
	const int folio[] = { 5, 8, 7 };
	const unsigned long at[] = { 3, 4, 9 };

	(void)state;
	fake_cached_large(&scene, 4, 8, 2);
	fake.counts[8] = 4;
	begin(OP_LOOKUP_BATCH, 3, 4);
	assert_string_equal(ends_with(3, folio, at), "clean");
	begin(OP_LOOKUP, 6, 0);
	assert_string_equal(ends_with_nothing(), "missed-page");
	assert_int_equal(finding.page, 8);
}

/* ------------------------------------------------------------------ reads */

static const char *read_ends(int copied)
{
	const char *said;

	left_page = copied;
	said = ends_with_nothing();
	left_page = TARGET_NO_PAGE;
	return said;
}

static void begin_to_read(unsigned long index)
{
	static struct target target;

	target = fake_target;
	target.copies = true;
	scene.target = &target;
	begin(OP_READ, index, 0);
}

static void read_of_what_stood_all_the_while_copies_a_page(void **state)
{
	(void)state;
	begin_to_read(3);
	assert_string_equal(read_ends(5), "clean");
	begin_to_read(3);
	assert_string_equal(read_ends(TARGET_NO_PAGE), "missed-page");
	assert_int_equal(finding.page, 5);
}

static void read_of_what_went_or_came_may_copy_nothing(void **state)
{
	(void)state;
	begin_to_read(4);
	store(OTHER, 4, 8);
	assert_string_equal(read_ends(TARGET_NO_PAGE), "clean");
	begin_to_read(3);
	store(OTHER, 3, TARGET_NO_PAGE);
	assert_string_equal(read_ends(TARGET_NO_PAGE), "clean");
}

/* Whatever it copies, others do: the kernel's own code. */
static void reads_that_nobody_sees_are_not_judged(void **state)
{
	(void)state;
	begin(OP_READ, 3, 0);
	assert_string_equal(read_ends(TARGET_NO_PAGE), "clean");
}

#define TEST(name) cmocka_unit_test_setup(name, three_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(page_that_is_returned_is_silent),
		TEST(page_that_stood_all_the_while_is_owed),
		TEST(empty_index_owes_nothing),
		TEST(page_that_came_after_the_beginning_is_not_owed),
		TEST(page_that_went_before_the_end_is_not_owed),
		TEST(page_that_went_and_came_back_is_not_owed),
		TEST(change_at_another_index_is_no_excuse),
		TEST(page_on_its_way_out_is_not_owed),
		TEST(page_that_is_still_used_is_owed),
		TEST(lookup_in_an_interrupt_may_be_none),
		TEST(batch_with_all_pages_is_silent),
		TEST(batch_that_leaves_one_out_is_reported),
		TEST(batch_that_ends_early_is_reported),
		TEST(full_batch_owes_nothing_behind_its_last),
		TEST(full_batch_that_passed_one_over_is_reported),
		TEST(batch_of_more_than_was_asked_for_is_reported),
		TEST(batch_out_of_order_is_reported),
		TEST(page_that_comes_twice_in_a_batch_is_reported),
		TEST(large_folio_is_owed_once),
		TEST(read_of_what_stood_all_the_while_copies_a_page),
		TEST(read_of_what_went_or_came_may_copy_nothing),
		TEST(reads_that_nobody_sees_are_not_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
