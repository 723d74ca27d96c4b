/* SPDX-License-Identifier: MIT */
/* file_test.c: which file an operation is about, in text, in bytes, fitted. */
#include "fit.h"
#include "operation.h"
#include "understand.h"

enum {
	CUT = OP_OWN,
	DROP,
	REST
};

static const struct target target_drawer = {
	.name = "drawer",
	.more_files = 1,
	.operations = { [OP_ADD] = nothing,
			[OP_LOOKUP] = nothing,
			[OP_DRAIN] = nothing },
	.own = { { .name = "cut",
		   .run = nothing,
		   .arguments = { { "pages", 0, 63 } },
		   .indexed = true },
		 { .name = "drop", .run = nothing, .filed = true },
		 { .name = "rest",
		   .run = nothing,
		   .arguments = { { "turns", 0, 63 } } } },
};

/* Three that are about the second file, one that is about none. */
static void sample(struct program *program)
{
	assert_string_equal(understand("setup add 3 file=1\n"
				       "task0 own_a 5 0 file=1 fail=2\n"
				       "task1 own_b 0 0 file=1\n"
				       "task1 drain\n",
				       program),
			    "");
}

static void text_names_the_file(void **state)
{
	struct program program, again;
	char text[512];
	size_t length;

	(void)state;
	sample(&program);
	assert_int_equal(program.setup.ops[0].file, 1);
	assert_int_equal(program.setup.ops[0].index, 3);
	assert_int_equal(program.tasks[0].ops[0].file, 1);
	assert_int_equal(program.tasks[1].ops[1].file, 0);
	length = text_print(&head, &program, TEXT_NAMELESS, text, sizeof(text));
	assert_non_null(strstr(text, "setup    add 3 file=1\n"));
	assert_non_null(strstr(text, "task0    own_a 5 0 file=1 fail=2\n"));
	assert_true(text_parse(text, length, &head, &again, error, 128));
	assert_true(program_equal(&program, &again));
}

static void a_target_says_what_is_about_a_file(void **state)
{
	const struct text_names names = { NULL, &target_drawer };
	const struct text_names others = { NULL, stage_core("none") };
	struct program program;
	char text[512];

	(void)state;
	sample(&program);
	text_print(&head, &program, names, text, sizeof(text));
	assert_non_null(strstr(text, "task0    cut 5 file=1 fail=2\n"));
	assert_non_null(strstr(text, "task1    drop file=1\n"));
	text_print(&head, &program, others, text, sizeof(text));
	assert_null(strstr(text, "file="));
}

static void text_may_say_the_first_file(void **state)
{
	struct program program;

	(void)state;
	assert_string_equal(understand("task0 lookup 3 file=0\n", &program),
			    "");
	assert_int_equal(program.tasks[0].ops[0].file, 0);
}

static void what_is_wrong_with_a_file_is_said(void **state)
{
	static const char *const wrong[][2] = {
		{ "lookup 3 file=2", "line 2: file out of range 0..1: \"2\"" },
		{ "lookup 3 file=", "line 2: missing file (0..1)" },
		{ "lookup 3 file=1 file=1",
		  "line 2: unexpected word \"file=1\"" },
		{ "drain file=1", "line 2: unexpected word \"file=1\"" },
		{ "isolate 3 file=1", "line 2: unexpected word \"file=1\"" },
		{ "lookup 3 fil=1",
		  "line 2: unexpected word \"fil=1\"; did you mean file?" },
	};
	struct program program;
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		snprintf(text, sizeof(text), "task0 %s\n", wrong[i][0]);
		assert_string_equal(understand(text, &program), wrong[i][1]);
	}
}

static void bytes_have_a_bit_for_it(void **state)
{
	struct program program, again;
	uint8_t bytes[256];
	size_t size;

	(void)state;
	sample(&program);
	size = program_encode(&program, bytes, sizeof(bytes));
	assert_int_equal(bytes[16 + 5], 1);
	program_decode(bytes, size, &again);
	assert_true(program_equal(&program, &again));
	bytes[16 + 5] = 0xfc; /* those bits are nobody's */
	program_decode(bytes, size, &again);
	assert_int_equal(again.setup.ops[0].file, 0);
	assert_int_equal(again.setup.ops[0].op, OP_ADD);
}

/* Beside the bit for the second six of the target's own. */
static void bits_of_a_record_are_apart(void **state)
{
	struct program program, again;
	uint8_t bytes[256];
	size_t size;

	(void)state;
	assert_string_equal(understand("task0 own_g 1 2 file=1\n", &program),
			    "");
	size = program_encode(&program, bytes, sizeof(bytes));
	assert_int_equal(bytes[16 + 5], 3);
	program_decode(bytes, size, &again);
	assert_true(program_equal(&program, &again));
}

static void one_file_is_all_that_some_have(void **state)
{
	struct program program;
	unsigned int i;

	(void)state;
	sample(&program);
	assert_false(fit_op(stage_core("none"), &program.setup.ops[0]));
	assert_true(fit_program(&program, stage_core("none")));
	for (i = 0; i < 2; i++)
		assert_int_equal(program.tasks[i].ops[0].file, 0);
	assert_int_equal(program.setup.ops[0].file, 0);
	assert_true(fit_op(stage_core("none"), &program.setup.ops[0]));
}

static void who_is_about_no_file_gets_none(void **state)
{
	struct program program;

	(void)state;
	assert_string_equal(understand("task0 own_a 5 0 file=1\n"
				       "task0 own_b 0 0 file=1\n"
				       "task0 own_c 5 0 file=1\n"
				       "task0 lookup 5 file=1\n",
				       &program),
			    "");
	assert_true(fit_program(&program, &target_drawer));
	assert_int_equal(program.tasks[0].ops[0].file, 1);
	assert_int_equal(program.tasks[0].ops[1].file, 1);
	assert_int_equal(program.tasks[0].ops[2].file, 0);
	assert_int_equal(program.tasks[0].ops[3].file, 1);
	assert_false(fit_program(&program, &target_drawer));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_names_the_file),
		cmocka_unit_test(a_target_says_what_is_about_a_file),
		cmocka_unit_test(text_may_say_the_first_file),
		cmocka_unit_test(what_is_wrong_with_a_file_is_said),
		cmocka_unit_test(bytes_have_a_bit_for_it),
		cmocka_unit_test(bits_of_a_record_are_apart),
		cmocka_unit_test(one_file_is_all_that_some_have),
		cmocka_unit_test(who_is_about_no_file_gets_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
