/* SPDX-License-Identifier: MIT */
/*
 * stamps_test.c: which byte a page bears from when on, and that no run sees what
 * the one before left.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "stamps.h"

#define PAGES 8
#define BYTES 13 /* no whole words */

static unsigned char bytes[PAGES][BYTES];
static struct stamps stamps;

static int leftovers_of_a_run(void **state)
{
	(void)state;
	memset(bytes, 0x11, sizeof(bytes));
	stamps_reset(&stamps, PAGES);
	return 0;
}

static int out(unsigned long pfn, unsigned int order)
{
	return stamps_alloc(&stamps, pfn, order, bytes[pfn],
			    (size_t)BYTES << order);
}

static void in(unsigned long pfn, unsigned int order)
{
	stamps_free(&stamps, pfn, order, bytes[pfn], (size_t)BYTES << order);
}

static void a_page_first_handed_out_bears_the_poison(void **state)
{
	(void)state;
	assert_int_equal(out(2, 1), TARGET_NO_PAGE);
	assert_int_equal(stamps_get(&stamps, 2), STAMPS_POISON);
	assert_int_equal(stamps_get(&stamps, 3), STAMPS_POISON);
	assert_int_equal(*bytes[4], 0x11);
	assert_int_equal(bytes[3][BYTES - 1], STAMPS_POISON);
}

static void a_freed_page_bears_the_poison(void **state)
{
	(void)state;
	out(2, 0);
	stamps_put(&stamps, 2, 0, STAMPS_OWNER);
	in(2, 0);
	assert_int_equal(stamps_get(&stamps, 2), STAMPS_POISON);
	assert_int_equal(out(2, 0), TARGET_NO_PAGE);
}

static void a_second_owner_changes_nothing(void **state)
{
	(void)state;
	out(2, 0);
	stamps_put(&stamps, 2, 0, STAMPS_OWNER);
	assert_int_equal(out(2, 0), TARGET_NO_PAGE);
	assert_int_equal(stamps_get(&stamps, 2), STAMPS_OWNER);
}

static void the_first_of_the_written_pages_is_named(void **state)
{
	(void)state;
	out(4, 2);
	in(4, 2);
	*bytes[6] = *bytes[7] = 1;
	assert_int_equal(out(4, 2), 6);
	assert_int_equal(out(4, 2), TARGET_NO_PAGE);
}

static void only_pages_that_are_out_get_a_stamp(void **state)
{
	(void)state;
	out(2, 0);
	stamps_put(&stamps, 2, 1, STAMPS_OWNER);
	assert_int_equal(*bytes[2], STAMPS_OWNER);
	assert_int_equal(*bytes[3], 0x11);
}

static void an_address_is_of_the_page_it_lies_in(void **state)
{
	unsigned char elsewhere;

	(void)state;
	assert_int_equal(stamps_page(&stamps, bytes[2]), TARGET_NO_PAGE);
	out(3, 0);
	assert_int_equal(stamps_page(&stamps, bytes[0]), 0);
	assert_int_equal(stamps_page(&stamps, &bytes[2][BYTES - 1]), 2);
	assert_int_equal(stamps_page(&stamps, &elsewhere), TARGET_NO_PAGE);
}

static void pages_without_contents_are_left_alone(void **state)
{
	(void)state;
	assert_int_equal(stamps_alloc(&stamps, 1, 0, bytes[1], 0),
			 TARGET_NO_PAGE);
	assert_int_equal(stamps_alloc(&stamps, 1, 0, NULL, BYTES),
			 TARGET_NO_PAGE);
	assert_int_equal(*bytes[1], 0x11);
	assert_int_equal(stamps.state[1], STAMPS_UNKNOWN);
}

#define TEST(name) cmocka_unit_test_setup(name, leftovers_of_a_run)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_page_first_handed_out_bears_the_poison),
		TEST(a_freed_page_bears_the_poison),
		TEST(a_second_owner_changes_nothing),
		TEST(the_first_of_the_written_pages_is_named),
		TEST(only_pages_that_are_out_get_a_stamp),
		TEST(an_address_is_of_the_page_it_lies_in),
		TEST(pages_without_contents_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
