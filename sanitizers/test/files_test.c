/* SPDX-License-Identifier: MIT */
/* files_test.c: two files: what is promised of one is not asked of the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_steps.h"

#define SECOND TARGET_FILE_PAGES /* its first position */

/* Pages 5 and 6 stand at 3 and 62, of the first file; 7 and 8 there, of the second. */
static int two_files(void **state)
{
	(void)state;
	fake_scene(&scene);
	fake_cached(&scene, 3, 5);
	fake_cached(&scene, 62, 6);
	fake_cached(&scene, SECOND + 3, 7);
	fake_cached(&scene, SECOND + 62, 8);
	fake.counts[5] = fake.counts[6] = fake.counts[7] = fake.counts[8] = 1;
	return 0;
}

static void a_range_ends_with_its_file(void **state)
{
	(void)state;
	assert_true(positions_range(62, 4).word[0] == 3ULL << 62);
	assert_true(positions_range(62, 4).word[1] == 0);
	assert_true(positions_range(SECOND, 100).word[0] == 0);
	assert_true(positions_range(SECOND, 100).word[1] == ~0ULL);
	assert_true(positions_range(SECOND + 1, 1).word[1] == 2);
	assert_true(positions_range(TARGET_INDEX_MAX, 1).word[1] == 0);
}

static void each_position_comes_once(void **state)
{
	struct positions set = positions_range(62, 2);
	unsigned int position, nr = 0;

	(void)state;
	positions_add(&set, SECOND);
	positions_add(&set, TARGET_INDEX_MAX - 1);
	POSITIONS_EACH(position, &set)
	{
		assert_true(positions_has(&set, position));
		nr++;
	}
	assert_int_equal(nr, 4);
	positions_drop(&set, SECOND);
	assert_int_equal(positions_next(&set, 64), TARGET_INDEX_MAX - 1);
}

static void the_rest_of_a_file_is_all_that_has_to_go(void **state)
{
	(void)state;
	begin_rest(4, 0);
	store(SELF, 62, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "clean");
	begin_rest(SECOND + 4, 0);
	assert_string_equal(ends_with_nothing(), "left-behind");
	assert_int_equal(finding.page, 8);
}

/* The end falls into its last page: behind that is nothing. */
static void the_rest_may_be_none(void **state)
{
	(void)state;
	fake_cached(&scene, SECOND, 9);
	fake.counts[9] = 1;
	begin_rest(63, 1);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void what_goes_from_the_other_file_is_beyond(void **state)
{
	(void)state;
	begin_rest(4, 0);
	store(SELF, 62, TARGET_NO_PAGE);
	store(SELF, SECOND + 62, TARGET_NO_PAGE);
	assert_string_equal(ends_with_nothing(), "removed-beyond");
	assert_int_equal(finding.page, 8);
}

static void a_lookup_misses_what_is_in_its_file(void **state)
{
	(void)state;
	begin(OP_LOOKUP, SECOND + 3, 0);
	assert_string_equal(ends_with_nothing(), "missed-page");
	assert_int_equal(finding.page, 7);
	begin(OP_LOOKUP, SECOND + 4, 0);
	assert_string_equal(ends_with_nothing(), "clean");
}

static void a_batch_ends_with_its_file(void **state)
{
	const struct op_result last = { .nr = 1,
					.pfn = { 6 },
					.index = { 62 } };

	(void)state;
	begin(OP_LOOKUP_BATCH, 60, 4);
	count_to(SELF, 6, 2);
	assert_string_equal(ends(&last), "clean");
}

static void a_page_of_the_other_file_is_the_wrong_one(void **state)
{
	const struct op_result other = { .nr = 1,
					 .pfn = { 7 },
					 .index = { SECOND + 3 } };

	(void)state;
	begin(OP_LOOKUP_BATCH, 3, 1);
	count_to(SELF, 7, 2);
	assert_string_not_equal(ends(&other), "clean");
}

static void a_page_that_is_held_stays_in_its_file(void **state)
{
	(void)state;
	books_hold_found(&scene.books, 7, 0, SECOND + 3);
	fake.counts[7] = 2;
	fake.mapped[7] = (struct target_mapped){ true, SECOND + 3 };
	assert_false(checkers_release(&scene, 7, &finding));
	fake.mapped[7] = (struct target_mapped){ false, 3 };
	assert_false(checkers_release(&scene, 7, &finding));
	fake.mapped[7] = (struct target_mapped){ true, 3 };
	assert_true(checkers_release(&scene, 7, &finding));
	assert_string_equal(finding.id, "moved-while-held");
	fake.mapped[7] = (struct target_mapped){ false, 4 };
	assert_true(checkers_release(&scene, 7, &finding));
}

static void what_the_disk_holds_says_of_which_file(void **state)
{
	bool seen[256] = { false };
	unsigned int position;

	(void)state;
	for (position = 0; position < TARGET_INDEX_MAX; position++) {
		unsigned char disk = MACHINE_DISK(position);

		assert_false(seen[disk]);
		seen[disk] = true;
	}
	assert_false(seen[0]);
	assert_false(seen[STAMPS_POISON]);
	for (position = 0; position < BOOKS_TASKS; position++)
		assert_false(seen[STAMPS_OWNER + position]);
}

#define TEST(name) cmocka_unit_test_setup(name, two_files)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_range_ends_with_its_file),
		TEST(each_position_comes_once),
		TEST(the_rest_of_a_file_is_all_that_has_to_go),
		TEST(the_rest_may_be_none),
		TEST(what_goes_from_the_other_file_is_beyond),
		TEST(a_lookup_misses_what_is_in_its_file),
		TEST(a_batch_ends_with_its_file),
		TEST(a_page_of_the_other_file_is_the_wrong_one),
		TEST(a_page_that_is_held_stays_in_its_file),
		TEST(what_the_disk_holds_says_of_which_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
