/* SPDX-License-Identifier: MIT */
/*
 * memory_glue_test.c: what sanitizers hear when memory changes hands.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "memory_glue.h"

static _Alignas(16) char bytes[16];

static void fresh_memory_may_be_written_but_not_relied_on(void **state)
{
	(void)state;
	memset(bytes, 1, sizeof(bytes));
	memory_fresh(bytes, sizeof(bytes));
	assert_false(asan_is_poisoned(bytes));
	assert_int_equal(msan_first_poisoned(bytes, sizeof(bytes)),
			 MSAN_ON ? 0 : -1);
	msan_unpoison(bytes, sizeof(bytes));
	assert_int_equal(bytes[0], MEMORY_FRESH);
	assert_int_equal(bytes[15], MEMORY_FRESH);
	memset(bytes, 1, sizeof(bytes));
	assert_int_equal(msan_first_poisoned(bytes, sizeof(bytes)), -1);
}

static void dead_memory_is_nobodys(void **state)
{
	(void)state;
	memory_fresh(bytes, sizeof(bytes));
	memset(bytes, 1, sizeof(bytes));
	memory_dead(bytes, sizeof(bytes));
	assert_int_equal(asan_is_poisoned(bytes), ASAN_ON);
	assert_int_equal(msan_first_poisoned(bytes, sizeof(bytes)),
			 MSAN_ON ? 0 : -1);
	memory_fresh(bytes, sizeof(bytes));
	assert_false(asan_is_poisoned(bytes));
}

static void filled_memory_keeps_what_it_has(void **state)
{
	(void)state;
	memory_dead(bytes, sizeof(bytes));
	memory_filled(bytes, sizeof(bytes));
	assert_false(asan_is_poisoned(bytes));
	assert_int_equal(msan_first_poisoned(bytes, sizeof(bytes)),
			 MSAN_ON ? 0 : -1);
	msan_unpoison(bytes, sizeof(bytes));
	memset(bytes, 7, sizeof(bytes));
	memory_filled(bytes, sizeof(bytes));
	msan_unpoison(bytes, sizeof(bytes));
	assert_int_equal(bytes[0], 7);
	assert_int_equal(bytes[15], 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fresh_memory_may_be_written_but_not_relied_on),
		cmocka_unit_test(dead_memory_is_nobodys),
		cmocka_unit_test(filled_memory_keeps_what_it_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
