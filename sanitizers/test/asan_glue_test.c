/* SPDX-License-Identifier: MIT */
/*
 * asan_glue_test.c: the glue works where ASan is, and is inert elsewhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "asan_glue.h"

/* ASan's granule is 8 bytes; objects that we poison start on one. */
struct blocks {
	_Alignas(16) char first[16];
	char second[16];
};

static void poison_covers_the_bytes_named_and_no_others(void **state)
{
	struct blocks blocks = { "", "" };

	(void)state;
	asan_poison(blocks.second, sizeof(blocks.second));
	assert_false(asan_is_poisoned(&blocks.first[15]));
	assert_int_equal(asan_is_poisoned(&blocks.second[0]), ASAN_ON);
	assert_int_equal(asan_is_poisoned(&blocks.second[15]), ASAN_ON);
	asan_unpoison(blocks.second, sizeof(blocks.second));
}

static void unpoison_takes_poison_away(void **state)
{
	struct blocks blocks = { "", "" };

	(void)state;
	asan_poison(&blocks, sizeof(blocks));
	asan_unpoison(blocks.first, sizeof(blocks.first));
	assert_false(asan_is_poisoned(&blocks.first[0]));
	assert_int_equal(asan_is_poisoned(&blocks.second[0]), ASAN_ON);
	asan_unpoison(blocks.second, sizeof(blocks.second));
	assert_false(asan_is_poisoned(&blocks.second[15]));
}

static void stacks_grow_only_under_asan(void **state)
{
	(void)state;
	assert_int_equal(ASAN_STACK_FACTOR, ASAN_ON ? 4 : 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(poison_covers_the_bytes_named_and_no_others),
		cmocka_unit_test(unpoison_takes_poison_away),
		cmocka_unit_test(stacks_grow_only_under_asan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
