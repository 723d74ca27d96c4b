/* SPDX-License-Identifier: MIT */
/*
 * contents_test.c: first bytes of pages, as owners, the disk and the poison leave
 * them: free, held, cached, read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_target.h"

#define BYTES 16
#define MINE (STAMPS_OWNER + 1)

static unsigned char bytes[FAKE_PAGES][BYTES];
static struct scene scene;
static struct finding finding;

static int out(int pfn, unsigned int order)
{
	return stamps_alloc(&scene.stamps, (unsigned long)pfn, order,
			    bytes[pfn], (size_t)BYTES << order);
}

static void in(int pfn, unsigned int order)
{
	stamps_free(&scene.stamps, (unsigned long)pfn, order, bytes[pfn],
		    (size_t)BYTES << order);
}

/* Pages 4 to 7 are a block of task 1; page 2 is cached and held; 9 is free. */
static int pages_of_all_kinds(void **state)
{
	(void)state;
	fake_scene(&scene);
	out(4, 2);
	stamps_put(&scene.stamps, 4, 2, MINE);
	books_hold_stamped(&scene.books, 4, 2, MINE);
	out(2, 0);
	fake_cached(&scene, 3, 2);
	*bytes[2] = MACHINE_DISK(3);
	books_hold_found(&scene.books, 2, 0, 3);
	fake.mapped[2] = (struct target_mapped){ true, 3 };
	out(9, 0);
	in(9, 0);
	fake_free(9, 0);
	return 0;
}

static void expect_held(int pfn, int broken)
{
	if (broken < 0) {
		assert_false(checkers_release(&scene, pfn, &finding));
		return;
	}
	assert_true(checkers_release(&scene, pfn, &finding));
	assert_string_equal(finding.id, "contents");
	assert_int_equal(finding.page, broken);
}

/* The checker alone: the census has things to say about this scene. */
static bool is_broken_at_the_end(void)
{
	return checker_contents.quiescence(&scene, &finding);
}

static bool is_read_wrong(unsigned long index, int pfn)
{
	const struct op_args args = { .pfn = TARGET_NO_PAGE, .index = index };
	const struct op_result result = { .nr = 0 };
	const struct op_end end = {
		.op = OP_READ,
		.args = &args,
		.result = &result,
		.left_page = pfn,
		.left = pfn < 0 ? 0 : stamps_get(&scene.stamps, pfn),
	};

	return checkers_result(&scene, &end, &finding);
}

static void pages_as_their_writers_left_them_are_silent(void **state)
{
	(void)state;
	expect_held(4, -1);
	expect_held(2, -1);
	assert_false(is_broken_at_the_end());
	assert_false(is_read_wrong(3, 2));
}

static void a_byte_in_the_last_page_of_a_block_is_reported(void **state)
{
	(void)state;
	*bytes[7] = 0;
	expect_held(4, 7);
}

static void a_page_behind_the_block_is_not_the_owner_s(void **state)
{
	(void)state;
	out(8, 0);
	*bytes[8] = 0;
	expect_held(4, -1);
}

static void a_held_page_with_another_index_s_bytes_is_reported(void **state)
{
	(void)state;
	*bytes[2] = MACHINE_DISK(4);
	expect_held(2, 2);
}

/* It was found before it was read in. */
static void a_held_page_that_is_not_read_in_yet_is_silent(void **state)
{
	(void)state;
	*bytes[2] = STAMPS_POISON;
	expect_held(2, -1);
	assert_false(is_broken_at_the_end());
}

static void a_reader_of_a_page_not_read_in_is_reported(void **state)
{
	(void)state;
	*bytes[2] = STAMPS_POISON;
	assert_true(is_read_wrong(3, 2));
	assert_string_equal(finding.id, "contents");
	assert_int_equal(finding.page, 2);
}

static void a_reader_who_gets_another_index_is_reported(void **state)
{
	(void)state;
	assert_true(is_read_wrong(4, 2));
}

static void a_reader_who_gets_nothing_is_silent(void **state)
{
	(void)state;
	assert_false(is_read_wrong(3, TARGET_NO_PAGE));
}

/* Zeros are a hole, which only a large folio can have had. */
static void a_wiped_page_is_reported_where_folios_are_pages(void **state)
{
	(void)state;
	*bytes[2] = 0;
	expect_held(2, 2);
	assert_true(is_read_wrong(3, 2));
	scene.target = &fake_large_target;
	expect_held(2, -1);
	assert_false(is_read_wrong(3, 2));
}

static void a_free_page_that_was_written_is_reported_at_the_end(void **state)
{
	(void)state;
	*bytes[9] = 0;
	assert_true(is_broken_at_the_end());
	assert_int_equal(finding.page, 9);
}

static void a_free_page_that_was_written_is_known_when_it_goes_out(void **state)
{
	(void)state;
	*bytes[9] = 0;
	assert_int_equal(out(9, 0), 9);
}

static void a_cached_page_that_was_written_is_reported_at_the_end(void **state)
{
	(void)state;
	*bytes[2] = MINE;
	assert_true(is_broken_at_the_end());
	assert_int_equal(finding.page, 2);
}

/* Whoever freed it broke something else. */
static void a_held_page_that_was_freed_is_left_to_others(void **state)
{
	(void)state;
	in(2, 0);
	expect_held(2, -1);
	in(4, 2);
	expect_held(4, -1);
}

static void of_a_target_without_stamps_nothing_is_known(void **state)
{
	(void)state;
	stamps_reset(&scene.stamps, FAKE_PAGES);
	*bytes[4] = *bytes[2] = *bytes[9] = 0;
	expect_held(4, -1);
	expect_held(2, -1);
	assert_false(is_broken_at_the_end());
}

#define TEST(name) cmocka_unit_test_setup(name, pages_of_all_kinds)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pages_as_their_writers_left_them_are_silent),
		TEST(a_byte_in_the_last_page_of_a_block_is_reported),
		TEST(a_page_behind_the_block_is_not_the_owner_s),
		TEST(a_held_page_with_another_index_s_bytes_is_reported),
		TEST(a_held_page_that_is_not_read_in_yet_is_silent),
		TEST(a_reader_of_a_page_not_read_in_is_reported),
		TEST(a_reader_who_gets_another_index_is_reported),
		TEST(a_reader_who_gets_nothing_is_silent),
		TEST(a_wiped_page_is_reported_where_folios_are_pages),
		TEST(a_free_page_that_was_written_is_reported_at_the_end),
		TEST(a_free_page_that_was_written_is_known_when_it_goes_out),
		TEST(a_cached_page_that_was_written_is_reported_at_the_end),
		TEST(a_held_page_that_was_freed_is_left_to_others),
		TEST(of_a_target_without_stamps_nothing_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
