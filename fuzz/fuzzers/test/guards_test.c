/* SPDX-License-Identifier: MIT */
/* guards_test.c: what an engine that knows of edges only learns of features. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "guards.h"

/* As an instrumented object's constructor finds them. */
extern uint32_t __start___sancov_guards[], __stop___sancov_guards[];

static unsigned int nr_passed;
static uint32_t passed[FEEDBACK_MAP_SIZE];

void __sanitizer_cov_trace_pc_guard(uint32_t *guard);

/* The engine's part. */
void __sanitizer_cov_trace_pc_guard(uint32_t *guard)
{
	assert_true(nr_passed < FEEDBACK_MAP_SIZE);
	passed[nr_passed++] = *guard;
}

static void number_guards(uint32_t first)
{
	uint32_t *guard;

	for (guard = __start___sancov_guards; guard < __stop___sancov_guards;
	     guard++)
		*guard = first ? first++ : 0;
}

static void each_byte_of_the_map_has_a_guard(void **state)
{
	(void)state;
	assert_true(__stop___sancov_guards - __start___sancov_guards >=
		    FEEDBACK_MAP_SIZE);
}

static void features_pass_their_guards_once_and_are_cleared(void **state)
{
	static const uint8_t none[FEEDBACK_MAP_SIZE];
	uint8_t map[FEEDBACK_MAP_SIZE] = { [0] = 1, [77] = 128,
					   [FEEDBACK_MAP_SIZE - 1] = 3 };

	(void)state;
	number_guards(1000);
	nr_passed = 0;
	guards_take(map);
	assert_int_equal(nr_passed, 3);
	assert_int_equal(passed[1] - passed[0], 77);
	assert_int_equal(passed[2] - passed[0], FEEDBACK_MAP_SIZE - 1);
	assert_memory_equal(map, none, sizeof(map));
}

/* libFuzzer reads the map itself, and clears it. */
static void without_numbers_the_map_is_left_alone(void **state)
{
	uint8_t map[FEEDBACK_MAP_SIZE] = { [5] = 1 };

	(void)state;
	number_guards(0);
	nr_passed = 0;
	guards_take(map);
	assert_int_equal(nr_passed, 0);
	assert_int_equal(map[5], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_byte_of_the_map_has_a_guard),
		cmocka_unit_test(
			features_pass_their_guards_once_and_are_cleared),
		cmocka_unit_test(without_numbers_the_map_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
