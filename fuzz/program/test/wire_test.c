/* SPDX-License-Identifier: MIT */
/* wire_test.c: every byte string is a program, every program is bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "operation.h"
#include "program.h"

#define ROUNDS 20000

static void fill(void *data, size_t size, uint64_t *seed)
{
	uint8_t *byte = data;

	while (size--) {
		*seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
		*byte++ = *seed >> 56;
	}
}

/* Decode from memory that ends where the input ends. */
static void decode(const uint8_t *data, size_t size, struct program *program)
{
	uint8_t *exact = malloc(size ? size : 1);

	assert_non_null(exact);
	memcpy(exact, data, size);
	memset(program, 0xa5, sizeof(*program));
	program_decode(exact, size, program);
	free(exact);
}

static void assert_same(const struct program *a, const struct program *b)
{
	assert_true(program_equal(a, b));
}

/* It is normal, and it survives being bytes. */
static void expect_sound(const struct program *program)
{
	struct program normal = *program, again;
	uint8_t bytes[PROGRAM_BYTES_MAX];
	size_t size;

	program_normalize(&normal);
	assert_same(program, &normal);
	size = program_encode(program, bytes, sizeof(bytes));
	assert_in_range(size, 16, PROGRAM_BYTES_MAX);
	decode(bytes, size, &again);
	assert_same(program, &again);
}

/* Set-up, two tasks, a switch: every field has a value of its own. */
static const uint8_t example[] = {
	5, 2, 3, 4, 1, 0, 0, 0, /* pages 512, high 2, batch 4, fanout 64 ... */
	0, 2, 0, 0x80, 0, 0, 0, 0, /* ... task1 on CPU 3, task3 an interrupt */
	0x80, OP_ADD, 0, 3, 0, 0,
	1, OP_ALLOC, 0x01, 0, 0x82, 0,
	1, OP_GET, 0x08, 0, 0, 0,
	6, OP_LOOKUP_BATCH, 0, 63, 0x10, 0,
	1, 2, 0x34, 0x12, 8, 0,
};

/* Byte 5 speaks where byte 0 says 16, and nowhere else. */
static void fewer_pages_than_sixteen_are_in_byte_five(void **state)
{
	unsigned int first, fifth;

	(void)state;
	for (first = 0; first < 256; first++)
		for (fifth = 0; fifth < 256; fifth++) {
			const uint8_t header[16] = { [0] = first, [5] = fifth };
			unsigned int shift = first % 9;
			struct program program;

			decode(header, sizeof(header), &program);
			assert_int_equal(program.config.pages,
					 shift ? 16U << shift :
						 16U >> fifth % 4);
			expect_sound(&program);
		}
}

static void example_program(struct program *program)
{
	program_clear(program);
	program->config = (struct target_config){ 512, 2, 4, 6 };
	program->tasks[1].cpu = 3;
	program->tasks[3].irq = 1;
	program->setup.nr = 1;
	program->setup.ops[0] =
		(struct program_op){ OP_ADD, NO_HANDLE, NO_HANDLE, 3, 1,
				     0,	     0,		0,	   0, 0 };
	program->tasks[1].nr = 2;
	program->tasks[1].ops[0] = (struct program_op){
		OP_ALLOC, 0, NO_HANDLE, 0, 1, 2, 1, 0, 0, 0
	};
	program->tasks[1].ops[1] =
		(struct program_op){ OP_GET, 7, 0, 0, 1, 0, 0, 0, 0, 0 };
	program->tasks[6].nr = 1;
	program->tasks[6].ops[0] = (struct program_op){
		OP_LOOKUP_BATCH, NO_HANDLE, NO_HANDLE, 63, 2, 0, 0, 0, 0, 0
	};
	program->nr_switches = 1;
	program->switches[0] = (struct program_switch){
		.task = 1, .op = 2, .point = 0x1234, .next = TASK_RCU
	};
}

static void the_example_decodes_to_its_program(void **state)
{
	struct program expected, program;

	(void)state;
	example_program(&expected);
	decode(example, sizeof(example), &program);
	assert_same(&program, &expected);
}

static void a_program_encodes_to_the_example(void **state)
{
	uint8_t bytes[PROGRAM_BYTES_MAX];
	struct program program;

	(void)state;
	memset(bytes, 0xff, sizeof(bytes));
	example_program(&program);
	assert_int_equal(program_encode(&program, bytes, sizeof(bytes)),
			 sizeof(example));
	assert_memory_equal(bytes, example, sizeof(example));
}

static void zeros_of_any_length_are_the_empty_program(void **state)
{
	uint8_t zeros[PROGRAM_BYTES_MAX + 10] = { 0 };
	struct program empty, program;
	size_t size;

	(void)state;
	program_clear(&empty);
	program_decode(NULL, 0, &program);
	assert_same(&program, &empty);
	for (size = 0; size <= sizeof(zeros); size++) {
		decode(zeros, size, &program);
		assert_same(&program, &empty);
	}
}

static void beyond_the_end_of_a_short_header_come_zeros(void **state)
{
	struct program longer, shorter;
	uint8_t header[16];
	uint64_t seed = 3;
	size_t size;

	(void)state;
	for (size = 0; size < sizeof(header); size++) {
		memset(header, 0, sizeof(header));
		fill(header, size, &seed);
		decode(header, size, &shorter);
		decode(header, sizeof(header), &longer);
		assert_same(&shorter, &longer);
	}
}

static void every_normal_program_survives_being_bytes(void **state)
{
	struct program program;
	uint64_t seed = 4;
	int round, i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		fill(&program, sizeof(program), &seed);
		for (i = 0; i < PROGRAM_SWITCHES; i++)
			program.switches[i].site = 0;
		program_normalize(&program);
		expect_sound(&program);
	}
}

static void every_byte_string_is_a_normal_program(void **state)
{
	uint8_t bytes[PROGRAM_BYTES_MAX + 16];
	struct program program;
	uint64_t seed = 5;
	size_t size;
	int round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		size = (seed >> 33) % (sizeof(bytes) + 1);
		fill(bytes, size, &seed);
		decode(bytes, size, &program);
		expect_sound(&program);
	}
}

static void every_prefix_is_a_normal_program(void **state)
{
	uint8_t bytes[PROGRAM_BYTES_MAX];
	struct program program;
	uint64_t seed = 6;
	size_t size;
	int round;

	(void)state;
	for (round = 0; round < 20; round++) {
		fill(bytes, sizeof(bytes), &seed);
		for (size = 0; size <= sizeof(bytes); size++) {
			decode(bytes, size, &program);
			expect_sound(&program);
		}
	}
}

static void deleting_an_operation_leaves_all_else_in_place(void **state)
{
	uint8_t bytes[sizeof(example) - 6];
	struct program expected, program;

	(void)state;
	memcpy(bytes, example, 16);
	memcpy(bytes + 16, example + 22, sizeof(bytes) - 16);
	example_program(&expected);
	expected.setup.nr = 0;
	decode(bytes, sizeof(bytes), &program);
	assert_same(&program, &expected);
}

static void odd_bytes_in_the_middle_are_ignored(void **state)
{
	uint8_t bytes[sizeof(example) + 5];
	struct program expected, program;
	size_t extra, front = sizeof(example) - 6;

	(void)state;
	example_program(&expected);
	for (extra = 1; extra <= 5; extra++) {
		memset(bytes, 0xff, sizeof(bytes));
		memcpy(bytes, example, front);
		memcpy(bytes + front + extra, example + front, 6);
		decode(bytes, sizeof(example) + extra, &program);
		assert_same(&program, &expected);
	}
}

static void switches_are_as_many_as_there_is_room_for(void **state)
{
	uint8_t bytes[16 + 3 * 6 + 5] = { [4] = 48 };
	struct program program;

	(void)state;
	decode(bytes, sizeof(bytes), &program);
	assert_int_equal(program.nr_switches, 3);
	bytes[4] = 49;
	decode(bytes, sizeof(bytes), &program);
	assert_int_equal(program.nr_switches, 0);
}

static void the_last_record_is_the_first_switch(void **state)
{
	uint8_t bytes[16 + 2 * 6] = { [4] = 2, [17] = 1, [23] = 2 };
	struct program program;

	(void)state;
	decode(bytes, sizeof(bytes), &program);
	assert_int_equal(program.nr_switches, 2);
	assert_int_equal(program.switches[0].op, 2);
	assert_int_equal(program.switches[1].op, 1);
}

static void records_of_unknown_operations_take_no_room(void **state)
{
	uint8_t bytes[16 + 18 * 6] = { 0 };
	struct program program;
	int i;

	(void)state;
	for (i = 0; i < 18; i++) {
		bytes[16 + i * 6 + 1] = i < 8 ? OP_NOP : i < 16 ? 31 : 32;
		bytes[16 + i * 6 + 5] = 0xff;
	}
	bytes[16 + 17 * 6 + 1] = OP_ADD;
	decode(bytes, sizeof(bytes), &program);
	assert_int_equal(program_nr_ops(&program), 1);
	assert_int_equal(program.tasks[0].ops[0].op, OP_ADD);
}

static void records_of_a_full_list_are_dropped(void **state)
{
	uint8_t bytes[PROGRAM_BYTES_MAX] = { 0 };
	struct program program;
	size_t i;

	(void)state;
	for (i = 16; i + 6 <= sizeof(bytes); i += 6) {
		bytes[i] = i % 4 ? 0x80 : 2;
		bytes[i + 1] = OP_ADD;
		bytes[i + 3] = (i - 16) / 12;
	}
	decode(bytes, sizeof(bytes), &program);
	assert_int_equal(program.setup.nr, PROGRAM_SETUP_OPS);
	assert_int_equal(program.tasks[2].nr, PROGRAM_OPS);
	assert_int_equal(program.setup.ops[15].index, 15);
	assert_int_equal(program.tasks[2].ops[7].index, 7);
	assert_int_equal(program.tasks[0].nr, 0);
}

static void bytes_beyond_the_limit_are_ignored(void **state)
{
	uint8_t bytes[PROGRAM_BYTES_MAX + 100];
	struct program cut, program;
	uint64_t seed = 7;

	(void)state;
	fill(bytes, sizeof(bytes), &seed);
	decode(bytes, sizeof(bytes), &program);
	decode(bytes, PROGRAM_BYTES_MAX, &cut);
	assert_same(&program, &cut);
}

static void encoding_into_too_little_room_writes_nothing(void **state)
{
	uint8_t bytes[sizeof(example)], untouched[sizeof(example)];
	struct program program;
	size_t max;

	(void)state;
	memset(bytes, 0x77, sizeof(bytes));
	memset(untouched, 0x77, sizeof(bytes));
	example_program(&program);
	for (max = 0; max < sizeof(example); max++)
		assert_int_equal(program_encode(&program, bytes, max), 0);
	assert_memory_equal(bytes, untouched, sizeof(bytes));
}

static void a_switch_named_by_site_has_no_bytes(void **state)
{
	uint8_t bytes[PROGRAM_BYTES_MAX];
	struct program program;

	(void)state;
	example_program(&program);
	program.switches[0].site = 1;
	assert_int_equal(program_encode(&program, bytes, sizeof(bytes)), 0);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_example_decodes_to_its_program),
		TEST(a_program_encodes_to_the_example),
		TEST(fewer_pages_than_sixteen_are_in_byte_five),
		TEST(zeros_of_any_length_are_the_empty_program),
		TEST(beyond_the_end_of_a_short_header_come_zeros),
		TEST(every_normal_program_survives_being_bytes),
		TEST(every_byte_string_is_a_normal_program),
		TEST(every_prefix_is_a_normal_program),
		TEST(deleting_an_operation_leaves_all_else_in_place),
		TEST(odd_bytes_in_the_middle_are_ignored),
		TEST(switches_are_as_many_as_there_is_room_for),
		TEST(the_last_record_is_the_first_switch),
		TEST(records_of_unknown_operations_take_no_room),
		TEST(records_of_a_full_list_are_dropped),
		TEST(bytes_beyond_the_limit_are_ignored),
		TEST(encoding_into_too_little_room_writes_nothing),
		TEST(a_switch_named_by_site_has_no_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
