/* SPDX-License-Identifier: MIT */
/*
 * read_test.c: reading a cached page: what is copied, and whom a reader waits
 * for.
 */
#include "filemap.h"
#include "meanwhile.h"
#include "zone_picture.h"

static unsigned char buffer[PAGE_SIZE];

static int fresh_core_and_buffer(void **state)
{
	memset(buffer, 0xff, sizeof(buffer));
	return fresh_16_pages(state);
}

static struct page *create(unsigned long index)
{
	return filemap_create(&core.mapping, index);
}

static size_t read_page(unsigned long index)
{
	return filemap_read(&core.mapping, index, buffer);
}

static size_t read_while(const char *accessor, void (*act)(void))
{
	struct meanwhile meanwhile = { accessor, act };
	size_t size;

	machine_stub_watch(act_once, &meanwhile);
	size = read_page(3);
	machine_stub_watch(NULL, NULL);
	assert_null(meanwhile.act);
	return size;
}

static void assert_buffer(unsigned char byte)
{
	unsigned char expected[PAGE_SIZE];

	memset(expected, byte, sizeof(expected));
	assert_memory_equal(buffer, expected, sizeof(expected));
}

static void remove_3(void)
{
	filemap_remove(&core.mapping, 3);
}

/* What filemap_create() does once the page can be found. */
static void finish_filling_3(void)
{
	struct page *page = find_get_page(&core.mapping, 3);

	memset(page_address(page), 7, PAGE_SIZE);
	SetPageUptodate(page);
	unlock_page(page);
	put_page(page);
}

static void a_cached_page_is_copied_whole(void **state)
{
	struct page *page = create(3);

	(void)state;
	assert_int_equal(read_page(3), PAGE_SIZE);
	assert_buffer(4);
	assert_int_equal(page_count(page), 1);
}

static void an_empty_index_gives_no_bytes(void **state)
{
	(void)state;
	assert_int_equal(read_page(3), 0);
	assert_buffer(0xff);
}

static void a_page_that_is_being_filled_is_waited_for(void **state)
{
	struct page *page = create(3);

	(void)state;
	page->flags = BIT(PG_locked);
	assert_int_equal(read_while("atomic_dec_and_test", finish_filling_3),
			 PAGE_SIZE);
	assert_buffer(7);
	assert_int_equal(page_count(page), 1);
}

static void reads(void *arg)
{
	read_page(3);
	(void)arg;
}

/* Nobody is kept from freeing the page by a reader that sleeps. */
static void a_reader_that_waits_holds_no_reference(void **state)
{
	struct page *page = create(3);

	(void)state;
	page->flags = BIT(PG_locked);
	assert_bug(reads, NULL, "waiting-for-ever");
	assert_int_equal(page_count(page), 1);
}

static void a_page_that_nobody_filled_is_filled_by_the_reader(void **state)
{
	struct page *page = create(3);

	(void)state;
	page->flags = 0;
	memset(page_address(page), 0, PAGE_SIZE);
	assert_int_equal(read_page(3), PAGE_SIZE);
	assert_buffer(4);
	assert_int_equal(page->flags, BIT(PG_uptodate));
}

/* It got the page lock, but the page has left the cache: look again. */
static void a_page_truncated_before_the_lock_is_not_read(void **state)
{
	(void)state;
	create(3)->flags = 0;
	assert_int_equal(read_while("test_and_set_bit_lock", remove_3), 0);
	assert_buffer(0xff);
	assert_zone("4:[0-15]");
}

static void a_page_removed_after_the_flag_was_seen_is_still_read(void **state)
{
	(void)state;
	create(3);
	assert_int_equal(read_while("smp_rmb", remove_3), PAGE_SIZE);
	assert_buffer(4);
	assert_zone("4:[0-15]");
}

#define TEST(name) cmocka_unit_test_setup(name, fresh_core_and_buffer)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_cached_page_is_copied_whole),
		TEST(an_empty_index_gives_no_bytes),
		TEST(a_page_that_is_being_filled_is_waited_for),
		TEST(a_reader_that_waits_holds_no_reference),
		TEST(a_page_that_nobody_filled_is_filled_by_the_reader),
		TEST(a_page_truncated_before_the_lock_is_not_read),
		TEST(a_page_removed_after_the_flag_was_seen_is_still_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
