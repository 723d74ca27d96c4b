/* SPDX-License-Identifier: MIT */
/*
 * census_test.c: what is asked at quiescence: order-mismatch, free-list-shape,
 * page-loss and drain-left-some, each over free lists made by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_target.h"

static struct scene scene;
static struct finding finding;

/*
 *     [ 0  1  2  3  4  5  6  7 ][ 8  9 10 11 ][12 13]  14  15
 *       free, order 3             free, order 2  held  held cached
 */
static int sound_zone(void **state)
{
	(void)state;
	fake_scene(&scene);
	fake_free(0, 3);
	fake_free(8, 2);
	books_hold(&scene.books, 12, 1);
	fake.counts[12] = 1;
	books_hold(&scene.books, 14, 0);
	fake.counts[14] = 1;
	fake_cached(&scene, 9, 15);
	fake.counts[15] = 1;
	return 0;
}

static void expect_silence(void)
{
	assert_false(checkers_quiescence(&scene, &finding));
}

static void expect_report(const char *id, int page)
{
	assert_true(checkers_quiescence(&scene, &finding));
	assert_string_equal(finding.id, id);
	assert_int_equal(finding.page, page);
}

static void a_sound_zone_is_silent(void **state)
{
	(void)state;
	expect_silence();
}

static void pieces_of_a_block_are_blocks(void **state)
{
	(void)state;
	fake.nr_blocks = 0;
	fake_free(0, 0);
	fake_free(1, 0);
	fake_free(2, 1);
	fake_free(4, 2);
	fake_free(8, 2);
	expect_silence();
}

static void a_target_without_free_lists_is_not_judged(void **state)
{
	const struct target blind = { .name = "blind" };

	(void)state;
	scene.target = &blind;
	expect_silence();
}

static void order_mismatch_reports_another_recorded_order(void **state)
{
	(void)state;
	fake.blocks[1].order = 1;
	expect_report("order-mismatch", 8);
}

static void order_mismatch_reports_a_misaligned_block(void **state)
{
	(void)state;
	fake.nr_blocks = 0;
	fake_free(1, 1);
	expect_report("order-mismatch", 1);
}

static void order_mismatch_reports_a_block_beyond_the_last_page(void **state)
{
	(void)state;
	fake_free(16, 0);
	expect_report("order-mismatch", 16);
}

static void order_mismatch_reports_the_first_page_in_two_blocks(void **state)
{
	(void)state;
	fake_free(4, 1);
	expect_report("order-mismatch", 4);
}

static void free_list_shape_reports_a_broken_link(void **state)
{
	(void)state;
	fake.blocks[1].linked = false;
	expect_report("free-list-shape", 8);
}

static void free_list_shape_reports_a_list_that_leaves_the_pages(void **state)
{
	struct target_block *block = fake_free(TARGET_NO_PAGE, 0);

	(void)state;
	block->linked = false;
	block->marked = false;
	expect_report("free-list-shape", 0);
}

static void free_list_shape_reports_an_unmarked_block(void **state)
{
	(void)state;
	fake.blocks[0].marked = false;
	expect_report("free-list-shape", 0);
}

static void free_list_shape_reports_a_free_page_with_a_reference(void **state)
{
	(void)state;
	fake.counts[10] = 1;
	expect_report("free-list-shape", 10);
}

static void page_loss_reports_the_first_page_and_how_many(void **state)
{
	(void)state;
	fake.nr_blocks--;
	expect_report("page-loss", 8);
	assert_int_equal(finding.number, 4);
}

static void page_loss_is_silent_while_a_cpu_holds_the_block(void **state)
{
	(void)state;
	fake.nr_blocks--;
	books_hold(&scene.books, 8, 2);
	expect_silence();
}

static void page_loss_reports_a_block_once_its_owner_gave_it_up(void **state)
{
	(void)state;
	books_release(&scene.books, 12);
	expect_report("page-loss", 12);
	assert_int_equal(finding.number, 2);
}

static void page_loss_reports_a_page_that_fell_out_of_the_cache(void **state)
{
	(void)state;
	fake.cache[9] = TARGET_NO_PAGE;
	expect_report("page-loss", 15);
	assert_int_equal(finding.number, 1);
}

static void page_loss_is_silent_for_pages_on_percpu_lists(void **state)
{
	(void)state;
	fake.blocks[1].cpu = 3;
	expect_silence();
}

static void the_first_in_the_table_gives_its_name(void **state)
{
	(void)state;
	fake.blocks[1].order = 1; /* order-mismatch */
	fake.blocks[0].marked = false; /* free-list-shape */
	books_release(&scene.books, 12); /* page-loss */
	expect_report("order-mismatch", 8);
}

/* ------------------------------------------------------------ large folios */

/*
 *     [ 0  1  2  3  4  5  6  7 ][ 8  9 10 11 ][12 13]  14  15
 *       free, order 3             cached        held  held cached
 */
static void cache_large_folio(void)
{
	fake.nr_blocks--;
	fake_cached_large(&scene, 4, 8, 2);
	fake.counts[8] = 4;
}

static void all_pages_of_a_large_folio_are_cached(void **state)
{
	(void)state;
	cache_large_folio();
	expect_silence();
	fake.orders[8] = 1;
	expect_report("page-loss", 10);
	assert_int_equal(finding.number, 2);
}

static void a_large_folio_out_of_the_cache_is_its_holders(void **state)
{
	unsigned long index;

	(void)state;
	cache_large_folio();
	for (index = 4; index < 8; index++)
		fake.cache[index] = TARGET_NO_PAGE;
	fake.counts[8] = 1;
	books_hold(&scene.books, 8, 2);
	expect_silence();
	books_split_begin(&scene.books, 8);
	expect_report("page-loss", 9);
	assert_int_equal(finding.number, 3);
	books_split_end(&scene.books, 8, 2);
	expect_silence();
}

static void an_order_beyond_the_last_page_is_cut_off(void **state)
{
	(void)state;
	cache_large_folio();
	fake.orders[8] = TARGET_ORDER_MAX;
	expect_silence();
	books_release(&scene.books, 12);
	books_hold(&scene.books, 12, TARGET_ORDER_MAX);
	assert_int_equal(books_owner(&scene.books, 13), TARGET_NO_PAGE);
}

#define TEST(name) cmocka_unit_test_setup(name, sound_zone)

/* ------------------------------------------------------------------ drained */

static void drain(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
}

/* Pages 8 to 11 stand on a list of CPU 2. */
static void leave_a_block_on_a_cpu(struct target *target)
{
	*target = fake_target;
	target->operations[OP_DRAIN_ALL] = drain;
	scene.target = target;
	fake.blocks[1].cpu = 2;
}

static void a_block_on_a_cpu_is_left_while_somebody_holds_a_page(void **state)
{
	struct target target;

	(void)state;
	leave_a_block_on_a_cpu(&target);
	expect_silence();
	books_release(&scene.books, 12);
	books_release(&scene.books, 14);
	fake.counts[12] = fake.counts[14] = 0;
	fake_free(12, 1);
	fake_free(14, 0);
	expect_report("drain-left-some", 8);
	fake.blocks[1].cpu = -1;
	expect_silence();
}

static void who_has_no_drain_leaves_what_it_likes(void **state)
{
	struct target target;

	(void)state;
	leave_a_block_on_a_cpu(&target);
	target.operations[OP_DRAIN_ALL] = NULL;
	books_release(&scene.books, 12);
	books_release(&scene.books, 14);
	fake.counts[12] = fake.counts[14] = 0;
	fake_free(12, 1);
	fake_free(14, 0);
	expect_silence();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_sound_zone_is_silent),
		TEST(pieces_of_a_block_are_blocks),
		TEST(a_target_without_free_lists_is_not_judged),
		TEST(order_mismatch_reports_another_recorded_order),
		TEST(order_mismatch_reports_a_misaligned_block),
		TEST(order_mismatch_reports_a_block_beyond_the_last_page),
		TEST(order_mismatch_reports_the_first_page_in_two_blocks),
		TEST(free_list_shape_reports_a_broken_link),
		TEST(free_list_shape_reports_a_list_that_leaves_the_pages),
		TEST(free_list_shape_reports_an_unmarked_block),
		TEST(free_list_shape_reports_a_free_page_with_a_reference),
		TEST(page_loss_reports_the_first_page_and_how_many),
		TEST(page_loss_is_silent_while_a_cpu_holds_the_block),
		TEST(page_loss_reports_a_block_once_its_owner_gave_it_up),
		TEST(page_loss_reports_a_page_that_fell_out_of_the_cache),
		TEST(page_loss_is_silent_for_pages_on_percpu_lists),
		TEST(the_first_in_the_table_gives_its_name),
		TEST(all_pages_of_a_large_folio_are_cached),
		TEST(a_large_folio_out_of_the_cache_is_its_holders),
		TEST(an_order_beyond_the_last_page_is_cut_off),
		TEST(a_block_on_a_cpu_is_left_while_somebody_holds_a_page),
		TEST(who_has_no_drain_leaves_what_it_likes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
