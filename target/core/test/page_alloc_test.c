/* SPDX-License-Identifier: MIT */
/*
 * page_alloc_test.c: counts, compound blocks, and who frees how much.
 *
 * In most of it 16 pages go straight to and from the buddy, so that the zone's
 * picture shows every page that is free.
 */
#include "zone_picture.h"

static int count(int pfn)
{
	return PAGE(pfn)->_refcount.counter;
}

static void a_block_has_count_1_on_its_first_page_only(void **state)
{
	struct page *page = alloc_pages(2, false);

	(void)state;
	assert_int_equal(PFN(page), 0);
	assert_int_equal(page_count(page), 1);
	assert_int_equal(count(1), 0);
	assert_int_equal(count(2), 0);
	assert_int_equal(count(3), 0);
}

static void a_block_that_was_freed_is_whole_again(void **state)
{
	unsigned int order;

	(void)state;
	for (order = 0; order <= 4; order++) {
		struct page *page = alloc_pages(order, false);

		__free_pages(page, order);
		assert_int_equal(count(0), 0);
		assert_zone("4:[0-15]");
	}
}

static void an_order_that_the_zone_never_has_is_not_allocated(void **state)
{
	(void)state;
	assert_null(alloc_pages(5, false));
	assert_zone("4:[0-15]");
}

/* ---------------------------------------------------------------- compound */

static void the_tails_of_a_compound_block_point_to_its_head(void **state)
{
	struct page *head = alloc_pages(2, true);
	int i;

	(void)state;
	assert_true(PageHead(head));
	assert_false(PageTail(head));
	assert_int_equal(compound_order(head), 2);
	for (i = 1; i < 4; i++) {
		assert_true(PageTail(head + i));
		assert_ptr_equal(compound_head(head + i), head);
	}
	assert_false(PageTail(head + 4));
}

static void a_compound_block_of_order_0_is_a_page(void **state)
{
	struct page *page = alloc_pages(0, true);

	(void)state;
	assert_false(PageHead(page));
	assert_int_equal(compound_order(page), 0);
	put_page(page);
	assert_zone("4:[0-15]");
}

static void freeing_a_compound_block_undoes_its_tails(void **state)
{
	struct page *head = alloc_pages(2, true);
	int i;

	(void)state;
	__free_pages(head, 2);
	assert_zone("4:[0-15]");
	assert_false(PageHead(head));
	for (i = 1; i < 4; i++)
		assert_int_equal(head[i].compound_head, 0);
	assert_int_equal(head[1].compound_order, 0);
}

static void a_tail_counts_through_its_head(void **state)
{
	struct page *head = alloc_pages(2, true);

	(void)state;
	get_page(head + 3);
	assert_int_equal(count(0), 2);
	assert_int_equal(count(3), 0);
	assert_int_equal(page_count(head + 1), 2);
}

static void the_put_of_a_tail_frees_the_block(void **state)
{
	struct page *head = alloc_pages(2, true);

	(void)state;
	put_page(head + 2);
	assert_int_equal(count(0), 0);
	assert_zone("4:[0-15]");
}

static void free_order_0(void *head)
{
	free_unref_page(head, 0);
}

static void a_compound_block_freed_with_another_order_is_a_bug(void **state)
{
	struct page *head = alloc_pages(2, true);

	(void)state;
	set_page_count(head, 0);
	assert_bug(free_order_0, head, "compound-order");
}

/* ---------------------------------------- somebody else holds a reference */

/*
 * e320d3012d25. The owner frees [0-3] while a stale lookup holds 0:
 *
 *     held   [ 0 ]
 *     free       [ 1 ][ 2  3 ][ 4  5  6  7 ][ 8 ...
 */
static void the_owners_free_leaves_only_the_page_that_is_held(void **state)
{
	struct page *page = alloc_pages(2, false);

	(void)state;
	assert_true(get_page_unless_zero(page));
	__free_pages(page, 2);
	assert_int_equal(count(0), 1);
	assert_zone("0:[1] 1:[2-3] 2:[4-7] 3:[8-15]");
	put_page(page);
	assert_zone("4:[0-15]");
}

/* The same when the others leave first: the owner frees everything. */
static void the_owners_free_is_whole_when_nobody_else_holds_on(void **state)
{
	struct page *page = alloc_pages(2, false);

	(void)state;
	assert_true(get_page_unless_zero(page));
	put_page(page);
	assert_zone("2:[4-7] 3:[8-15]");
	__free_pages(page, 2);
	assert_zone("4:[0-15]");
}

static void a_compound_block_waits_whole_for_the_last_put(void **state)
{
	struct page *head = alloc_pages(2, true);

	(void)state;
	get_page(head);
	__free_pages(head, 2);
	assert_int_equal(count(0), 1);
	assert_zone("2:[4-7] 3:[8-15]");
	put_page(head);
	assert_zone("4:[0-15]");
}

static void a_free_page_gives_no_reference(void **state)
{
	(void)state;
	assert_false(get_page_unless_zero(PAGE(0)));
	assert_int_equal(count(0), 0);
}

static void a_freeze_succeeds_with_the_exact_count_only(void **state)
{
	struct page *page = alloc_pages(0, false);

	(void)state;
	get_page(page);
	assert_false(page_ref_freeze(page, 1));
	assert_int_equal(count(0), 2);
	assert_true(page_ref_freeze(page, 2));
	assert_false(get_page_unless_zero(page));
	page_ref_unfreeze(page, 2);
	assert_int_equal(count(0), 2);
}

/* -------------------------------------------------------------- bad pages */

static void a_double_free_is_a_bug(void **state)
{
	struct page *page = alloc_pages(0, false);

	(void)state;
	__free_pages(page, 0);
	assert_bug(free_order_0, page, "free-of-page-in-use");
	assert_zone("4:[0-15]");
}

static void a_page_freed_under_its_lock_is_a_bug(void **state)
{
	struct page *page = alloc_pages(0, false);

	(void)state;
	assert_true(trylock_page(page));
	set_page_count(page, 0);
	assert_bug(free_order_0, page, "free-of-page-in-use");
}

static void alloc_order_0(void *page)
{
	*(struct page **)page = alloc_pages(0, false);
}

static void a_free_page_with_a_count_is_a_bug(void **state)
{
	struct page *page;

	(void)state;
	set_page_count(PAGE(0), 1);
	assert_bug(alloc_order_0, &page, "new-page-not-clean");
}

/* ------------------------------------------------------ the zone runs out */

/* CPU 1 holds back what CPU 0 needs. */
static void an_exhausted_zone_drains_the_other_cpus(void **state)
{
	struct page *block;

	(void)state;
	fresh_core(16, 64, 1);
	block = alloc_pages(3, false);
	assert_int_equal(PFN(alloc_pages(3, false)), 8);
	machine_stub_set_cpu(1);
	__free_pages(block, 3);
	assert_pcp(1, "3:[0-7]");
	assert_zone("empty");
	machine_stub_set_cpu(0);
	assert_int_equal(PFN(alloc_pages(1, false)), 0);
	assert_pcp(1, "empty");
	assert_zone("1:[2-3] 2:[4-7]");
}

static void an_exhausted_zone_gives_nothing_in_the_end(void **state)
{
	int pfn;

	(void)state;
	for (pfn = 0; pfn < 16; pfn++)
		assert_int_equal(PFN(alloc_pages(0, false)), pfn);
	assert_null(alloc_pages(0, false));
	for (pfn = 0; pfn < 16; pfn++)
		put_page(PAGE(pfn));
	assert_zone("4:[0-15]");
}

#define TEST(name) cmocka_unit_test_setup(name, fresh_16_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_block_has_count_1_on_its_first_page_only),
		TEST(a_block_that_was_freed_is_whole_again),
		TEST(an_order_that_the_zone_never_has_is_not_allocated),
		TEST(the_tails_of_a_compound_block_point_to_its_head),
		TEST(a_compound_block_of_order_0_is_a_page),
		TEST(freeing_a_compound_block_undoes_its_tails),
		TEST(a_tail_counts_through_its_head),
		TEST(the_put_of_a_tail_frees_the_block),
		TEST(a_compound_block_freed_with_another_order_is_a_bug),
		TEST(the_owners_free_leaves_only_the_page_that_is_held),
		TEST(the_owners_free_is_whole_when_nobody_else_holds_on),
		TEST(a_compound_block_waits_whole_for_the_last_put),
		TEST(a_free_page_gives_no_reference),
		TEST(a_freeze_succeeds_with_the_exact_count_only),
		TEST(a_double_free_is_a_bug),
		TEST(a_page_freed_under_its_lock_is_a_bug),
		TEST(a_free_page_with_a_count_is_a_bug),
		TEST(an_exhausted_zone_drains_the_other_cpus),
		TEST(an_exhausted_zone_gives_nothing_in_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
