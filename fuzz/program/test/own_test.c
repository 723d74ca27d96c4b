/* SPDX-License-Identifier: MIT */
/* own_test.c: operations of a target's own, in text, in bytes, fitted. */
#include "fit.h"
#include "operation.h"
#include "understand.h"

enum {
	FIRST = OP_OWN,
	SECOND,
	THIRD
};

/* "put" is a word of operations.def as well. */
static const struct target target_map = {
	.name = "map",
	.operations = { [OP_PUT] = nothing },
	.own = { { .name = "set",
		   .run = nothing,
		   .arguments = { { "key", 2, 5 }, { "value", 0, 63 } } },
		 { .name = "put", .run = nothing },
		 { .name = "count",
		   .run = nothing,
		   .arguments = { { "from", 10, 12 } },
		   .weight = 3 } },
};

static const struct target *queue(void)
{
	return targets_find("queue", NULL)->target;
}

static void a_program_has_the_words_of_its_target(void **state)
{
	struct program program, again;
	char text[512];
	size_t length;

	(void)state;
	assert_string_equal(understand("task0 enqueue 4\ntask1 dequeue fail=2\n"
				       "target queue\n",
				       &program),
			    "");
	assert_int_equal(program.tasks[0].ops[0].op, FIRST);
	assert_int_equal(program.tasks[0].ops[0].index, 4);
	assert_int_equal(program.tasks[1].ops[0].op, SECOND);
	assert_int_equal(program.tasks[1].ops[0].fail, 2);
	length = text_print(&head, &program, sites_names(queue()), text,
			    sizeof(text));
	assert_non_null(strstr(text, "task0    enqueue 4\n"));
	assert_non_null(strstr(text, "task1    dequeue fail=2\n"));
	assert_true(text_parse(text, length, &head, &again, error, 128));
	assert_true(program_equal(&program, &again));
}

static void who_does_not_know_the_target_writes_all_numbers(void **state)
{
	struct program program, again;
	char text[512];
	size_t length;

	(void)state;
	assert_string_equal(
		understand("target queue\ntask0 enqueue 4\n", &program), "");
	*head.target = '\0';
	length = text_print(&head, &program, TEXT_NAMELESS, text, sizeof(text));
	assert_non_null(strstr(text, "task0    own_a 4 0\n"));
	assert_true(text_parse(text, length, &head, &again, error, 128));
	assert_true(program_equal(&program, &again));
}

static void
text_without_a_target_is_of_the_first_that_has_the_word(void **state)
{
	struct program program;

	(void)state;
	assert_string_equal(understand("task0 enqueue 4\n", &program), "");
	assert_int_equal(program.tasks[0].ops[0].op, FIRST);
	assert_string_equal(understand("task0 alloc\n", &program), "");
	assert_int_equal(program.tasks[0].ops[0].op, OP_ALLOC);
}

static void what_is_wrong_with_numbers_is_said(void **state)
{
	static const char *const wrong[][2] = {
		{ "enqueue", "line 3: missing value (1..9)" },
		{ "enqueue 0", "line 3: value out of range 1..9: \"0\"" },
		{ "enqueue 3 4", "line 3: unexpected word \"4\"" },
		{ "dequeue 1", "line 3: unexpected word \"1\"" },
		{ "enqeue 1",
		  "line 3: unknown operation \"enqeue\"; did you mean enqueue?" },
		{ "b0 = enqueue 1", "line 3: enqueue gives nothing to \"b0\"" },
	};
	struct program program;
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		snprintf(text, sizeof(text), "target queue\ntask0 %s\n",
			 wrong[i][0]);
		assert_string_equal(understand(text, &program), wrong[i][1]);
	}
}

static void its_own_word_comes_before_that_of_a_row(void **state)
{
	(void)state;
	assert_int_equal(operation_find("put", 3, &target_map), SECOND);
	assert_int_equal(operation_find("put", 3, NULL), OP_PUT);
	assert_int_equal(operation_find("page_put", 8, &target_map), OP_PUT);
	assert_string_equal(operation_word(OP_PUT, &target_map), "page_put");
	assert_string_equal(operation_word(OP_GET, &target_map), "get");
	assert_int_equal(operation_weight(THIRD, &target_map), 3);
	assert_int_equal(operation_weight(FIRST, &target_map), 8);
}

static void numbers_of_bytes_come_into_their_ranges(void **state)
{
	uint8_t bytes[22] = { [17] = FIRST, [19] = 200, [20] = 255 };
	struct program program, fitted;
	const struct program_op *op = &fitted.tasks[0].ops[0];
	unsigned int value;

	(void)state;
	program_decode(bytes, sizeof(bytes), &program);
	assert_int_equal(program.tasks[0].ops[0].index, 200 % 64);
	assert_int_equal(program.tasks[0].ops[0].count, 255 % 64);
	for (value = 0; value < 64; value++) {
		program.tasks[0].ops[0].index = (uint8_t)value;
		fitted = program;
		assert_int_equal(fit_program(&fitted, &target_map),
				 value < 2 || value > 5);
		assert_in_range(op->index, 2, 5);
		assert_int_equal(op->count, 63);
		assert_true(fit_op(&target_map, op));
		assert_false(fit_program(&fitted, &target_map));
	}
}

static void numbers_survive_bytes(void **state)
{
	struct program program, again;
	uint8_t bytes[PROGRAM_BYTES_MAX];
	unsigned int i;

	(void)state;
	for (i = 0; i < 64; i++) {
		program_clear(&program);
		program.tasks[1].ops[0] = (struct program_op){
			.op = (uint8_t)(FIRST + i % TARGET_OWN_MAX),
			.gives = NO_HANDLE,
			.takes = NO_HANDLE,
			.index = (uint8_t)i,
			.count = (uint8_t)(63 - i),
		};
		program.tasks[1].nr = 1;
		program_decode(bytes,
			       program_encode(&program, bytes, sizeof(bytes)),
			       &again);
		assert_true(program_equal(&program, &again));
	}
}

static void a_bit_says_which_six_of_the_targets_own(void **state)
{
	uint8_t bytes[16 + 4 * 6] = { 0 }, again[sizeof(bytes)];
	struct program program;
	int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		bytes[16 + i * 6 + 1] = i % 2 ? OP_OWN_F : OP_OWN_A;
		bytes[16 + i * 6 + 5] = i < 2 ? 0 : 2;
	}
	program_decode(bytes, sizeof(bytes), &program);
	assert_int_equal(program.tasks[0].ops[0].op, OP_OWN_A);
	assert_int_equal(program.tasks[0].ops[1].op, OP_OWN_F);
	assert_int_equal(program.tasks[0].ops[2].op, OP_OWN_G);
	assert_int_equal(program.tasks[0].ops[3].op, OP_OWN_L);
	assert_int_equal(program_encode(&program, again, sizeof(again)),
			 sizeof(bytes));
	assert_memory_equal(again, bytes, sizeof(bytes));
}

/* Of format 2: that byte says nothing of one that all targets have, or a failure. */
static void the_same_bit_of_others_is_ignored(void **state)
{
	uint8_t bytes[16 + 2 * 6] = { 0 };
	struct program program;

	(void)state;
	bytes[16 + 1] = 31;
	bytes[16 + 5] = 2;
	bytes[16 + 6 + 1] = OP_CMA;
	bytes[16 + 6 + 5] = 2;
	program_decode(bytes, sizeof(bytes), &program);
	assert_int_equal(program_nr_ops(&program), 1);
	assert_int_equal(program.tasks[0].ops[0].op, OP_CMA);
	assert_int_equal(program.tasks[0].ops[0].fail, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_has_the_words_of_its_target),
		cmocka_unit_test(
			who_does_not_know_the_target_writes_all_numbers),
		cmocka_unit_test(
			text_without_a_target_is_of_the_first_that_has_the_word),
		cmocka_unit_test(what_is_wrong_with_numbers_is_said),
		cmocka_unit_test(its_own_word_comes_before_that_of_a_row),
		cmocka_unit_test(numbers_of_bytes_come_into_their_ranges),
		cmocka_unit_test(numbers_survive_bytes),
		cmocka_unit_test(a_bit_says_which_six_of_the_targets_own),
		cmocka_unit_test(the_same_bit_of_others_is_ignored),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
