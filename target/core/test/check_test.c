/* SPDX-License-Identifier: MIT */
/*
 * check_test.c: the core's last word at quiescence: of what the core itself
 * leaves it is silent; what is out of order, made so by hand, has its id.
 */
#include "filemap.h"
#include "view.h"
#include "zone_picture.h"

#define expect_silence() assert_null(core_check())
#define expect_id(id)                                                          \
	do {                                                                   \
		const char *said_ = core_check();                              \
		assert_non_null(said_);                                        \
		assert_string_equal(said_, id);                                \
	} while (0)

static void add(unsigned long index)
{
	assert_non_null(filemap_create(&core.mapping, index));
}

static void removed(unsigned long index)
{
	assert_non_null(filemap_remove(&core.mapping, index));
}

static struct xa_node *root(void)
{
	assert_true(xa_is_node(core.mapping.i_pages.xa_head));
	return xa_to_node(core.mapping.i_pages.xa_head);
}

/* ------------------------------------------------------------ free blocks */

static void a_core_as_new_is_in_order(void **state)
{
	(void)state;
	expect_silence();
	fresh_core(4096, 512, 63);
	expect_silence();
	fresh_core(2, 0, 1);
	expect_silence();
}

/* Halves of owned blocks are apart, and rightly. */
static void blocks_that_are_owned_are_nobodys_business(void **state)
{
	struct page *pages[3];

	(void)state;
	pages[0] = alloc_pages(0, false);
	pages[1] = alloc_pages(2, true);
	pages[2] = alloc_pages(1, false);
	expect_silence();
	__free_pages(pages[2], 1);
	expect_silence();
	__free_pages(pages[0], 0);
	__free_pages(pages[1], 2);
	expect_silence();
	assert_zone("4:[0-15]");
}

static void an_area_counts_its_blocks(void **state)
{
	(void)state;
	core.zone.free_area[4].nr_free = 2;
	expect_id("free-area-miscounts-blocks");
	core.zone.free_area[4].nr_free = 1;
	expect_silence();
	core.zone.free_area[MAX_ORDER].nr_free = 1; /* its list is empty */
	expect_id("free-area-miscounts-blocks");
}

static void a_cpu_counts_its_pages(void **state)
{
	struct page *page;

	(void)state;
	fresh_core(16, 64, 1);
	page = alloc_pages(2, false);
	machine_stub_set_cpu(2);
	__free_pages(page, 2);
	assert_int_equal(core.pageset[2].count, 4);
	expect_silence();
	core.pageset[2].count = 1; /* a block: it counts pages */
	expect_id("cpu-counts-other-pages");
	core.pageset[2].count = 4;
	core.pageset[3].count = -1;
	expect_id("cpu-counts-other-pages");
}

/* Pages 0 and 1 free as two blocks, their neighbours owned. */
static void two_buddies_are_one_block(void **state)
{
	struct free_area *area = &core.zone.free_area[0];
	int pfn;

	(void)state;
	for (pfn = 0; pfn < 16; pfn++)
		assert_int_equal(PFN(__rmqueue(&core.zone, 0)), pfn);
	__free_one_page(&core.zone, PAGE(1), 0, false);
	__free_one_page(&core.zone, PAGE(2), 0, false);
	expect_silence(); /* neighbours, and no buddies */
	PAGE(0)->page_type = PAGE_TYPE_BUDDY;
	list_add(&PAGE(0)->lru, &area->free_list);
	area->nr_free++;
	expect_id("free-buddies-apart");
}

/* Above them there is nothing. */
static void the_largest_blocks_stay_apart(void **state)
{
	(void)state;
	fresh_core(2048, 0, 1);
	assert_zone("10:[0-1023][1024-2047]");
	expect_silence();
}

static void a_free_page_bears_nothing(void **state)
{
	(void)state;
	PAGE(5)->flags = BIT(PG_uptodate);
	expect_id("free-page-bears-marks");
	PAGE(5)->flags = 0;
	PAGE(15)->mapping = &core.mapping;
	expect_id("free-page-bears-marks");
	PAGE(15)->mapping = NULL;
	PAGE(1)->private = 2;
	expect_id("free-page-bears-marks");
	PAGE(1)->private = 0;
	PAGE(8)->page_type = PAGE_TYPE_BUDDY;
	expect_id("free-page-bears-marks");
	PAGE(8)->page_type = PAGE_TYPE_NONE;
	PAGE(8)->index = 3; /* where it once was: nobody asks */
	expect_silence();
}

/* There it is no buddy's, and has no order. */
static void a_page_of_a_cpu_bears_nothing(void **state)
{
	(void)state;
	fresh_core(16, 64, 1);
	__free_pages(alloc_pages(0, false), 0);
	assert_int_equal(core.pageset[0].count, 1);
	expect_silence();
	PAGE(0)->page_type = PAGE_TYPE_BUDDY;
	PAGE(0)->private = 9; /* of no neighbour */
	expect_id("free-page-bears-marks");
	PAGE(0)->page_type = PAGE_TYPE_NONE;
	expect_id("free-page-bears-marks");
	PAGE(0)->private = 0;
	PAGE(0)->flags = BIT(PG_uptodate);
	expect_id("free-page-bears-marks");
}

/* --------------------------------------------------------------- the tree */

/* Squares, up to three levels of four slots and down again. */
static void a_tree_that_grows_and_shrinks_is_in_order(void **state)
{
	unsigned long i;

	(void)state;
	for (i = 0; i < 8; i++) {
		add(i * i);
		expect_silence();
	}
	for (i = 0; i < 8; i++) {
		removed(i % 2 ? (8 - i) * (8 - i) : i * i);
		expect_silence();
	}
	assert_null(core.mapping.i_pages.xa_head);
}

static void a_node_says_where_it_is(void **state)
{
	struct xa_node *node;

	(void)state;
	add(17);
	add(62);
	node = xa_to_node(root()->slots[3]);
	expect_silence();
	node->offset = 2;
	expect_id("node-out-of-place");
	node->offset = 3;
	node->parent = node;
	expect_id("node-out-of-place");
	node->parent = NULL;
	expect_id("node-out-of-place");
	node->parent = root();
	node->array = NULL;
	expect_id("node-out-of-place");
	node->array = root()->array;
	expect_silence();
	root()->parent = node;
	expect_id("node-out-of-place");
	root()->parent = NULL;
	root()->offset = 1; /* it is in no slot */
	expect_id("node-out-of-place");
}

static void a_level_down_is_one_digit_of_the_index(void **state)
{
	struct xa_node *node;

	(void)state;
	add(17);
	assert_int_equal(root()->shift, 4);
	node = xa_to_node(root()->slots[1]);
	assert_int_equal(node->shift, 2);
	node->shift = 0;
	expect_id("node-out-of-place");
	node->shift = 4;
	expect_id("node-out-of-place");
}

static void a_node_counts_its_slots_in_use(void **state)
{
	(void)state;
	add(1);
	add(2);
	assert_int_equal(root()->count, 2);
	root()->count = 1;
	expect_id("node-out-of-place");
	root()->count = 3;
	expect_id("node-out-of-place");
	root()->count = 0;
	root()->slots[1] = root()->slots[2] = NULL;
	expect_id("node-out-of-place");
}

/* What a view must not follow is no node. */
static void a_node_that_is_gone_is_out_of_place(void **state)
{
	(void)state;
	add(17);
	machine_free(xa_to_node(root()->slots[1]));
	expect_id("node-out-of-place");
	add(3);
	root()->slots[1] = XA_RETRY_ENTRY;
	expect_id("node-out-of-place");
	core.mapping.i_pages.xa_head = (char *)state + 2;
	expect_id("node-out-of-place");
}

static void a_root_for_slot_0_alone_is_too_tall(void **state)
{
	(void)state;
	add(0);
	add(1);
	expect_silence();
	root()->slots[1] = NULL;
	root()->count = 1;
	expect_id("tree-too-tall");
}

/* Slot 0 alone does not do below the root, nor another slot in it. */
static void a_node_for_one_page_is_as_it_should(void **state)
{
	(void)state;
	add(16);
	assert_int_equal(root()->count, 1);
	assert_int_equal(xa_to_node(root()->slots[1])->count, 1);
	expect_silence();
}

/* ------------------------------------------------------------ cached pages */

static void a_cached_page_says_where_it_is(void **state)
{
	const struct page *page;

	(void)state;
	add(0);
	page = core.mapping.i_pages.xa_head;
	expect_silence();
	PAGE(PFN(page))->index = 1;
	expect_id("cached-page-says-another-index");
	PAGE(PFN(page))->index = 0;
	PAGE(PFN(page))->mapping = NULL;
	expect_id("cached-page-says-another-index");
	core.mapping.i_pages.xa_head = XA_RETRY_ENTRY;
	expect_id("cached-page-says-another-index");
	core.mapping.i_pages.xa_head = &PAGE(3)->index;
	expect_id("cached-page-says-another-index");
}

static void a_cached_page_is_filled_and_nobody_has_its_lock(void **state)
{
	struct page *page = NULL;

	(void)state;
	add(5);
	page = find_get_page(&core.mapping, 5);
	expect_silence(); /* somebody may have it */
	lock_page(page);
	expect_id("page-left-locked-or-unread");
	unlock_page(page);
	expect_silence();
	page->flags = 0;
	expect_id("page-left-locked-or-unread");
}

static void the_mapping_counts_its_pages(void **state)
{
	(void)state;
	core.mapping.nrpages = 1;
	expect_id("mapping-has-another-size");
	core.mapping.nrpages = 0;
	add(9);
	expect_silence();
	core.mapping.nrpages = 0;
	expect_id("mapping-has-another-size");
}

/* ---------------------------------------------- asserted where it happens */

static void free_two_pages(void *page)
{
	__free_pages(page, 1);
}

/* A batch may make a list longer than it should be: a free need not mend that. */
static void a_free_leaves_a_full_list_no_longer(void **state)
{
	struct page *page;

	(void)state;
	fresh_core(16, 2, 4);
	page = alloc_pages(0, false);
	assert_int_equal(core.pageset[0].count, 3);
	__free_pages(page, 0);
	assert_int_equal(core.pageset[0].count, 3);
	drain_all_pages();
	core.pageset[0].batch = 1;
	page = alloc_pages(0, false);
	__free_pages(page, 0);
	assert_int_equal(core.pageset[0].count, 1);
	page = alloc_pages(1, false);
	core.pageset[0].batch = 0; /* then it gives nothing back */
	assert_bug(free_two_pages, page, "per-cpu-lists-overfull");
}

#define TEST(name) cmocka_unit_test_setup(name, fresh_16_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_core_as_new_is_in_order),
		TEST(blocks_that_are_owned_are_nobodys_business),
		TEST(an_area_counts_its_blocks),
		TEST(a_cpu_counts_its_pages),
		TEST(two_buddies_are_one_block),
		TEST(the_largest_blocks_stay_apart),
		TEST(a_free_page_bears_nothing),
		TEST(a_page_of_a_cpu_bears_nothing),
		TEST(a_tree_that_grows_and_shrinks_is_in_order),
		TEST(a_node_says_where_it_is),
		TEST(a_level_down_is_one_digit_of_the_index),
		TEST(a_node_counts_its_slots_in_use),
		TEST(a_node_that_is_gone_is_out_of_place),
		TEST(a_root_for_slot_0_alone_is_too_tall),
		TEST(a_node_for_one_page_is_as_it_should),
		TEST(a_cached_page_says_where_it_is),
		TEST(a_cached_page_is_filled_and_nobody_has_its_lock),
		TEST(the_mapping_counts_its_pages),
		TEST(a_free_leaves_a_full_list_no_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
