/* SPDX-License-Identifier: MIT */
/*
 * count_test.c: reference counts against the books, at operation boundaries and,
 * those of cached pages that nobody has, at quiescence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_target.h"

static struct scene scene;
static struct finding finding;

/* Page 4 has one owner, page 5 is cached, page 6 both. */
static int counts_that_agree(void **state)
{
	(void)state;
	fake_scene(&scene);
	books_hold(&scene.books, 4, 0);
	fake.counts[4] = 1;
	fake_cached(&scene, 3, 5);
	fake.counts[5] = 1;
	books_hold(&scene.books, 6, 0);
	fake_cached(&scene, 9, 6);
	fake.counts[6] = 2;
	return 0;
}

static void expect_silence(void)
{
	assert_false(checkers_boundary(&scene, &finding));
}

static void expect_report(int page)
{
	assert_true(checkers_boundary(&scene, &finding));
	assert_string_equal(finding.id, "reference-count");
	assert_int_equal(finding.page, page);
}

static void owners_and_the_cache_count_one_each(void **state)
{
	(void)state;
	expect_silence();
}

static void a_reference_too_few_is_reported(void **state)
{
	(void)state;
	fake.counts[6] = 1;
	expect_report(6);
}

static void a_reference_too_many_is_reported(void **state)
{
	(void)state;
	fake.counts[4] = 2;
	expect_report(4);
}

static void a_second_handle_on_a_block_counts(void **state)
{
	(void)state;
	books_hold(&scene.books, 4, 0);
	expect_report(4);
	fake.counts[4] = 2;
	expect_silence();
}

static void nothing_is_said_while_somebody_is_in_flight(void **state)
{
	(void)state;
	fake.counts[6] = 7;
	scene.books.in_flight = 1;
	expect_silence();
}

static void tails_of_a_block_are_not_counted(void **state)
{
	(void)state;
	books_hold(&scene.books, 8, 2);
	fake.counts[8] = 1;
	expect_silence();
}

static void pages_without_an_owner_are_left_to_quiescence(void **state)
{
	(void)state;
	fake.counts[5] = 3;
	fake.counts[0] = 1;
	expect_silence();
}

static void a_target_without_counts_is_not_judged(void **state)
{
	const struct target blind = { .name = "blind" };

	(void)state;
	scene.target = &blind;
	expect_silence();
}

/* ------------------------------------------------------------- quiescence */

static bool at_quiescence(void)
{
	return checker_count.quiescence(&scene, &finding);
}

static void the_cache_holds_one_reference_at_quiescence(void **state)
{
	(void)state;
	fake.counts[0] = 1; /* neither owned nor cached */
	assert_false(at_quiescence());
	fake.counts[5] = 2;
	assert_true(at_quiescence());
	assert_int_equal(finding.page, 5);
	fake.counts[5] = 0;
	assert_true(at_quiescence());
}

static void what_is_held_beside_counts_at_quiescence_as_well(void **state)
{
	(void)state;
	fake.counts[6] = 1;
	assert_true(at_quiescence());
	assert_int_equal(finding.page, 6);
	books_release(&scene.books, 6);
	assert_false(at_quiescence());
}

static void a_target_without_views_is_quiet(void **state)
{
	const struct target blind = { .name = "blind" };
	struct target cacheless = fake_target;

	(void)state;
	fake.counts[5] = 2;
	scene.target = &blind;
	assert_false(at_quiescence());
	cacheless.cache_entry = NULL;
	scene.target = &cacheless;
	assert_false(at_quiescence());
}

/* ------------------------------------------------------------ large folios */

/* Pages 8 to 11, at 4 to 7; somebody holds a reference. */
static void cache_large_folio(void)
{
	fake_cached_large(&scene, 4, 8, 2);
	books_hold(&scene.books, 8, 2);
	fake.counts[8] = 5;
}

static void a_large_folio_is_counted_at_each_index(void **state)
{
	(void)state;
	cache_large_folio();
	expect_silence();
	fake.counts[8] = 2;
	expect_report(8);
}

static void a_large_folio_that_left_one_index_has_a_reference_less(void **state)
{
	(void)state;
	cache_large_folio();
	fake.cache[6] = TARGET_NO_PAGE;
	expect_report(8);
	fake.counts[8] = 4;
	expect_silence();
}

static void a_folio_that_was_split_is_a_page(void **state)
{
	(void)state;
	cache_large_folio();
	books_split_begin(&scene.books, 8);
	books_split_end(&scene.books, 8, 0);
	fake_cached_large(&scene, 4, 8, 0);
	fake_cached(&scene, 5, 9);
	fake_cached(&scene, 6, 10);
	fake_cached(&scene, 7, 11);
	expect_report(8);
	fake.counts[8] = 2;
	expect_silence();
	assert_int_equal(books_owner(&scene.books, 8), 8);
	assert_int_equal(books_owner(&scene.books, 9), TARGET_NO_PAGE);
}

#define TEST(name) cmocka_unit_test_setup(name, counts_that_agree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(owners_and_the_cache_count_one_each),
		TEST(a_reference_too_few_is_reported),
		TEST(a_reference_too_many_is_reported),
		TEST(a_second_handle_on_a_block_counts),
		TEST(nothing_is_said_while_somebody_is_in_flight),
		TEST(tails_of_a_block_are_not_counted),
		TEST(pages_without_an_owner_are_left_to_quiescence),
		TEST(a_target_without_counts_is_not_judged),
		TEST(the_cache_holds_one_reference_at_quiescence),
		TEST(what_is_held_beside_counts_at_quiescence_as_well),
		TEST(a_target_without_views_is_quiet),
		TEST(a_large_folio_is_counted_at_each_index),
		TEST(a_large_folio_that_left_one_index_has_a_reference_less),
		TEST(a_folio_that_was_split_is_a_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
