/* SPDX-License-Identifier: MIT */
/*
 * reorder_test.c: reorderings beside switches, as bytes, as text, in edits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "edit.h"
#include "program.h"

#define SIZE (16 + 2 * 6)
#define ROUNDS 20000

/* Two entries; @weak: byte 6, @kind: byte 5 of the first, which is the last. */
static void decode_two(uint8_t weak, uint8_t kind, struct program *program)
{
	uint8_t bytes[SIZE] = { [4] = 2,  [6] = weak, [22] = 1,	  [23] = 2,
				[24] = 3, [26] = 26,  [27] = kind };

	program_decode(bytes, sizeof(bytes), program);
	assert_int_equal(program->nr_switches, 2);
	assert_int_equal(program->switches[0].op, 2);
	assert_int_equal(program->switches[0].point, 3);
	assert_int_equal(program->switches[1].kind, ENTRY_SWITCH);
}

static void without_byte_six_every_record_is_a_switch(void **state)
{
	struct program program;
	unsigned int kind;

	(void)state;
	for (kind = 0; kind < 256; kind++) {
		decode_two(2, (uint8_t)kind, &program);
		assert_int_equal(program.switches[0].kind, ENTRY_SWITCH);
		assert_int_equal(program.switches[0].next, 26 % 9);
		assert_int_equal(program_nr_reorderings(&program), 0);
	}
}

static void byte_five_says_what_an_entry_is(void **state)
{
	struct program program;

	(void)state;
	decode_two(1, 3, &program);
	assert_int_equal(program.switches[0].kind, ENTRY_SWITCH);
	decode_two(1, 4, &program);
	assert_int_equal(program.switches[0].kind, ENTRY_DELAY);
	assert_int_equal(program.switches[0].next, 26 % 16);
	decode_two(1, 5, &program);
	assert_int_equal(program.switches[0].kind, ENTRY_STALE);
	assert_int_equal(program.switches[0].next, 1 + 26 % 8);
	assert_int_equal(program_nr_reorderings(&program), 1);
}

/* There is no access in front of the first. */
static void a_reordering_at_the_beginning_is_of_the_first_access(void **state)
{
	uint8_t bytes[16 + 6] = { [4] = 1, [6] = 1, [21] = ENTRY_DELAY };
	struct program program;

	(void)state;
	program_decode(bytes, sizeof(bytes), &program);
	assert_int_equal(program.switches[0].point, 1);
}

static bool parse(const char *line, struct program *program, char *error)
{
	char text[256];
	struct text_head head;
	int length = snprintf(text, sizeof(text), "pagerace 1\n%s\n", line);

	return text_parse(text, (size_t)length, &head, program, error, 128);
}

/* It is read, and printed as it was written. */
static void expect_line(const char *line, enum entry_kind kind,
			unsigned int times)
{
	static const struct text_head head;
	char text[256], error[128];
	struct program program;

	assert_true(parse(line, &program, error));
	assert_int_equal(program.nr_switches, 1);
	assert_int_equal(program.switches[0].kind, kind);
	assert_int_equal(program.switches[0].next, times);
	assert_true(
		text_print(&head, &program, TEXT_NAMELESS, text, sizeof(text)));
	assert_non_null(strstr(text, line));
}

static void text_says_where_and_how_far(void **state)
{
	(void)state;
	expect_line("delay    task1 op2 point 3\n", ENTRY_DELAY, 0);
	expect_line("delay    rcu op9 before 0x0000abcd#2 until 4\n",
		    ENTRY_DELAY, 4);
	expect_line("stale    task0 op0 before 0x0000abcd#1 back 8\n",
		    ENTRY_STALE, 8);
}

static void what_is_left_out_is_the_simplest(void **state)
{
	struct program program;
	char error[128];

	(void)state;
	assert_true(parse("stale task0 op0 before f(until x -> y)", &program,
			  error));
	assert_int_equal(program.switches[0].next, 1);
	assert_int_equal(program.switches[0].point, 1);
	assert_true(parse("delay task0 op0 before f(back 1) until 2", &program,
			  error));
	assert_int_equal(program.switches[0].next, 2);
}

static void expect_error(const char *line, const char *expected)
{
	struct program program;
	char error[128] = "";

	assert_false(parse(line, &program, error));
	assert_string_equal(error, expected);
}

static void what_a_reordering_cannot_be_is_refused(void **state)
{
	(void)state;
	expect_error("delay task0 op0 begin",
		     "line 2: expected point or before: \"begin\"");
	expect_error("delay task0 op0 point 0",
		     "line 2: point out of range 1..65535: \"0\"");
	expect_error("delay task0 op0 point 1 -> task1",
		     "line 2: expected \"until\": \"->\"");
	expect_error("stale task0 op0 point 1 back 0",
		     "line 2: back out of range 1..8: \"0\"");
	expect_error("stale task0 op0 point 1 back 9",
		     "line 2: back out of range 1..8: \"9\"");
	expect_error("delay task0 op0 point 1 until 16",
		     "line 2: until out of range 0..15: \"16\"");
}

/* Both ways, of any bytes. */
static void every_program_survives(void **state)
{
	static const struct text_head head;
	uint8_t bytes[PROGRAM_BYTES_MAX], back[PROGRAM_BYTES_MAX];
	char text[16384], error[128];
	struct program program, again;
	struct text_head read;
	uint32_t seed = 1;
	size_t i, size, length;
	int round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		size = 16 + (seed >> 8) % 160;
		for (i = 0; i < size; i++)
			bytes[i] = (uint8_t)((seed = seed * 1664525 +
						     1013904223) >>
					     24);
		bytes[6] |= 1;
		program_decode(bytes, size, &program);
		length = program_encode(&program, back, sizeof(back));
		program_decode(back, length, &again);
		assert_true(program_equal(&program, &again));
		length = text_print(&head, &program, TEXT_NAMELESS, text,
				    sizeof(text));
		assert_true(text_parse(text, length, &read, &again, error,
				       sizeof(error)));
		assert_true(program_equal(&program, &again));
	}
}

static void kinds_count_for_equality(void **state)
{
	struct program a, b;

	(void)state;
	decode_two(1, ENTRY_DELAY, &a);
	b = a;
	b.switches[0].kind = ENTRY_STALE;
	assert_false(program_equal(&a, &b));
}

/* As switches do: relative to an operation, and gone with it. */
static void reorderings_move_with_their_operation(void **state)
{
	struct program program;
	char error[128];

	(void)state;
	assert_true(parse("task0 add 1\ntask0 add 2\ntask0 add 3\n"
			  "stale task0 op2 point 5 back 2\n"
			  "delay task0 op0 point 1",
			  &program, error));
	edit_remove_op(&program, &program.tasks[0], 0);
	assert_int_equal(program.nr_switches, 1);
	assert_int_equal(program.switches[0].op, 1);
	assert_int_equal(program.switches[0].kind, ENTRY_STALE);
	assert_int_equal(program.switches[0].next, 2);
	assert_int_equal(program.switches[0].point, 5);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(without_byte_six_every_record_is_a_switch),
		TEST(byte_five_says_what_an_entry_is),
		TEST(a_reordering_at_the_beginning_is_of_the_first_access),
		TEST(text_says_where_and_how_far),
		TEST(what_is_left_out_is_the_simplest),
		TEST(what_a_reordering_cannot_be_is_refused),
		TEST(every_program_survives),
		TEST(kinds_count_for_equality),
		TEST(reorderings_move_with_their_operation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
