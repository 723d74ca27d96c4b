/* SPDX-License-Identifier: MIT */
/*
 * fail_test.c: an allocation that is to fail, as bytes and as text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "program.h"

#define HEADER 16

/* Records of operations behind an empty header. */
static void decode_records(const uint8_t *records, size_t size,
			   struct program *program)
{
	uint8_t bytes[PROGRAM_BYTES_MAX] = { 0 };

	memcpy(bytes + HEADER, records, size);
	program_decode(bytes, HEADER + size, program);
}

static bool parses(const char *line, struct program *program)
{
	char text[256], error[256];
	struct text_head head;
	int length = snprintf(text, sizeof(text), "pagerace 1\n%s\n", line);

	return text_parse(text, (size_t)length, &head, program, error,
			  sizeof(error));
}

static void expect_fail(const struct program_op *op, unsigned int fail, bool on)
{
	assert_int_equal(op->fail, fail);
	assert_int_equal(op->fail_on, on);
}

static void a_failure_is_of_the_next_operation_of_its_list(void **state)
{
	static const uint8_t records[] = {
		1,    31,     0, 1, 0x80,   0, /* of task1 ... */
		0x80, 31,     0, 9, 0,	    0, /* ... of set-up, 1 + 9 % 8 ... */
		0,    OP_ADD, 0, 3, 0,	    0, /* ... not of this one */
		0x80, OP_ADD, 0, 4, 0,	    0, 1, OP_ADD, 0,
		5,    0,      0, 1, OP_ADD, 0, 6, 0,	  0, /* and no other */
	};
	struct program program;

	(void)state;
	decode_records(records, sizeof(records), &program);
	assert_int_equal(program_nr_ops(&program), 4);
	expect_fail(&program.tasks[0].ops[0], 0, false);
	expect_fail(&program.setup.ops[0], 2, false);
	expect_fail(&program.tasks[1].ops[0], 2, true);
	expect_fail(&program.tasks[1].ops[1], 0, false);
}

static void a_failure_with_no_operation_behind_it_is_nothing(void **state)
{
	static const uint8_t records[] = {
		0, OP_ADD, 0, 3, 0, 0, 0, 31, 0, 1, 0, 0,
	};
	struct program program;

	(void)state;
	decode_records(records, sizeof(records), &program);
	assert_int_equal(program_nr_ops(&program), 1);
	expect_fail(&program.tasks[0].ops[0], 0, false);
}

/* What no operation used says nothing: format 1 began so. */
static void byte_five_of_an_operation_is_still_ignored(void **state)
{
	uint8_t records[] = { 0, OP_ADD, 0, 3, 0, 0 };
	struct program program;
	unsigned int byte;

	(void)state;
	for (byte = 0; byte < 256; byte++) {
		records[5] = (uint8_t)byte;
		decode_records(records, sizeof(records), &program);
		expect_fail(&program.tasks[0].ops[0], 0, false);
	}
}

static void failing_everywhere(struct program *program)
{
	unsigned int task, i;

	program_clear(program);
	for (task = 0; task < PROGRAM_TASKS; task++)
		for (i = 0; i < PROGRAM_OPS; i++)
			program->tasks[task].ops[i] = (struct program_op){
				.op = OP_ADD,
				.index = (uint8_t)i,
				.count = 1,
				.fail = (uint8_t)(i + 1),
				.fail_on = task & 1,
			};
	for (task = 0; task < PROGRAM_TASKS; task++)
		program->tasks[task].nr = PROGRAM_OPS;
	for (i = 0; i < PROGRAM_SETUP_OPS; i++)
		program->setup.ops[i] =
			(struct program_op){ .op = OP_DRAIN, .fail = 200 };
	program->setup.nr = PROGRAM_SETUP_OPS;
	program->nr_switches = PROGRAM_SWITCHES;
	memset(program->switches, 0, sizeof(program->switches));
}

static void the_largest_program_survives_bytes(void **state)
{
	uint8_t bytes[PROGRAM_BYTES_MAX];
	struct program program, again;
	unsigned int task, i, nr = 0;
	size_t size;

	(void)state;
	failing_everywhere(&program);
	program_normalize(&program);
	size = program_encode(&program, bytes, sizeof(bytes));
	assert_in_range(size, 1, sizeof(bytes));
	program_decode(bytes, size, &again);
	assert_true(program_equal(&program, &again));
	for (i = 0; i < PROGRAM_SETUP_OPS; i++)
		nr += !!again.setup.ops[i].fail;
	for (task = 0; task < PROGRAM_TASKS; task++)
		for (i = 0; i < PROGRAM_OPS; i++)
			nr += !!again.tasks[task].ops[i].fail;
	assert_int_equal(nr, PROGRAM_FAILS);
}

static void expect_text(const char *line, unsigned int fail, bool on)
{
	struct program program;
	char text[64];

	assert_true(parses(line, &program));
	expect_fail(&program.tasks[0].ops[0], fail, on);
	text_print_op(&program.tasks[0].ops[0], NULL, text, sizeof(text));
	assert_string_equal(text, line + strlen("task0 "));
}

static void text_says_it_with_a_word_of_any_operation(void **state)
{
	(void)state;
	expect_text("task0 add 3 fail=1", 1, false);
	expect_text("task0 drain fail=8", 8, false);
	expect_text("task0 b0 = alloc order=1 compound fail=2+", 2, true);
	expect_text("task0 add 3", 0, false);
}

static void text_says_it_once_and_right(void **state)
{
	static const char *const wrong[] = {
		"task0 add 3 fail=0",	     "task0 add 3 fail=9",
		"task0 add 3 fail=1++",	     "task0 add 3 fail=+",
		"task0 add 3 fail=",	     "task0 add 3 fail",
		"task0 add 3 fail=1 fail=2",
	};
	struct program program;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (parses(wrong[i], &program))
			fail_msg("\"%s\" is understood", wrong[i]);
}

static void programs_differ_in_what_fails(void **state)
{
	struct program a, b;

	(void)state;
	assert_true(parses("task0 add 3 fail=1", &a));
	assert_true(parses("task0 add 3 fail=1+", &b));
	assert_false(program_equal(&a, &b));
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_failure_is_of_the_next_operation_of_its_list),
		TEST(a_failure_with_no_operation_behind_it_is_nothing),
		TEST(byte_five_of_an_operation_is_still_ignored),
		TEST(the_largest_program_survives_bytes),
		TEST(text_says_it_with_a_word_of_any_operation),
		TEST(text_says_it_once_and_right),
		TEST(programs_differ_in_what_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
