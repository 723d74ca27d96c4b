/* SPDX-License-Identifier: MIT */
/*
 * moved_while_held_test.c: what a page says of its place when a handle on it is
 * taken, against where it was found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_target.h"

static struct scene scene;
static struct finding finding;

static void says(int pfn, bool mapped, unsigned long index)
{
	fake.mapped[pfn] = (struct target_mapped){ mapped, index };
}

/* Page 4 was allocated, page 5 was found at index 3. */
static int two_held_pages(void **state)
{
	(void)state;
	fake_scene(&scene);
	books_hold_stamped(&scene.books, 4, 0, 0);
	books_hold_found(&scene.books, 5, 0, 3);
	says(4, false, 0);
	says(5, true, 3);
	return 0;
}

static void expect_silence(int pfn)
{
	assert_false(checkers_release(&scene, pfn, &finding));
}

static void expect_report(int pfn)
{
	assert_true(checkers_release(&scene, pfn, &finding));
	assert_string_equal(finding.id, "moved-while-held");
	assert_int_equal(finding.page, pfn);
}

static void pages_that_stay_where_they_were_are_silent(void **state)
{
	(void)state;
	expect_silence(4);
	expect_silence(5);
}

static void a_page_at_another_index_is_reported(void **state)
{
	(void)state;
	says(5, true, 2);
	expect_report(5);
}

static void a_truncated_page_is_silent(void **state)
{
	(void)state;
	says(5, false, 3);
	expect_silence(5);
}

static void a_truncated_page_with_another_index_is_reported(void **state)
{
	(void)state;
	says(5, false, 0);
	expect_report(5);
}

/* What an allocated page says of an index nobody has promised. */
static void an_allocated_page_may_bear_any_index(void **state)
{
	(void)state;
	says(4, false, 9);
	expect_silence(4);
}

static void an_allocated_page_that_gets_a_mapping_is_reported(void **state)
{
	(void)state;
	says(4, true, 0);
	expect_report(4);
}

/* Found at 7, it begins at 4, and says so; one that begins at 6 does not. */
static void a_large_folio_is_pinned_at_its_first_index(void **state)
{
	(void)state;
	books_hold_found(&scene.books, 8, 2, 7);
	says(8, true, 4);
	expect_silence(8);
	says(8, true, 6);
	expect_report(8);
}

/* The first handle's index is the page's; a second one adds nothing. */
static void the_first_of_two_handles_has_the_word(void **state)
{
	(void)state;
	books_hold_found(&scene.books, 5, 0, 2);
	expect_silence(5);
	says(5, true, 2);
	expect_report(5);
}

static void a_page_given_back_is_pinned_anew(void **state)
{
	(void)state;
	books_release(&scene.books, 5);
	books_hold_found(&scene.books, 5, 0, 2);
	says(5, true, 2);
	expect_silence(5);
}

/* Whoever freed it broke something else. */
static void a_page_that_was_freed_is_left_to_others(void **state)
{
	static unsigned char bytes[8];

	(void)state;
	stamps_alloc(&scene.stamps, 5, 0, bytes, sizeof(bytes));
	stamps_free(&scene.stamps, 5, 0, bytes, sizeof(bytes));
	says(5, true, 2);
	expect_silence(5);
	stamps_alloc(&scene.stamps, 5, 0, bytes, sizeof(bytes));
	stamps_put(&scene.stamps, 5, 0, MACHINE_DISK(3));
	expect_report(5);
}

static void without_the_view_nothing_is_promised(void **state)
{
	const struct target blind = { .name = "blind" };

	(void)state;
	scene.target = &blind;
	says(5, true, 2);
	expect_silence(5);
}

#define TEST(name) cmocka_unit_test_setup(name, two_held_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pages_that_stay_where_they_were_are_silent),
		TEST(a_page_at_another_index_is_reported),
		TEST(a_truncated_page_is_silent),
		TEST(a_truncated_page_with_another_index_is_reported),
		TEST(an_allocated_page_may_bear_any_index),
		TEST(an_allocated_page_that_gets_a_mapping_is_reported),
		TEST(a_large_folio_is_pinned_at_its_first_index),
		TEST(the_first_of_two_handles_has_the_word),
		TEST(a_page_given_back_is_pinned_anew),
		TEST(a_page_that_was_freed_is_left_to_others),
		TEST(without_the_view_nothing_is_promised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
