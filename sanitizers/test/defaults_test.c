/* SPDX-License-Identifier: MIT */
/*
 * defaults_test.c: the options that sanitizers start with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

/* Interfaces of the runtimes, which call them by name. */
const char *__asan_default_options(void);
const char *__msan_default_options(void);
const char *__tsan_default_options(void);
const char *__ubsan_default_options(void);

static void assert_option(const char *options, const char *option)
{
	char all[256], wanted[64];

	snprintf(all, sizeof(all), ":%s:", options);
	snprintf(wanted, sizeof(wanted), ":%s:", option);
	assert_non_null(strstr(all, wanted));
}

static void a_sanitizer_stops_at_its_first_report(void **state)
{
	(void)state;
	assert_option(__asan_default_options(), "halt_on_error=1");
	assert_option(__msan_default_options(), "halt_on_error=1");
	assert_option(__ubsan_default_options(), "halt_on_error=1");
}

/* This is none: it does not define sanitizers_halt. */
static void tsan_stops_at_its_first_report_in_a_fuzz_target(void **state)
{
	(void)state;
	assert_option(__tsan_default_options(), "halt_on_error=0");
}

static void no_report_exits_like_an_answer_of_the_command(void **state)
{
	(void)state;
	assert_option(__asan_default_options(), "exitcode=77");
	assert_option(__msan_default_options(), "exitcode=77");
	assert_option(__tsan_default_options(), "exitcode=0");
	assert_option(__ubsan_default_options(), "exitcode=77");
}

static void undefined_behaviour_is_reported_with_its_stack(void **state)
{
	(void)state;
	assert_option(__ubsan_default_options(), "print_stacktrace=1");
}

static void handlers_of_the_fuzzing_engine_are_left_alone(void **state)
{
	(void)state;
	assert_option(__tsan_default_options(), "report_signal_unsafe=0");
}

static void nobody_waits_for_other_threads_at_exit(void **state)
{
	(void)state;
	assert_option(__tsan_default_options(), "atexit_sleep_ms=0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sanitizer_stops_at_its_first_report),
		cmocka_unit_test(
			tsan_stops_at_its_first_report_in_a_fuzz_target),
		cmocka_unit_test(no_report_exits_like_an_answer_of_the_command),
		cmocka_unit_test(undefined_behaviour_is_reported_with_its_stack),
		cmocka_unit_test(handlers_of_the_fuzzing_engine_are_left_alone),
		cmocka_unit_test(nobody_waits_for_other_threads_at_exit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
