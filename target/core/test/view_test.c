/* SPDX-License-Identifier: MIT */
/*
 * view_test.c: what the core shows of itself, in order and in ruins.
 *
 * The ruins are made by hand: what a broken target leaves behind must neither
 * stop a view nor lead it astray.
 */
#include <stdio.h>
#include <string.h>

#include "filemap.h"
#include "view.h"
#include "zone_picture.h"

/* ------------------------------------------------------------ free blocks */

/* Blocks as "pfn/list_order/order@cpu", with - unlinked, ! unmarked. */
struct report {
	char text[512];
	size_t used;
	unsigned int blocks, stop_after;
};

static bool report_block(void *arg, const struct target_block *block)
{
	struct report *report = arg;

	if (report->used < sizeof(report->text) - 40)
		report->used += (size_t)sprintf(
			report->text + report->used, "%s%d/%u/%u@%d%s%s",
			report->used ? " " : "", block->pfn, block->list_order,
			block->order, block->cpu, block->linked ? "" : "-",
			block->marked ? "" : "!");
	return ++report->blocks != report->stop_after;
}

static const char *report_of(struct report *report)
{
	struct target_visit visit = { .block = report_block, .arg = report };

	report->used = 0;
	report->blocks = 0;
	report->text[0] = '\0';
	view_free_blocks(&visit);
	return report->text;
}

static void every_free_block_is_visited_once(void **state)
{
	struct report report = { .stop_after = 0 };
	struct page *page;

	(void)state;
	fresh_core(16, 64, 1);
	page = alloc_pages(1, false);
	machine_stub_set_cpu(2);
	__free_pages(page, 1);
	assert_string_equal(report_of(&report),
			    "2/1/1@-1 4/2/2@-1 8/3/3@-1 0/1/1@2");
}

static void the_visitor_may_stop(void **state)
{
	struct report report = { .stop_after = 2 };

	(void)state;
	alloc_pages(0, false);
	assert_string_equal(report_of(&report), "1/0/0@-1 2/1/1@-1");
}

static void a_block_of_another_order_is_shown_as_it_is(void **state)
{
	struct report report = { .stop_after = 0 };

	(void)state;
	PAGE(0)->private = 2;
	PAGE(0)->page_type = PAGE_TYPE_NONE;
	assert_string_equal(report_of(&report), "0/4/2@-1!");
}

/* head -> 0 -> 0 ...: the visit ends where nobody points back. */
static void a_list_that_loops_is_left(void **state)
{
	struct report report = { .stop_after = 0 };

	(void)state;
	PAGE(0)->lru.next = &PAGE(0)->lru;
	assert_string_equal(report_of(&report), "0/4/4@-1 0/4/4@-1-");
}

/* head -> 4 -> 8 -> 4 ..., all pointing back but to the head. */
static void a_ring_without_the_head_is_left(void **state)
{
	struct list_head *head = &core.zone.free_area[2].free_list;
	struct report report = { .stop_after = 0 };

	(void)state;
	alloc_pages(4, false);
	INIT_LIST_HEAD(&PAGE(4)->lru);
	list_add(&PAGE(8)->lru, &PAGE(4)->lru);
	head->next = &PAGE(4)->lru;
	assert_string_equal(report_of(&report), "4/2/0@-1-!");
}

static void a_list_that_leads_out_of_the_pages_is_left(void **state)
{
	struct list_head *head = &core.zone.free_area[4].free_list;
	struct report report = { .stop_after = 0 };
	struct list_head stray;

	(void)state;
	head->next = NULL;
	assert_string_equal(report_of(&report), "-1/4/4@-1-!");
	head->next = &stray;
	assert_string_equal(report_of(&report), "-1/4/4@-1-!");
	head->next = (struct list_head *)(void *)&PAGE(3)->index;
	assert_string_equal(report_of(&report), "-1/4/4@-1-!");
	head->next = &PAGE(16)->lru; /* beyond the zone */
	assert_string_equal(report_of(&report), "-1/4/4@-1-!");
}

/* ------------------------------------------------------------- page cache */

static void a_cache_entry_is_what_a_lookup_finds(void **state)
{
	unsigned long index, root;

	(void)state;
	for (root = 0; root < 8; root++) {
		filemap_create(&core.mapping, root * root);
		for (index = 0; index < TARGET_INDEX_MAX; index++) {
			struct page *page = find_get_page(&core.mapping, index);

			assert_int_equal(view_cache_entry(index),
					 page ? PFN(page) : TARGET_NO_PAGE);
			if (page)
				put_page(page);
		}
	}
}

static struct xa_node *root_of_cache(void)
{
	return xa_to_node(core.mapping.i_pages.xa_head);
}

/* A freed node keeps its place in the tree: FREED_BYTE is no shift. */
static void a_node_that_is_gone_has_no_entries(void **state)
{
	(void)state;
	filemap_create(&core.mapping, 3);
	machine_free(root_of_cache());
	assert_int_equal(view_cache_entry(3), TARGET_NO_PAGE);
}

static void a_tree_that_loops_has_no_entries(void **state)
{
	struct xa_node *root;
	unsigned int slot;

	(void)state;
	filemap_create(&core.mapping, 17);
	root = root_of_cache();
	assert_true(root->shift);
	for (slot = 0; slot < 4; slot++)
		root->slots[slot] = core.mapping.i_pages.xa_head;
	assert_int_equal(view_cache_entry(17), TARGET_NO_PAGE);
}

static void an_entry_that_is_no_page_is_not_shown(void **state)
{
	(void)state;
	core.mapping.i_pages.xa_head = XA_RETRY_ENTRY;
	assert_int_equal(view_cache_entry(0), TARGET_NO_PAGE);
	core.mapping.i_pages.xa_head = &core.zone;
	assert_int_equal(view_cache_entry(0), TARGET_NO_PAGE);
	core.mapping.i_pages.xa_head = (char *)state + 2;
	assert_int_equal(view_cache_entry(0), TARGET_NO_PAGE);
}

/* --------------------------------------------------------------- describe */

static void assert_place(const volatile void *addr, const char *expected)
{
	struct target_place place;
	char text[64];

	view_describe(addr, &place);
	sprintf(text, "%s %d %s %d", place.thing ? place.thing : "?",
		place.instance, place.field, place.element);
	assert_string_equal(text, expected);
}

static void an_address_is_described_as_a_place(void **state)
{
	(void)state;
	assert_place(&PAGE(5)->_refcount, "page 5 count -1");
	assert_place(&PAGE(0)->flags, "page 0 flags -1");
	assert_place(&PAGE(15)->compound_head, "page 15 compound_head -1");
	assert_place(&PAGE(7)->mapping, "page 7 mapping -1");
	assert_place(&core.zone.lock, "zone -1 lock -1");
	assert_place(&core.zone.free_area[10].nr_free, "zone -1 free_area -1");
	assert_place(&core.pageset[1].lock, "pcp 1 lock -1");
	assert_place(&core.pageset[3].lists[2], "pcp 3 lists -1");
	assert_place(&core.mapping.i_pages.xa_head, "mapping -1 xa_head -1");
	assert_place(&core.mapping.i_pages.xa_lock, "mapping -1 xa_lock -1");
}

static void an_address_in_a_node_names_its_slot(void **state)
{
	struct xa_node *root;

	(void)state;
	filemap_create(&core.mapping, 17);
	root = root_of_cache();
	assert_place(&root->slots[1], "node 0 slot 1");
	assert_place(xa_to_node(root->slots[1])->slots, "node 1 slot 0");
	assert_place(&root->parent, "node 0 parent -1");
}

static void an_address_elsewhere_is_unknown(void **state)
{
	(void)state;
	assert_place(state, "? -1  -1");
	assert_place(NULL, "? -1  -1");
	assert_place(&core + 1, "? -1  -1");
}

/* ------------------------------------------------------- regions, counts */

static void the_regions_hold_the_core_and_the_contents(void **state)
{
	struct target_region regions[TARGET_REGIONS_MAX];

	(void)state;
	assert_int_equal(view_regions(regions), 2);
	assert_ptr_equal(regions[0].start, &core);
	assert_ptr_equal((char *)regions[0].start + regions[0].size, PAGE(16));
	assert_false(regions[0].contents);
	assert_ptr_equal(regions[1].start, page_address(PAGE(0)));
	assert_int_equal(regions[1].size, 16 * PAGE_SIZE);
	assert_true(regions[1].contents);
}

static void a_count_is_that_of_the_very_page(void **state)
{
	(void)state;
	get_page(alloc_pages(2, true) + 1);
	assert_int_equal(view_count(0), 2);
	assert_int_equal(view_count(1), 0);
}

#define TEST(name) cmocka_unit_test_setup(name, fresh_16_pages)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_free_block_is_visited_once),
		TEST(the_visitor_may_stop),
		TEST(a_block_of_another_order_is_shown_as_it_is),
		TEST(a_list_that_loops_is_left),
		TEST(a_ring_without_the_head_is_left),
		TEST(a_list_that_leads_out_of_the_pages_is_left),
		TEST(a_cache_entry_is_what_a_lookup_finds),
		TEST(a_node_that_is_gone_has_no_entries),
		TEST(a_tree_that_loops_has_no_entries),
		TEST(an_entry_that_is_no_page_is_not_shown),
		TEST(an_address_is_described_as_a_place),
		TEST(an_address_in_a_node_names_its_slot),
		TEST(an_address_elsewhere_is_unknown),
		TEST(the_regions_hold_the_core_and_the_contents),
		TEST(a_count_is_that_of_the_very_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
