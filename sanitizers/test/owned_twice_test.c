/* SPDX-License-Identifier: MIT */
/*
 * owned_twice_test.c: an allocation and who else says that the page is his;
 * and the books that tell.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_target.h"

static struct scene scene;
static struct finding finding;

static int fresh_scene(void **state)
{
	(void)state;
	fake_scene(&scene);
	return 0;
}

/* Pages 4 to 7 are handed out. Returns: true if owned-twice is reported. */
static bool handed_out_twice(void)
{
	const struct op_args args = { .pfn = TARGET_NO_PAGE, .order = 2 };
	const struct op_result result = { .nr = 1, .pfn = { 4 } };
	const struct op_end end = { .op = OP_ALLOC, .hands_out = true,
				    .args = &args, .result = &result };
	bool twice = checkers_result(&scene, &end, &finding);

	if (twice)
		assert_string_equal(finding.id, "owned-twice");
	return twice;
}

static void block_that_nobody_holds_is_silent(void **state)
{
	(void)state;
	books_hold(&scene.books, 0, 2);
	books_hold(&scene.books, 8, 0);
	fake_cached(&scene, 3, 9);
	fake_free(10, 1);
	assert_false(handed_out_twice());
}

static void block_that_the_books_released_is_silent(void **state)
{
	(void)state;
	books_hold(&scene.books, 4, 2);
	books_release(&scene.books, 4);
	assert_false(handed_out_twice());
}

static void page_in_the_books_is_reported(void **state)
{
	(void)state;
	books_hold(&scene.books, 6, 0);
	assert_true(handed_out_twice());
	assert_int_equal(finding.page, 6);
}

static void tail_of_a_larger_held_block_is_reported(void **state)
{
	(void)state;
	books_hold(&scene.books, 0, 3);
	assert_true(handed_out_twice());
}

static void page_in_the_cache_is_reported(void **state)
{
	(void)state;
	fake_cached(&scene, 3, 7);
	assert_true(handed_out_twice());
	assert_int_equal(finding.page, 7);
}

static void tail_of_a_large_folio_in_the_cache_is_reported(void **state)
{
	(void)state;
	fake_cached_large(&scene, 0, 0, 2);
	assert_false(handed_out_twice());
	fake_cached_large(&scene, 0, 0, 3);
	assert_true(handed_out_twice());
	assert_int_equal(finding.page, 4);
}

static void page_on_a_free_list_is_reported(void **state)
{
	(void)state;
	fake_free(5, 0);
	assert_true(handed_out_twice());
	assert_int_equal(finding.page, 5);
}

static void free_block_around_the_block_is_reported(void **state)
{
	(void)state;
	fake_free(0, 3);
	assert_true(handed_out_twice());
	assert_int_equal(finding.page, 4);
}

static void allocation_that_failed_is_silent(void **state)
{
	const struct op_args args = { .pfn = TARGET_NO_PAGE };
	const struct op_result result = { .nr = 0 };
	const struct op_end end = { .op = OP_ALLOC, .hands_out = true,
				    .args = &args, .result = &result };

	(void)state;
	books_hold(&scene.books, 0, 0);
	assert_false(checkers_result(&scene, &end, &finding));
}

/* An allocation of several single pages: each has to be nobody's. */
static void any_page_of_a_batch_is_reported(void **state)
{
	const struct op_args args = { .pfn = TARGET_NO_PAGE };
	const struct op_result result = { .nr = 3, .pfn = { 4, 9, 6 } };
	const struct op_end end = { .op = OP_ALLOC,
				    .hands_out = true,
				    .args = &args,
				    .result = &result };

	(void)state;
	assert_false(checkers_result(&scene, &end, &finding));
	books_hold(&scene.books, 6, 0);
	assert_true(checkers_result(&scene, &end, &finding));
	assert_int_equal(finding.page, 6);
	assert_int_equal(finding.block, 3);
}

static void the_larger_block_is_named(void **state)
{
	(void)state;
	books_hold(&scene.books, 6, 0);
	assert_true(handed_out_twice());
	assert_int_equal(finding.block, 4);
	books_release(&scene.books, 6);
	books_hold(&scene.books, 0, 3);
	assert_true(handed_out_twice());
	assert_int_equal(finding.block, 8);
}

static void books_know_the_owner_of_every_page_of_a_block(void **state)
{
	const struct books *books = &scene.books;

	(void)state;
	books_hold(&scene.books, 4, 2);
	assert_int_equal(books_owner(books, 3), TARGET_NO_PAGE);
	assert_int_equal(books_owner(books, 4), 4);
	assert_int_equal(books_owner(books, 7), 4);
	assert_int_equal(books_owner(books, 8), TARGET_NO_PAGE);
}

static void books_keep_a_block_until_its_last_handle_goes(void **state)
{
	(void)state;
	books_hold(&scene.books, 4, 2);
	books_hold(&scene.books, 4, 2);
	books_release(&scene.books, 4);
	assert_int_equal(books_owner(&scene.books, 6), 4);
	books_release(&scene.books, 4);
	assert_int_equal(books_owner(&scene.books, 6), TARGET_NO_PAGE);
}

static void books_forget_the_old_block_when_a_page_is_a_new_one(void **state)
{
	(void)state;
	books_hold(&scene.books, 4, 2);
	books_release(&scene.books, 4);
	books_hold(&scene.books, 4, 0);
	assert_int_equal(books_owner(&scene.books, 4), 4);
	assert_int_equal(books_owner(&scene.books, 5), TARGET_NO_PAGE);
}

#define TEST(name) cmocka_unit_test_setup(name, fresh_scene)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(block_that_nobody_holds_is_silent),
		TEST(block_that_the_books_released_is_silent),
		TEST(page_in_the_books_is_reported),
		TEST(tail_of_a_larger_held_block_is_reported),
		TEST(page_in_the_cache_is_reported),
		TEST(tail_of_a_large_folio_in_the_cache_is_reported),
		TEST(page_on_a_free_list_is_reported),
		TEST(free_block_around_the_block_is_reported),
		TEST(allocation_that_failed_is_silent),
		TEST(any_page_of_a_batch_is_reported),
		TEST(the_larger_block_is_named),
		TEST(books_know_the_owner_of_every_page_of_a_block),
		TEST(books_keep_a_block_until_its_last_handle_goes),
		TEST(books_forget_the_old_block_when_a_page_is_a_new_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
