/* SPDX-License-Identifier: MIT */
/* large_search_test.c: blocks larger than usual come seldom, and with room. */
#include "edit.h"
#include "generate.h"
#include "stage.h"

#define ROUNDS 20000

static void nothing(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
}

static const struct target large = {
	.order_max = 6,
	.order_seldom = 6,
	.operations = { [OP_ALLOC] = nothing, [OP_FREE] = nothing },
};

static const struct target usual = {
	.order_max = 6,
	.operations = { [OP_ALLOC] = nothing, [OP_FREE] = nothing },
};

/* Counts blocks that @program asks for, by order. */
static void count_orders(const struct program *program, unsigned int *count)
{
	unsigned int nr = program_nr_ops(program), i, task, at;

	for (i = 0; i < nr && edit_place(program, i, &task, &at); i++) {
		const struct program_op *op =
			task < PROGRAM_TASKS ? &program->tasks[task].ops[at] :
					       &program->setup.ops[at];

		if (op->op != OP_ALLOC)
			continue;
		count[op->order]++;
		if (op->order > MUTATE_ORDER_USUAL)
			assert_in_range(program->config.pages, 4U << op->order,
					TARGET_PAGES_MAX);
	}
}

static void count_drawn(const struct target *target, unsigned int *count)
{
	struct program program;
	struct rng rng;
	unsigned int i;

	rng_seed(&rng, 1);
	for (i = 0; i < ROUNDS; i++) {
		generate_program(&program, target, &rng);
		count_orders(&program, count);
	}
}

static void larger_blocks_come_now_and_then(void **state)
{
	unsigned int count[PROGRAM_ORDER_MAX + 1] = { 0 }, order, sum = 0;

	(void)state;
	count_drawn(&large, count);
	for (order = 0; order <= PROGRAM_ORDER_MAX; order++)
		sum += count[order];
	for (order = 0; order <= MUTATE_ORDER_USUAL; order++)
		assert_in_range(count[order] * 100 / sum, 17, 20);
	assert_in_range(count[5] * 1000 / sum, 25, 38);
	assert_in_range(count[6] * 1000 / sum, 25, 38);
}

static void of_other_targets_they_do_not(void **state)
{
	unsigned int count[PROGRAM_ORDER_MAX + 1] = { 0 };

	(void)state;
	count_drawn(&usual, count);
	assert_int_not_equal(count[MUTATE_ORDER_USUAL], 0);
	assert_int_equal(count[5] + count[6], 0);
}

static void a_program_that_comes_to_ask_for_one_gets_room(void **state)
{
	unsigned int count[PROGRAM_ORDER_MAX + 1] = { 0 }, i;
	struct program program;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	program_clear(&program);
	for (i = 0; i < ROUNDS; i++) {
		if (!(i % 50))
			program_clear(&program);
		mutate_program(&program, &large, &rng);
		count_orders(&program, count);
	}
	assert_int_not_equal(count[6], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(larger_blocks_come_now_and_then),
		cmocka_unit_test(of_other_targets_they_do_not),
		cmocka_unit_test(a_program_that_comes_to_ask_for_one_gets_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
