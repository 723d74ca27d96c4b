/* SPDX-License-Identifier: MIT */
/* mutate_test.c: programs that come of others are legal and alike. */
#include "fit.h"
#include "operation.h"
#include "stage.h"

#define ROUNDS 20000

static void nothing(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
}

static void interrupt(enum operation op, const struct op_args *args,
		      struct op_result *result)
{
	(void)op, (void)args, (void)result;
}

/* Has everything there is. */
static struct target target_all = { .name = "all",
				    .order_max = TARGET_ORDER_MAX,
				    .compound = true,
				    .percpu = true,
				    .tree = true,
				    .interrupt = interrupt };

static int open_all(void **state)
{
	unsigned int op;

	for (op = 1; op < OP_OWN; op++)
		target_all.operations[op] = nothing;
	for (op = 0; op < TARGET_OWN_MAX; op++)
		target_all.own[op].run = nothing;
	return stage_open(state);
}

static void expect_legal(const struct program *program)
{
	struct program same = *program;
	uint8_t bytes[PROGRAM_BYTES_MAX];

	program_normalize(&same);
	assert_true(program_equal(&same, program));
	assert_in_range(program_encode(program, bytes, sizeof(bytes)), 1,
			PROGRAM_BYTES_MAX);
}

static void results_are_normalized_and_fit(void **state)
{
	struct program program;
	struct rng rng;
	unsigned int i;

	(void)state;
	rng_seed(&rng, 1);
	program_clear(&program);
	for (i = 0; i < ROUNDS; i++) {
		mutate_program(&program, &target_all, &rng);
		expect_legal(&program);
		if (i % 500 == 499)
			program_clear(&program);
	}
}

static void programs_grow_but_not_beyond_their_lists(void **state)
{
	unsigned int i, task, most = 0;
	struct program program;

	(void)state;
	for (i = 0; i < 50; i++) {
		stage_random(&program, i, 400);
		assert_in_range(program.setup.nr, 0, PROGRAM_SETUP_OPS);
		assert_in_range(program.nr_switches, 0, PROGRAM_SWITCHES);
		for (task = 0; task < PROGRAM_TASKS; task++)
			assert_in_range(program.tasks[task].nr, 0, PROGRAM_OPS);
		if (program_nr_ops(&program) > most)
			most = program_nr_ops(&program);
	}
	assert_in_range(most, 20, PROGRAM_TASKS * PROGRAM_OPS +
					  PROGRAM_SETUP_OPS);
}

static void mutation_is_deterministic_in_its_seed(void **state)
{
	struct program a, b;
	unsigned int i, other = 0;

	(void)state;
	for (i = 0; i < 200; i++) {
		stage_random(&a, i, 30);
		stage_random(&b, i, 30);
		assert_true(program_equal(&a, &b));
		stage_random(&b, i + 1, 30);
		other += !program_equal(&a, &b);
	}
	assert_in_range(other, 195, 200);
}

/* ---------------------------------------------------------------- switches */

/* Where "add @index" stands; -1 if no or another operation names the index. */
static int place_of(const struct program_list *list, unsigned int index)
{
	int i, at = -1;

	for (i = 0; i < list->nr; i++) {
		if (list->ops[i].index != index)
			continue;
		if (at >= 0 || list->ops[i].op != OP_ADD)
			return -1;
		at = i;
	}
	return at;
}

/* Were all of add 50 .. add 53 left alone? */
static bool all_there(const struct program *program)
{
	unsigned int index = 50;

	while (index < 54 && place_of(&program->tasks[0], index) >= 0)
		index++;
	return index == 54;
}

static void a_switch_stays_with_its_operation(void **state)
{
	struct program parent, program;
	unsigned int i, moved = 0, strayed = 0;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	stage_parse(&parent, "task0 add 50\ntask0 add 51\ntask0 add 52\n"
			     "task0 add 53\n"
			     "preempt task0 op2 point 999 -> task1\n");
	for (i = 0; i < ROUNDS; i++) {
		program = parent;
		mutate_program(&program, &target_all, &rng);
		if (!program.nr_switches || program.switches[0].point != 999 ||
		    !all_there(&program))
			continue;
		moved += program.switches[0].op != 2;
		strayed += program.switches[0].op !=
			   place_of(program.tasks, 52);
	}
	assert_true(moved > ROUNDS / 100);
	assert_true(strayed * 1000 < moved); /* another came that adds 52 */
}

static void a_switch_goes_with_its_operation(void **state)
{
	struct program parent, program;
	unsigned int i, gone = 0;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	stage_parse(&parent, "task0 add 50\n"
			     "preempt task0 op0 point 999 -> task1\n");
	for (i = 0; i < ROUNDS; i++) {
		program = parent;
		mutate_program(&program, &target_all, &rng);
		if (program.tasks[0].nr)
			continue;
		gone++;
		if (program.nr_switches)
			assert_int_not_equal(program.switches[0].point, 999);
	}
	assert_true(gone > ROUNDS / 100);
}

/* ------------------------------------------------------------------- parts */

static void random_operations_meet_what_is_there(void **state)
{
	unsigned int i, all = 0, met = 0, taken = 0, takers = 0;
	struct program program;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	stage_parse(&program, "setup add 37\nsetup b5 = alloc\n");
	for (i = 0; i < ROUNDS; i++) {
		struct program_op op = mutate_random_op(&program, &target_all, &rng);
		const struct operation_info *info = operation_info(op.op);

		assert_int_not_equal(op.op, OP_NOP);
		assert_in_range(op.op, 1, OP_COUNT - 1);
		if (info->arguments & ARG_INDEX) {
			all++;
			met += op.index == 37;
		}
		if (info->takes == HANDLE_BLOCK) {
			takers++;
			taken += op.takes == 5;
		}
	}
	assert_in_range(met * 100 / all, 60, 80);
	assert_in_range(taken * 100 / takers, 60, 80);
}

static void operations_come_by_their_weights(void **state)
{
	unsigned int count[OP_COUNT] = { 0 }, i, sum = 0;
	struct program program;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	program_clear(&program);
	for (i = 0; i < OP_COUNT; i++)
		sum += operation_info(i)->weight;
	for (i = 0; i < ROUNDS; i++)
		count[mutate_random_op(&program, &target_all, &rng).op]++;
	for (i = 0; i < OP_COUNT; i++) {
		unsigned int due = ROUNDS * operation_info(i)->weight / sum;

		assert_in_range(count[i], due * 8 / 10, due * 12 / 10);
	}
}

static void operations_are_those_that_the_target_has(void **state)
{
	const struct target few = {
		.operations = { [OP_ADD] = nothing, [OP_WRITE] = nothing },
	};
	const struct target none = { .name = "none" };
	unsigned int i, count[OP_COUNT] = { 0 };
	struct program program;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	program_clear(&program);
	for (i = 0; i < ROUNDS; i++)
		count[mutate_random_op(&program, &few, &rng).op]++;
	assert_int_equal(count[OP_ADD] + count[OP_WRITE], ROUNDS);
	assert_in_range(count[OP_ADD], ROUNDS * 7 / 10, ROUNDS * 8 / 10);
	assert_int_equal(mutate_random_op(&program, &none, &rng).op, OP_NOP);
}

/* What a hunt on the core tries does not change with what others can do. */
static void what_the_core_lacks_is_never_drawn(void **state)
{
	struct program program;
	uint32_t drawn = 0;
	unsigned int i;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	program_clear(&program);
	for (i = 0; i < ROUNDS; i++)
		drawn |= 1U << mutate_random_op(&program, stage_core("none"),
						&rng).op;
	assert_int_equal(drawn, (1U << (OP_READ + 1)) - 2);
}

static void nothing_is_asked_for_that_the_target_lacks(void **state)
{
	const struct target single = {
		.pages_min = 2,
		.operations = { [OP_ALLOC] = nothing, [OP_FREE] = nothing },
	};
	unsigned int i, few = 0;
	struct program program;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	for (i = 0; i < ROUNDS; i++) {
		if (!(i % 50))
			program_clear(&program);
		mutate_program(&program, &single, &rng);
		assert_false(fit_program(&program, &single));
		few += program.config.pages < TARGET_PAGES;
	}
	assert_in_range(few, ROUNDS / 2, ROUNDS);
}

static void a_reference_that_nobody_gives_is_not_put(void **state)
{
	const struct target target = {
		.operations = { [OP_ADD] = nothing, [OP_PUT] = nothing },
	};
	struct program program;
	unsigned int i;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	program_clear(&program);
	for (i = 0; i < ROUNDS; i++)
		assert_int_equal(mutate_random_op(&program, &target, &rng).op,
				 OP_ADD);
}

static void sizes_go_from_the_least_to_the_largest(void **state)
{
	struct target target = { .pages_min = 2 };
	unsigned int i, seen[TARGET_PAGES_MAX + 1] = { 0 }, pages;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	for (i = 0; i < ROUNDS; i++)
		seen[mutate_pages(&target, &rng)]++;
	for (pages = 2; pages <= TARGET_PAGES_MAX; pages *= 2)
		assert_true(seen[pages]);
	assert_in_range(seen[2] + seen[4] + seen[8], ROUNDS * 9 / 10, ROUNDS);
	target.pages_min = TARGET_PAGES_MAX;
	assert_int_equal(mutate_pages(&target, &rng), TARGET_PAGES_MAX);
}

/* The furthest point of switches that are drawn anew. */
static unsigned int furthest_point(const struct target *target)
{
	unsigned int round, i, most = 0;
	struct program program;
	struct rng rng;

	rng_seed(&rng, 1);
	for (round = 0; round < ROUNDS; round++) {
		program_clear(&program);
		mutate_program(&program, target, &rng);
		for (i = 0; i < program.nr_switches; i++)
			if (program.switches[i].point > most)
				most = program.switches[i].point;
	}
	return most;
}

static void points_go_as_far_out_as_operations_do(void **state)
{
	struct target far = target_all;

	(void)state;
	assert_in_range(furthest_point(&target_all), 1U << 6, 0x3ff);
	far.points_shift = 12;
	assert_in_range(furthest_point(&far), 1U << 11, (1U << 12) - 1);
}

/* What lies beyond a list's nr is undefined. */
static bool same_list(const struct program_list *a, const struct program_list *b)
{
	return a->nr == b->nr && a->cpu == b->cpu && a->irq == b->irq &&
	       !memcmp(a->ops, b->ops, a->nr * sizeof(a->ops[0]));
}

static void a_cross_has_each_list_from_either_parent(void **state)
{
	struct program a, b, child;
	unsigned int i, from_a = 0, task;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	for (i = 0; i < 300; i++) {
		stage_random(&a, 2 * i, 60);
		stage_random(&b, 2 * i + 1, 60);
		mutate_cross(&a, &b, &child, &rng);
		expect_legal(&child);
		for (task = 0; task < PROGRAM_TASKS; task++) {
			bool is_a = same_list(&child.tasks[task],
					      &a.tasks[task]);

			from_a += is_a;
			assert_true(is_a || same_list(&child.tasks[task],
						      &b.tasks[task]));
		}
	}
	assert_in_range(from_a, 300 * PROGRAM_TASKS * 2 / 5,
			300 * PROGRAM_TASKS * 9 / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_are_normalized_and_fit),
		cmocka_unit_test(programs_grow_but_not_beyond_their_lists),
		cmocka_unit_test(mutation_is_deterministic_in_its_seed),
		cmocka_unit_test(a_switch_stays_with_its_operation),
		cmocka_unit_test(a_switch_goes_with_its_operation),
		cmocka_unit_test(random_operations_meet_what_is_there),
		cmocka_unit_test(operations_come_by_their_weights),
		cmocka_unit_test(operations_are_those_that_the_target_has),
		cmocka_unit_test(what_the_core_lacks_is_never_drawn),
		cmocka_unit_test(nothing_is_asked_for_that_the_target_lacks),
		cmocka_unit_test(a_reference_that_nobody_gives_is_not_put),
		cmocka_unit_test(sizes_go_from_the_least_to_the_largest),
		cmocka_unit_test(points_go_as_far_out_as_operations_do),
		cmocka_unit_test(a_cross_has_each_list_from_either_parent),
	};

	return cmocka_run_group_tests(tests, open_all, stage_close);
}
