/* SPDX-License-Identifier: MIT */
/* program_test.c: the normal form of programs and their equality. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "operation.h"
#include "program.h"

#define ROUNDS 20000

/* Any bytes are a program, though hardly a normal one. */
static void fill(struct program *program, uint64_t *seed)
{
	uint8_t *byte = (uint8_t *)program;
	size_t i;

	for (i = 0; i < sizeof(*program); i++) {
		*seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
		byte[i] = *seed >> 56;
	}
}

static struct program with_op(struct program_op op)
{
	struct program program;

	program_clear(&program);
	program.tasks[0].nr = 1;
	program.tasks[0].ops[0] = op;
	program_normalize(&program);
	return program;
}

static void assert_op(const struct program_op *op,
		      const struct program_op *expected)
{
	assert_memory_equal(op, expected, sizeof(*op));
}

static void a_cleared_program_has_sixteen_pages_and_no_operation(void **state)
{
	struct program program;
	unsigned int task;

	(void)state;
	memset(&program, 0xff, sizeof(program));
	program_clear(&program);
	assert_int_equal(program.config.pages, 16);
	assert_int_equal(program.config.pcp_high, 0);
	assert_int_equal(program.config.pcp_batch, 1);
	assert_int_equal(program.config.fanout_shift, 2);
	assert_int_equal(program_nr_ops(&program), 0);
	assert_int_equal(program.nr_switches, 0);
	for (task = 0; task < PROGRAM_TASKS; task++) {
		assert_int_equal(program.tasks[task].cpu, task % MACHINE_CPUS);
		assert_int_equal(program.tasks[task].irq, 0);
	}
}

static void a_cleared_program_is_normal(void **state)
{
	struct program cleared, normal;

	(void)state;
	program_clear(&cleared);
	program_clear(&normal);
	program_normalize(&normal);
	assert_true(program_equal(&cleared, &normal));
}

static void normalizing_twice_changes_nothing(void **state)
{
	struct program once, twice;
	uint64_t seed = 1;
	int round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		fill(&once, &seed);
		program_normalize(&once);
		twice = once;
		program_normalize(&twice);
		assert_true(program_equal(&once, &twice));
	}
}

static void expect_legal_op(const struct program_op *op)
{
	const struct operation_info *info = operation_info(op->op);

	assert_in_range(op->op, 1, OP_COUNT - 1);
	assert_true(op->gives == NO_HANDLE || op->gives < PROGRAM_HANDLES);
	assert_true(op->gives == NO_HANDLE || info->gives != HANDLE_NONE);
	assert_true(op->takes == NO_HANDLE || op->takes < PROGRAM_HANDLES);
	if (info->takes != HANDLE_OWN)
		assert_int_equal(op->takes == NO_HANDLE,
				 info->takes == HANDLE_NONE);
	assert_in_range(op->index, 0, TARGET_FILE_PAGES - 1);
	assert_in_range(op->file, 0, TARGET_FILES_MAX - 1);
	if (info->arguments & ARG_OWN)
		assert_in_range(op->count, 0, TARGET_OWN_VALUE_MAX);
	else
		assert_in_range(op->count, 1, TARGET_BATCH_MAX);
	assert_in_range(op->order, 0, PROGRAM_ORDER_MAX);
	assert_in_range(op->compound, 0, 1);
}

static void expect_legal_list(const struct program_list *list, unsigned int max)
{
	unsigned int i;

	assert_in_range(list->nr, 0, max);
	assert_in_range(list->cpu, 0, MACHINE_CPUS - 1);
	assert_in_range(list->irq, 0, 1);
	for (i = 0; i < list->nr; i++)
		expect_legal_op(&list->ops[i]);
}

static void expect_legal(const struct program *program)
{
	const struct target_config *config = &program->config;
	unsigned int i;

	assert_in_range(config->pages, PROGRAM_PAGES_MIN, TARGET_PAGES_MAX);
	assert_int_equal(config->pages & (config->pages - 1), 0);
	assert_in_range(config->pcp_high, 0, 15);
	assert_in_range(config->pcp_batch, 1, 8);
	assert_in_range(config->fanout_shift, 1, 6);
	expect_legal_list(&program->setup, PROGRAM_SETUP_OPS);
	for (i = 0; i < PROGRAM_TASKS; i++)
		expect_legal_list(&program->tasks[i], PROGRAM_OPS);
	assert_in_range(program->nr_switches, 0, PROGRAM_SWITCHES);
	for (i = 0; i < program->nr_switches; i++) {
		const struct program_switch *entry = &program->switches[i];

		assert_in_range(entry->task, 0, TASK_RCU);
		assert_in_range(entry->kind, ENTRY_SWITCH, ENTRY_STALE);
		assert_in_range(entry->next, entry->kind == ENTRY_STALE,
				entry->kind == ENTRY_DELAY ? PROGRAM_UNTIL_MAX :
							     TASK_RCU);
		assert_true(!(entry->site || entry->kind) || entry->point);
	}
}

static void normalizing_brings_every_field_into_its_range(void **state)
{
	struct program program;
	uint64_t seed = 2;
	int round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		fill(&program, &seed);
		program_normalize(&program);
		expect_legal(&program);
	}
}

static void what_an_operation_does_not_read_becomes_neutral(void **state)
{
	struct program_op free_block = { OP_FREE, 3, 5, 7, 2, 4, 1, 0, 0, 0 };
	struct program_op expected = { OP_FREE, NO_HANDLE, 5, 0, 1,
				       0,	0,	   0, 0, 0 };
	struct program program = with_op(free_block);

	(void)state;
	assert_op(&program.tasks[0].ops[0], &expected);
}

static void what_an_operation_reads_stays(void **state)
{
	struct program_op alloc = {
		OP_ALLOC, 7, NO_HANDLE, 0, 1, 4, 1, 0, 0, 0
	};
	struct program_op batch = {
		OP_LOOKUP_BATCH, NO_HANDLE, NO_HANDLE, 63, 4, 0, 0, 0, 0, 0
	};
	struct program program = with_op(alloc);

	(void)state;
	assert_op(&program.tasks[0].ops[0], &alloc);
	program = with_op(batch);
	assert_op(&program.tasks[0].ops[0], &batch);
}

static void a_block_of_order_zero_is_never_compound(void **state)
{
	struct program_op alloc = {
		OP_ALLOC, 0, NO_HANDLE, 0, 1, 0, 1, 0, 0, 0
	};
	struct program program = with_op(alloc);

	(void)state;
	assert_int_equal(program.tasks[0].ops[0].compound, 0);
}

static void operations_that_do_nothing_are_removed(void **state)
{
	struct program program;

	(void)state;
	program_clear(&program);
	program.setup.nr = 4;
	program.setup.ops[0] = (struct program_op){ .op = OP_NOP };
	program.setup.ops[1] = (struct program_op){ .op = OP_ADD, .index = 1 };
	program.setup.ops[2] = (struct program_op){ .op = OP_COUNT };
	program.setup.ops[3] = (struct program_op){ .op = OP_ADD, .index = 2 };
	program_normalize(&program);
	assert_int_equal(program.setup.nr, 2);
	assert_int_equal(program.setup.ops[0].index, 1);
	assert_int_equal(program.setup.ops[1].index, 2);
}

static void set_up_has_no_cpu_and_is_no_interrupt(void **state)
{
	struct program program;

	(void)state;
	program_clear(&program);
	program.setup.cpu = 3;
	program.setup.irq = 1;
	program_normalize(&program);
	assert_int_equal(program.setup.cpu, 0);
	assert_int_equal(program.setup.irq, 0);
}

static void pages_become_the_power_of_two_at_or_below(void **state)
{
	static const unsigned int pages[][2] = {
		{ 0, 2 },	{ 3, 2 },      { 15, 8 },      { 16, 16 },
		{ 31, 16 },	{ 32, 32 },    { 4095, 2048 }, { 4096, 4096 },
		{ 4097, 4096 }, { ~0U, 4096 },
	};
	struct program program;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		program_clear(&program);
		program.config.pages = pages[i][0];
		program_normalize(&program);
		assert_int_equal(program.config.pages, pages[i][1]);
	}
}

static void a_site_is_counted_from_its_first_occurrence(void **state)
{
	struct program program;

	(void)state;
	program_clear(&program);
	program.nr_switches = 2;
	program.switches[0] = (struct program_switch){ .site = 7 };
	program.switches[1] = (struct program_switch){ .site = 0 };
	program_normalize(&program);
	assert_int_equal(program.switches[0].point, 1);
	assert_int_equal(program.switches[1].point, 0);
}

static void unused_parts_do_not_count_for_equality(void **state)
{
	struct program a, b;

	(void)state;
	memset(&a, 0x55, sizeof(a));
	memset(&b, 0xaa, sizeof(b));
	program_clear(&a);
	program_clear(&b);
	assert_true(program_equal(&a, &b));
}

/* Two operations and a switch, so that each kind of field is in use. */
static void small(struct program *program)
{
	program_clear(program);
	program->setup.nr = 1;
	program->setup.ops[0] = (struct program_op){ .op = OP_ADD };
	program->tasks[7].nr = 1;
	program->tasks[7].ops[0] = (struct program_op){ .op = OP_ALLOC };
	program->nr_switches = 1;
	program->switches[0] = (struct program_switch){ .task = 1 };
}

static void equality_notices_every_field(void **state)
{
	struct program a, b;

	(void)state;
#define NOTICES(field)                                                         \
	small(&a), small(&b), b.field ^= 1,                                    \
		assert_false(program_equal(&a, &b))
	NOTICES(config.pages);
	NOTICES(config.pcp_high);
	NOTICES(config.pcp_batch);
	NOTICES(config.fanout_shift);
	NOTICES(setup.nr);
	NOTICES(setup.ops[0].index);
	NOTICES(tasks[7].nr);
	NOTICES(tasks[7].cpu);
	NOTICES(tasks[7].irq);
	NOTICES(tasks[7].ops[0].op);
	NOTICES(tasks[7].ops[0].compound);
	NOTICES(nr_switches);
	NOTICES(switches[0].task);
	NOTICES(switches[0].op);
	NOTICES(switches[0].next);
	NOTICES(switches[0].point);
	NOTICES(switches[0].site);
#undef NOTICES
}

static void the_number_of_operations_counts_set_up_and_all_tasks(void **state)
{
	struct program program;

	(void)state;
	program_clear(&program);
	program.setup.nr = 5;
	program.tasks[0].nr = 2;
	program.tasks[7].nr = 8;
	assert_int_equal(program_nr_ops(&program), 15);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_cleared_program_has_sixteen_pages_and_no_operation),
		TEST(a_cleared_program_is_normal),
		TEST(normalizing_twice_changes_nothing),
		TEST(normalizing_brings_every_field_into_its_range),
		TEST(what_an_operation_does_not_read_becomes_neutral),
		TEST(what_an_operation_reads_stays),
		TEST(a_block_of_order_zero_is_never_compound),
		TEST(operations_that_do_nothing_are_removed),
		TEST(set_up_has_no_cpu_and_is_no_interrupt),
		TEST(pages_become_the_power_of_two_at_or_below),
		TEST(a_site_is_counted_from_its_first_occurrence),
		TEST(unused_parts_do_not_count_for_equality),
		TEST(equality_notices_every_field),
		TEST(the_number_of_operations_counts_set_up_and_all_tasks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
