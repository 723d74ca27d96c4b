/* SPDX-License-Identifier: MIT */
/*
 * filemap_test.c: the page cache: who holds which reference, and when a page
 * goes back to the zone.
 */
#include <string.h>

#include "filemap.h"
#include "meanwhile.h"
#include "zone_picture.h"

#define ALL (TARGET_FILE_PAGES - 1)

static struct page *create(unsigned long index)
{
	return filemap_create(&core.mapping, index);
}

static struct page *find(unsigned long index)
{
	return find_get_page(&core.mapping, index);
}

static struct page *removed(unsigned long index)
{
	return filemap_remove(&core.mapping, index);
}

static struct page *reclaimed(unsigned long index)
{
	return filemap_reclaim(&core.mapping, index);
}

/* All memory is where it was, and so is the task. */
static void assert_nothing_left(void)
{
	int pfn;

	for (pfn = 0; pfn < 16; pfn++)
		assert_int_equal(page_count(PAGE(pfn)), 0);
	assert_zone("4:[0-15]");
	assert_null(core.mapping.i_pages.xa_head);
	assert_int_equal(core.mapping.nrpages, 0);
	assert_int_equal(core.mapping.i_pages.xa_lock.owner, 0);
	assert_int_equal(machine_stub_live(), 0);
	assert_int_equal(machine.self->irq_off, 0);
	assert_int_equal(machine.self->preempt_off, 0);
	assert_int_equal(machine.self->rcu_depth, 0);
}

/* ----------------------------------------------------------- add and find */

static void a_cached_page_has_the_caches_reference(void **state)
{
	struct page *page = create(3);

	(void)state;
	assert_int_equal(page_count(page), 1);
	assert_ptr_equal(page->mapping, &core.mapping);
	assert_int_equal(page->index, 3);
	assert_false(test_bit(PG_locked, &page->flags));
	assert_int_equal(core.mapping.nrpages, 1);
}

static void a_cached_page_is_filled(void **state)
{
	unsigned char expected[PAGE_SIZE];
	struct page *page = create(9);

	(void)state;
	memset(expected, 10, sizeof(expected));
	assert_memory_equal(page_address(page), expected, sizeof(expected));
	assert_true(test_bit(PG_uptodate, &page->flags));
}

static void a_lookup_finds_the_page_and_holds_it(void **state)
{
	struct page *page = create(3);

	(void)state;
	assert_ptr_equal(find(3), page);
	assert_int_equal(page_count(page), 2);
	put_page(page);
	assert_int_equal(page_count(page), 1);
	assert_int_equal(machine.self->rcu_depth, 0);
}

static void a_lookup_of_an_empty_index_finds_nothing(void **state)
{
	(void)state;
	assert_null(find(0));
	create(3);
	assert_null(find(0));
	assert_null(find(4));
	assert_null(find(63));
}

static void a_taken_index_takes_no_second_page(void **state)
{
	struct page *page = create(3);

	(void)state;
	assert_null(create(3));
	assert_ptr_equal(find(3), page);
	assert_int_equal(page_count(page), 2);
	put_page(page);
	assert_int_equal(core.mapping.nrpages, 1);
	assert_ptr_equal(removed(3), page);
	assert_nothing_left();
}

static void without_pages_nothing_is_added(void **state)
{
	struct page *all = alloc_pages(4, false);

	(void)state;
	assert_null(create(3));
	__free_pages(all, 4);
	assert_nothing_left();
}

static void without_nodes_nothing_is_added(void **state)
{
	void *objects[MACHINE_STUB_OBJECTS];
	int i;

	(void)state;
	for (i = 0; i < MACHINE_STUB_OBJECTS; i++)
		objects[i] = machine_alloc(1);
	assert_null(create(3));
	for (i = 0; i < MACHINE_STUB_OBJECTS; i++)
		machine_free(objects[i]);
	assert_nothing_left();
}

static void a_batch_is_found_in_order_of_index(void **state)
{
	struct page *pages[TARGET_BATCH_MAX];
	unsigned long indices[TARGET_BATCH_MAX];
	struct page *at_9 = create(9), *at_2 = create(2), *at_63 = create(63);

	(void)state;
	assert_int_equal(find_get_pages(&core.mapping, 0, ALL, 4, pages,
					indices), 3);
	assert_ptr_equal(pages[0], at_2);
	assert_ptr_equal(pages[1], at_9);
	assert_ptr_equal(pages[2], at_63);
	assert_int_equal(indices[0], 2);
	assert_int_equal(indices[1], 9);
	assert_int_equal(indices[2], 63);
	assert_int_equal(page_count(at_2), 2);
	assert_int_equal(page_count(at_9), 2);
	assert_int_equal(page_count(at_63), 2);
}

static void a_batch_keeps_to_its_size_and_its_range(void **state)
{
	struct page *pages[TARGET_BATCH_MAX];
	unsigned long indices[TARGET_BATCH_MAX];
	struct page *at_3 = create(3), *at_4 = create(4), *at_5 = create(5);

	(void)state;
	assert_int_equal(find_get_pages(&core.mapping, 3, ALL, 1, pages,
					indices), 1);
	assert_ptr_equal(pages[0], at_3);
	assert_int_equal(find_get_pages(&core.mapping, 4, 4, 4, pages, indices),
			 1);
	assert_ptr_equal(pages[0], at_4);
	assert_int_equal(page_count(at_5), 1);
}

/* ------------------------------------- what another CPU does in a lookup */

static void remove_3(void)
{
	removed(3);
}

static void replace_3(void)
{
	removed(3);
	alloc_pages(0, false); /* gets the page that was at 3 */
	create(3);
}

static void a_lookup_that_is_too_late_finds_nothing(void **state)
{
	struct meanwhile meanwhile = { "atomic_add_unless", remove_3 };

	(void)state;
	create(3);
	machine_stub_watch(act_once, &meanwhile);
	assert_null(find(3));
	machine_stub_watch(NULL, NULL);
	assert_null(meanwhile.act);
	assert_nothing_left();
}

/* The reference succeeds, on a page that is somebody else's by now. */
static void a_lookup_looks_again_after_its_reference(void **state)
{
	struct meanwhile meanwhile = { "atomic_add_unless", replace_3 };
	struct page *old = create(3), *page;

	(void)state;
	machine_stub_watch(act_once, &meanwhile);
	page = find(3);
	machine_stub_watch(NULL, NULL);
	assert_ptr_not_equal(page, old);
	assert_int_equal(page->index, 3);
	assert_int_equal(page_count(page), 2);
	assert_int_equal(page_count(old), 1);
}

static void a_batch_looks_again_after_each_reference(void **state)
{
	struct meanwhile meanwhile = { "atomic_add_unless", replace_3 };
	struct page *pages[TARGET_BATCH_MAX], *old = create(3);
	unsigned long indices[TARGET_BATCH_MAX];

	(void)state;
	machine_stub_watch(act_once, &meanwhile);
	assert_int_equal(find_get_pages(&core.mapping, 0, ALL, 4, pages,
					indices), 1);
	machine_stub_watch(NULL, NULL);
	assert_ptr_not_equal(pages[0], old);
	assert_int_equal(page_count(pages[0]), 2);
	assert_int_equal(page_count(old), 1);
}

/* ----------------------------------------------------------------- remove */

static void a_removed_page_goes_back_to_the_zone(void **state)
{
	struct page *page = create(3);

	(void)state;
	assert_ptr_equal(removed(3), page);
	assert_null(find(3));
	assert_nothing_left();
}

static void a_removed_page_stays_with_whoever_holds_it(void **state)
{
	struct page *page = create(3);

	(void)state;
	find(3);
	removed(3);
	assert_null(page->mapping);
	assert_int_equal(page_count(page), 1);
	assert_zone("0:[1] 1:[2-3] 2:[4-7] 3:[8-15]");
	put_page(page);
	assert_nothing_left();
}

static void there_is_nothing_to_remove_at_an_empty_index(void **state)
{
	(void)state;
	assert_null(removed(3));
	assert_null(reclaimed(3));
	assert_nothing_left();
}

static void remove_range_removes_its_range_only(void **state)
{
	unsigned long index;

	(void)state;
	for (index = 0; index < 12; index++)
		create(index);
	assert_int_equal(filemap_remove_range(&core.mapping, 1, 10), 10);
	assert_int_equal(core.mapping.nrpages, 2);
	assert_non_null(removed(0));
	assert_non_null(removed(11));
	assert_nothing_left();
}

static void remove_waits(void *arg)
{
	(void)arg;
	removed(3);
}

static void remove_waits_for_the_page_lock(void **state)
{
	(void)state;
	assert_true(trylock_page(create(3)));
	assert_bug(remove_waits, NULL, "waiting-for-ever");
}

static void remove_range_waits(void *arg)
{
	filemap_remove_range(&core.mapping, 2, 4);
	(void)arg;
}

/* First it takes what it gets without waiting. */
static void remove_range_waits_for_a_locked_page_at_the_end(void **state)
{
	(void)state;
	create(2);
	assert_true(trylock_page(create(3)));
	create(4);
	assert_bug(remove_range_waits, NULL, "waiting-for-ever");
	assert_int_equal(core.mapping.nrpages, 1);
}

/* ---------------------------------------------------------------- reclaim */

static void reclaim_frees_an_unused_page(void **state)
{
	struct page *page = create(3);

	(void)state;
	assert_ptr_equal(reclaimed(3), page);
	assert_null(find(3));
	assert_nothing_left();
}

static void reclaim_refuses_a_page_that_somebody_holds(void **state)
{
	struct page *page = create(3);

	(void)state;
	find(3);
	assert_null(reclaimed(3));
	assert_int_equal(page_count(page), 2);
	assert_ptr_equal(page->mapping, &core.mapping);
	assert_false(test_bit(PG_locked, &page->flags));
	put_page(page);
	assert_ptr_equal(reclaimed(3), page);
	assert_nothing_left();
}

static void reclaim_refuses_a_locked_page(void **state)
{
	struct page *page = create(3);

	(void)state;
	assert_true(trylock_page(page));
	assert_null(reclaimed(3));
	assert_int_equal(page_count(page), 1);
	unlock_page(page);
	assert_ptr_equal(reclaimed(3), page);
	assert_nothing_left();
}

static void unlock(void *page)
{
	unlock_page(page);
}

static void a_page_is_unlocked_by_who_has_its_lock(void **state)
{
	struct page *page;

	(void)state;
	create(3);
	page = find(3);
	lock_page(page);
	unlock_page(page);
	assert_bug(unlock, page, "unlock-of-a-free-lock");
}

#define TEST(name) cmocka_unit_test_setup(name, fresh_16_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_cached_page_has_the_caches_reference),
		TEST(a_cached_page_is_filled),
		TEST(a_lookup_finds_the_page_and_holds_it),
		TEST(a_lookup_of_an_empty_index_finds_nothing),
		TEST(a_taken_index_takes_no_second_page),
		TEST(without_pages_nothing_is_added),
		TEST(without_nodes_nothing_is_added),
		TEST(a_batch_is_found_in_order_of_index),
		TEST(a_batch_keeps_to_its_size_and_its_range),
		TEST(a_lookup_that_is_too_late_finds_nothing),
		TEST(a_lookup_looks_again_after_its_reference),
		TEST(a_batch_looks_again_after_each_reference),
		TEST(a_removed_page_goes_back_to_the_zone),
		TEST(a_removed_page_stays_with_whoever_holds_it),
		TEST(there_is_nothing_to_remove_at_an_empty_index),
		TEST(remove_range_removes_its_range_only),
		TEST(remove_waits_for_the_page_lock),
		TEST(remove_range_waits_for_a_locked_page_at_the_end),
		TEST(reclaim_frees_an_unused_page),
		TEST(reclaim_refuses_a_page_that_somebody_holds),
		TEST(reclaim_refuses_a_locked_page),
		TEST(a_page_is_unlocked_by_who_has_its_lock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
