/* SPDX-License-Identifier: MIT */
/* own_handle_test.c: handles of a target's own kinds, in text, in bytes, fitted. */
#include "fit.h"
#include "operation.h"
#include "understand.h"

enum {
	OPEN = OP_OWN,
	USE,
	CLOSE,
	DUP,
	MAKE
};

/* Nobody gives what "make" takes but who takes it. */
static const struct target target_desk = {
	.name = "desk",
	.own = { { .name = "open", .run = nothing, .gives = "file" },
		 { .name = "use",
		   .run = nothing,
		   .takes = "file",
		   .arguments = { { "how", 0, 63 } } },
		 { .name = "close",
		   .run = nothing,
		   .takes = "file",
		   .spends = true },
		 { .name = "dup",
		   .run = nothing,
		   .takes = "file",
		   .gives = "file" },
		 { .name = "make",
		   .run = nothing,
		   .takes = "pool",
		   .gives = "pool" } },
};

static const struct target *boxes(void)
{
	return targets_find("boxes", NULL)->target;
}

static void a_program_names_what_it_gets_and_what_it_takes(void **state)
{
	struct program program, again;
	const struct program_op *ops = program.tasks[0].ops;
	char text[512];
	size_t length;

	(void)state;
	assert_string_equal(
		understand("target boxes\ntask0 h7 = open\n"
			   "task0 write h7 4 fail=1\ntask0 close h0\n"
			   "task1 open\n",
			   &program),
		"");
	assert_int_equal(ops[0].gives, 7);
	assert_int_equal(ops[0].takes, NO_HANDLE);
	assert_int_equal(ops[1].takes, 7);
	assert_int_equal(ops[1].index, 4);
	assert_int_equal(ops[2].takes, 0);
	assert_int_equal(program.tasks[1].ops[0].gives, NO_HANDLE);
	length = text_print(&head, &program, sites_names(boxes()), text,
			    sizeof(text));
	assert_non_null(strstr(text, "task0    h7 = open\n"
				     "task0    write h7 4 fail=1\n"
				     "task0    close h0\n"
				     "task1    open\n"));
	assert_true(text_parse(text, length, &head, &again, error, 128));
	assert_true(program_equal(&program, &again));
}

static void who_does_not_know_the_target_writes_handles_too(void **state)
{
	struct program program, again;
	char text[512];
	size_t length;

	(void)state;
	assert_string_equal(understand("target boxes\ntask0 h1 = open\n"
				       "task0 write h1 4\ntask0 read h0\n",
				       &program),
			    "");
	*head.target = '\0';
	length = text_print(&head, &program, TEXT_NAMELESS, text, sizeof(text));
	assert_non_null(strstr(text, "task0    h1 = own_a 0 0\n"
				     "task0    own_b h1 4 0\n"
				     "task0    own_c h0 0 0\n"));
	assert_true(text_parse(text, length, &head, &again, error, 128));
	assert_true(program_equal(&program, &again));
}

static void what_is_wrong_with_handles_is_said(void **state)
{
	static const char *const wrong[][2] = {
		{ "read", "line 3: missing operand (h0 to h7)" },
		{ "write 3", "line 3: 3: handles are h0 to h7" },
		{ "read h8", "line 3: h8: handles are h0 to h7" },
		{ "read b0", "line 3: b0: handles are h0 to h7" },
		{ "r0 = open", "line 3: r0: handles are h0 to h7" },
		{ "h0 = close h0", "line 3: close gives nothing to \"h0\"" },
		{ "h0 = open h1", "line 3: unexpected word \"h1\"" },
		{ "write h0", "line 3: missing number (1..9)" },
	};
	struct program program;
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		snprintf(text, sizeof(text), "target boxes\ntask0 %s\n",
			 wrong[i][0]);
		assert_string_equal(understand(text, &program), wrong[i][1]);
	}
}

static struct program one_op(unsigned int op, uint8_t gives, uint8_t takes)
{
	struct program program;

	program_clear(&program);
	program.tasks[1].nr = 1;
	program.tasks[1].ops[0] = (struct program_op){ .op = (uint8_t)op,
						       .gives = gives,
						       .takes = takes };
	return program;
}

static void handles_survive_bytes(void **state)
{
	static const uint8_t names[] = { NO_HANDLE, 0, 1, 2, 3, 4, 5, 6, 7 };
	uint8_t bytes[PROGRAM_BYTES_MAX];
	struct program program, again;
	unsigned int i;

	(void)state;
	for (i = 0; i < 81; i++) {
		program = one_op(USE, names[i / 9], names[i % 9]);
		program_decode(bytes,
			       program_encode(&program, bytes, sizeof(bytes)),
			       &again);
		assert_true(program_equal(&program, &again));
	}
}

/* Before there were handles the byte that has them now was ignored. */
static void rows_without_handles_have_none_whatever_bytes_say(void **state)
{
	const struct target *queue = targets_find("queue", NULL)->target;
	uint8_t bytes[22] = { [17] = OP_OWN, [19] = 3 };
	struct program old, program;
	unsigned int byte;

	(void)state;
	program_decode(bytes, sizeof(bytes), &old);
	fit_program(&old, queue);
	for (byte = 0; byte < 256; byte++) {
		bytes[18] = (uint8_t)byte;
		program_decode(bytes, sizeof(bytes), &program);
		fit_program(&program, queue);
		assert_true(program_equal(&old, &program));
		assert_true(fit_op(queue, &program.tasks[0].ops[0]));
	}
}

static void a_row_that_takes_takes_the_first_if_nobody_says_which(void **state)
{
	struct program program = one_op(USE, 3, NO_HANDLE);
	const struct program_op *op = &program.tasks[1].ops[0];

	(void)state;
	assert_false(fit_op(&target_desk, op));
	assert_true(fit_program(&program, &target_desk));
	assert_int_equal(op->takes, 0);
	assert_int_equal(op->gives, NO_HANDLE);
	assert_true(fit_op(&target_desk, op));
	assert_false(fit_program(&program, &target_desk));
	program = one_op(OPEN, 3, 4);
	assert_true(fit_program(&program, &target_desk));
	assert_int_equal(op->takes, NO_HANDLE);
	assert_int_equal(op->gives, 3);
}

static void who_hands_what_to_whom_is_said_by_rows(void **state)
{
	(void)state;
	assert_true(operation_hands(&target_desk, OPEN, USE));
	assert_true(operation_hands(&target_desk, DUP, CLOSE));
	assert_false(operation_hands(&target_desk, USE, CLOSE));
	assert_false(operation_hands(&target_desk, MAKE, USE));
	assert_false(operation_hands(&target_desk, OPEN, OP_FREE));
	assert_true(operation_hands(&target_desk, OP_ALLOC, OP_FREE));
	assert_int_equal(operation_back(&target_desk, DUP), CLOSE);
	assert_int_equal(operation_back(&target_desk, MAKE), OP_NOP);
	assert_true(fit_possible(&target_desk, CLOSE));
	assert_false(fit_possible(&target_desk, MAKE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_program_names_what_it_gets_and_what_it_takes),
		cmocka_unit_test(
			who_does_not_know_the_target_writes_handles_too),
		cmocka_unit_test(what_is_wrong_with_handles_is_said),
		cmocka_unit_test(handles_survive_bytes),
		cmocka_unit_test(
			rows_without_handles_have_none_whatever_bytes_say),
		cmocka_unit_test(
			a_row_that_takes_takes_the_first_if_nobody_says_which),
		cmocka_unit_test(who_hands_what_to_whom_is_said_by_rows),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
