/* SPDX-License-Identifier: MIT */
/*
 * buddy_test.c: splitting and merging, in pictures of the free lists.
 *
 * Most of it plays in a zone of 16 pages:
 *
 *     4   [ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 ]
 *     3   [ 0  1  2  3  4  5  6  7 ][ 8  9 10 11 12 13 14 15 ]
 *     2   [ 0  1  2  3 ][ 4  5  6  7 ] ...
 */
#include "zone_picture.h"

static struct page *take(unsigned int order)
{
	return __rmqueue(&core.zone, order);
}

static void give(unsigned long pfn, unsigned int order)
{
	__free_one_page(&core.zone, PAGE(pfn), order, false);
}

/* Take all 16 pages one by one. */
static void take_all_singly(void)
{
	int pfn;

	for (pfn = 0; pfn < 16; pfn++)
		assert_int_equal(PFN(take(0)), pfn);
	assert_zone("empty");
}

static void a_fresh_zone_of_16_pages_is_one_block(void **state)
{
	(void)state;
	assert_zone("4:[0-15]");
}

static void a_fresh_zone_of_4096_pages_is_four_blocks(void **state)
{
	(void)state;
	fresh_core(4096, 0, 1);
	assert_zone("10:[0-1023][1024-2047][2048-3071][3072-4095]");
}

static void a_split_leaves_the_upper_halves(void **state)
{
	(void)state;
	assert_int_equal(PFN(take(0)), 0);
	assert_zone("0:[1] 1:[2-3] 2:[4-7] 3:[8-15]");
}

static void a_split_stops_at_the_order_asked_for(void **state)
{
	(void)state;
	assert_int_equal(PFN(take(2)), 0);
	assert_zone("2:[4-7] 3:[8-15]");
}

static void the_smallest_block_that_fits_is_taken(void **state)
{
	(void)state;
	take(0);
	assert_int_equal(PFN(take(1)), 2);
	assert_zone("0:[1] 2:[4-7] 3:[8-15]");
}

static void a_block_of_the_right_order_is_not_split(void **state)
{
	(void)state;
	assert_int_equal(PFN(take(4)), 0);
	assert_zone("empty");
}

static void a_zone_without_a_block_large_enough_gives_nothing(void **state)
{
	(void)state;
	take(0);
	assert_null(take(4));
	assert_zone("0:[1] 1:[2-3] 2:[4-7] 3:[8-15]");
}

static void a_taken_block_is_no_longer_marked(void **state)
{
	struct page *page = take(1);

	(void)state;
	assert_false(PageBuddy(page));
	assert_int_equal(page->private, 0);
	assert_null(page->lru.next);
}

static void give_of_both_halves_merges_into_the_parent(void **state)
{
	(void)state;
	take_all_singly();
	give(6, 0);
	assert_zone("0:[6]");
	give(7, 0);
	assert_zone("1:[6-7]");
}

static void a_merge_goes_up_as_far_as_it_can(void **state)
{
	(void)state;
	take(0);
	give(0, 0);
	assert_zone("4:[0-15]");
}

static void a_merge_stops_at_the_largest_order(void **state)
{
	(void)state;
	fresh_core(4096, 0, 1);
	take(0);
	give(0, 0);
	assert_zone("10:[0-1023][1024-2047][2048-3071][3072-4095]");
}

static void neighbours_that_are_not_buddies_do_not_merge(void **state)
{
	(void)state;
	take_all_singly();
	give(5, 0);
	give(6, 0);
	assert_zone("0:[6][5]");
}

static void buddies_of_different_order_do_not_merge(void **state)
{
	(void)state;
	take_all_singly();
	give(6, 0);
	give(4, 1);
	assert_zone("0:[6] 1:[4-5]");
	give(7, 0);
	assert_zone("2:[4-7]");
}

static void a_buddy_beyond_the_zone_is_not_looked_at(void **state)
{
	struct page *beyond = PAGE(16);

	(void)state;
	beyond->page_type = PAGE_TYPE_BUDDY;
	beyond->private = 4;
	take(4);
	give(0, 4);
	assert_zone("4:[0-15]");
	beyond->page_type = PAGE_TYPE_NONE;
	beyond->private = 0;
}

static void a_given_block_is_the_next_to_be_taken(void **state)
{
	(void)state;
	take_all_singly();
	give(5, 0);
	give(9, 0);
	assert_zone("0:[9][5]");
	assert_int_equal(PFN(take(0)), 9);
}

static void a_block_given_to_the_tail_is_the_last_to_be_taken(void **state)
{
	(void)state;
	take_all_singly();
	give(5, 0);
	__free_one_page(&core.zone, PAGE(9), 0, true);
	assert_zone("0:[5][9]");
}

/* 4 waits for 5, and 4-5 would at once become 4-7: 4 had better wait. */
static void a_block_likely_to_merge_goes_to_the_tail(void **state)
{
	(void)state;
	take_all_singly();
	give(6, 0);
	give(7, 0);
	give(1, 0);
	give(4, 0);
	assert_zone("0:[1][4] 1:[6-7]");
}

/* The same with the upper half: what counts is the pair's lower page. */
static void an_upper_half_likely_to_merge_goes_to_the_tail(void **state)
{
	(void)state;
	take_all_singly();
	give(6, 0);
	give(7, 0);
	give(1, 0);
	give(5, 0);
	assert_zone("0:[1][5] 1:[6-7]");
}

static void give_misaligned(void *arg)
{
	(void)arg;
	give(2, 2);
}

static void a_misaligned_free_is_a_bug(void **state)
{
	(void)state;
	take_all_singly();
	assert_bug(give_misaligned, NULL, "misaligned-free");
	assert_zone("empty");
}

#define TEST(name) cmocka_unit_test_setup(name, fresh_16_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_fresh_zone_of_16_pages_is_one_block),
		TEST(a_fresh_zone_of_4096_pages_is_four_blocks),
		TEST(a_split_leaves_the_upper_halves),
		TEST(a_split_stops_at_the_order_asked_for),
		TEST(the_smallest_block_that_fits_is_taken),
		TEST(a_block_of_the_right_order_is_not_split),
		TEST(a_zone_without_a_block_large_enough_gives_nothing),
		TEST(a_taken_block_is_no_longer_marked),
		TEST(give_of_both_halves_merges_into_the_parent),
		TEST(a_merge_goes_up_as_far_as_it_can),
		TEST(a_merge_stops_at_the_largest_order),
		TEST(neighbours_that_are_not_buddies_do_not_merge),
		TEST(buddies_of_different_order_do_not_merge),
		TEST(a_buddy_beyond_the_zone_is_not_looked_at),
		TEST(a_given_block_is_the_next_to_be_taken),
		TEST(a_block_given_to_the_tail_is_the_last_to_be_taken),
		TEST(a_block_likely_to_merge_goes_to_the_tail),
		TEST(an_upper_half_likely_to_merge_goes_to_the_tail),
		TEST(a_misaligned_free_is_a_bug),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
