/* SPDX-License-Identifier: MIT */
/*
 * build_test.c: the table of sanitizers says what the compiler was told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "build.h"
#include "memory_glue.h"

static const struct sanitizer *find(const char *name)
{
	return sanitizer_find(name, strlen(name));
}

static void every_sanitizer_is_found_by_its_name(void **state)
{
	const struct sanitizer *sanitizer;

	(void)state;
	for (sanitizer = sanitizers; sanitizer->name; sanitizer++)
		assert_ptr_equal(find(sanitizer->name), sanitizer);
	assert_int_equal(sanitizer - sanitizers, 4);
	assert_null(find("leak"));
	assert_null(find("mem"));
	assert_null(find(""));
}

static void the_glue_and_the_table_agree(void **state)
{
	(void)state;
	assert_int_equal(find("address")->on, ASAN_ON);
	assert_int_equal(find("memory")->on, MSAN_ON);
}

/* They keep their shadows in the same place. */
static void no_two_of_address_memory_and_thread_are_on(void **state)
{
	(void)state;
	assert_in_range(find("address")->on + find("memory")->on +
			find("thread")->on, 0, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sanitizer_is_found_by_its_name),
		cmocka_unit_test(the_glue_and_the_table_agree),
		cmocka_unit_test(no_two_of_address_memory_and_thread_are_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
