/* SPDX-License-Identifier: MIT */
/*
 * msan_glue_test.c: the glue works where MSan is, and is inert elsewhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/wait.h>
#include <unistd.h>

#include "msan_glue.h"

static void poison_covers_the_bytes_named_and_no_others(void **state)
{
	char bytes[16] = "";

	(void)state;
	msan_poison(bytes + 5, 3);
	assert_int_equal(msan_first_poisoned(bytes, 16), MSAN_ON ? 5 : -1);
	assert_int_equal(msan_first_poisoned(bytes + 8, 8), -1);
}

static void unpoison_takes_poison_away(void **state)
{
	char bytes[16] = "";

	(void)state;
	msan_poison(bytes, 16);
	msan_unpoison(bytes, 8);
	assert_int_equal(msan_first_poisoned(bytes, 16), MSAN_ON ? 8 : -1);
}

/* Returns: the exit code of a child that has @poisoned bytes checked. */
static int checked(size_t poisoned)
{
	char bytes[16] = "";
	int status;

	if (!fork()) {
		close(STDERR_FILENO);
		msan_poison(bytes, poisoned);
		msan_check(bytes, sizeof(bytes));
		_exit(0);
	}
	wait(&status);
	return WEXITSTATUS(status);
}

/* 77 is what defaults.c asks for. */
static void a_check_reports_what_is_uninitialised(void **state)
{
	(void)state;
	assert_int_equal(checked(0), 0);
	assert_int_equal(checked(1), MSAN_ON ? 77 : 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(poison_covers_the_bytes_named_and_no_others),
		cmocka_unit_test(unpoison_takes_poison_away),
		cmocka_unit_test(a_check_reports_what_is_uninitialised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
