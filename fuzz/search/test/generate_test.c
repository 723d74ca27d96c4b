/* SPDX-License-Identifier: MIT */
/* generate_test.c: programs from nothing. */
#include "generate.h"
#include "edit.h"
#include "fit.h"
#include "operation.h"
#include "stage.h"

#define DRAWS 20000

static void draw(struct program *program, uint64_t seed)
{
	struct rng rng;

	rng_seed(&rng, seed);
	generate_program(program, stage_core("none"), &rng);
}

static void programs_are_deterministic_in_their_seeds(void **state)
{
	struct program one, two;
	unsigned int seed, alike = 0;

	(void)state;
	for (seed = 0; seed < 100; seed++) {
		draw(&one, seed);
		draw(&two, seed);
		assert_true(program_equal(&one, &two));
		draw(&two, seed + 1);
		alike += program_equal(&one, &two);
	}
	assert_in_range(alike, 0, 5);
}

static void programs_are_legal_short_and_without_a_schedule(void **state)
{
	struct program program, same;
	unsigned int seed, task;

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		draw(&program, seed);
		same = program;
		program_normalize(&same);
		assert_true(program_equal(&same, &program));
		assert_int_equal(program.nr_switches, 0);
		for (task = 0; task < PROGRAM_TASKS; task++)
			assert_in_range(program.tasks[task].nr, 0,
					2 * GENERATE_OPS);
		assert_int_equal(program.tasks[3].nr, 0);
	}
}

/* Does some operation of @program give what @op takes? */
static bool is_given(struct program *program, const struct program_op *op)
{
	const struct operation_info *info = operation_info(op->op), *theirs;
	const struct program_op *other;
	unsigned int nr = 0;

	while ((other = edit_op(program, nr++))) {
		theirs = operation_info(other->op);
		if (theirs->gives == info->takes && other->gives == op->takes)
			return true;
	}
	return false;
}

static void what_is_taken_is_given(void **state)
{
	struct program program;
	const struct program_op *op;
	unsigned int seed, nr, taken = 0;

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		draw(&program, seed);
		for (nr = 0; (op = edit_op(&program, nr)); nr++) {
			if (operation_info(op->op)->takes == HANDLE_NONE)
				continue;
			taken++;
			assert_true(is_given(&program, op));
		}
	}
	assert_in_range(taken, DRAWS, 10 * DRAWS);
}

static bool tasks_have(const struct program *program, unsigned int kind)
{
	unsigned int task, i;

	for (task = 0; task < PROGRAM_TASKS; task++)
		for (i = 0; i < program->tasks[task].nr; i++)
			if (program->tasks[task].ops[i].op == kind)
				return true;
	return false;
}

/* Of what gives back there is always some. */
static void kinds_are_the_targets_and_left_out_by_turns(void **state)
{
	const struct target *target = stage_core("none");
	unsigned int op, seed, with[OP_COUNT] = { 0 };
	struct program program;

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		draw(&program, seed);
		for (op = 0; op < OP_COUNT; op++)
			with[op] += tasks_have(&program, op);
	}
	for (op = 1; op < OP_COUNT; op++)
		if (!target_has(target, op))
			assert_int_equal(with[op], 0);
		else if (op != OP_FREE && op != OP_PUT)
			assert_in_range(with[op], DRAWS / 100, DRAWS / 2);
}

static void nothing(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
}

/* A no-op costs a run, and the others of its program their meeting. */
static void nothing_is_drawn_that_the_target_lacks(void **state)
{
	const struct target targets[] = {
		{ .pages_min = 2,
		  .operations = { [OP_ALLOC] = nothing, [OP_FREE] = nothing } },
		{ .operations = { [OP_ALLOC] = nothing, [OP_PUT] = nothing } },
		{ .operations = { [OP_LOOKUP] = nothing, [OP_REMOVE] = nothing } },
		{ .operations = { [OP_LOOKUP] = nothing,
				  [OP_ADD_LARGE] = nothing } },
	};
	unsigned int seed, nr, i, few = 0, empty = 0;
	const struct program_op *op;
	struct program program;
	struct rng rng;

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		const struct target *target = &targets[seed % 4];

		rng_seed(&rng, seed);
		generate_program(&program, target, &rng);
		assert_false(fit_program(&program, target));
		for (nr = 0; (op = edit_op(&program, nr)); nr++)
			assert_true(fit_op(target, op));
		empty += !nr;
		few += program.config.pages < TARGET_PAGES;
		for (i = 0; i < PROGRAM_TASKS; i++)
			assert_false(program.tasks[i].irq);
	}
	assert_in_range(few, DRAWS / 4 * 9 / 10, DRAWS / 4);
	assert_int_equal(empty, 0);
}

/* Five operations or more, but for what gives back, of two kinds at most. */
static bool is_narrow(const struct program *program)
{
	unsigned int task, i, op, nr = 0, kinds = 0;

	for (task = 0; task < PROGRAM_TASKS; task++)
		for (i = 0; i < program->tasks[task].nr; i++) {
			op = program->tasks[task].ops[i].op;
			nr += op != OP_FREE && op != OP_PUT;
		}
	for (op = 0; op < OP_COUNT; op++)
		kinds += op != OP_FREE && op != OP_PUT &&
			 tasks_have(program, op);
	return nr >= 5 && kinds <= 2;
}

/* With all kinds in each program it is one in 160; with half of them, in 20. */
static void swarms_are_narrow(void **state)
{
	struct program program;
	unsigned int seed, narrow = 0;

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		draw(&program, seed);
		narrow += is_narrow(&program);
	}
	assert_in_range(narrow, DRAWS / 50, DRAWS / 5);
}

/* Task 0 frees a large compound block that task 1 puts a reference to. */
static bool block_goes_two_ways(struct program *program)
{
	const struct program_op *op, *get = NULL, *alloc = NULL;
	unsigned int nr, at, task, freed = 0, put = 0;

	for (nr = 0; (op = edit_op(program, nr)); nr++) {
		if (op->op == OP_ALLOC && op->compound && op->order)
			alloc = op;
		if (op->op == OP_GET && alloc && op->takes == alloc->gives)
			get = op;
		edit_place(program, nr, &task, &at);
		if (op->op == OP_FREE && get && op->takes == alloc->gives)
			freed |= 1U << task;
		if (op->op == OP_PUT && get && op->takes == get->gives)
			put |= 1U << task;
	}
	return (freed & 1 && put & 2) || (freed & 2 && put & 1);
}

static void operations_meet(void **state)
{
	struct program program;
	unsigned int seed, met = 0;

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		draw(&program, seed);
		met += block_goes_two_ways(&program);
	}
	assert_in_range(met, DRAWS / 1000, DRAWS);
}

/* Are pages added by set-up at the index of @op? */
static bool has_a_page(const struct program *program,
		       const struct program_op *op)
{
	unsigned int i;

	for (i = 0; i < program->setup.nr; i++)
		if (program->setup.ops[i].op == OP_ADD &&
		    program->setup.ops[i].index == op->index)
			return true;
	return false;
}

/* Or each of them failed, until the page is removed. */
static void who_adds_a_page_mostly_finds_none(void **state)
{
	struct program program;
	unsigned int seed, task, i, adds = 0, in_vain = 0;

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		draw(&program, seed);
		for (task = 0; task < PROGRAM_TASKS; task++)
			for (i = 0; i < program.tasks[task].nr; i++) {
				const struct program_op *op =
					&program.tasks[task].ops[i];

				if (op->op != OP_ADD)
					continue;
				adds++;
				in_vain += has_a_page(&program, op);
			}
	}
	assert_in_range(adds, DRAWS / 10, DRAWS * 10);
	assert_in_range(in_vain, adds / 10, adds * 2 / 5);
}

/* The last half of a set-up without room: one kind of operation. */
static bool is_filled(const struct program *program)
{
	const struct program_list *setup = &program->setup;
	unsigned int i;

	for (i = PROGRAM_SETUP_OPS / 2; i < PROGRAM_SETUP_OPS; i++)
		if (setup->nr < PROGRAM_SETUP_OPS ||
		    setup->ops[i].op != setup->ops[PROGRAM_SETUP_OPS / 2].op)
			return false;
	return true;
}

static void some_set_ups_are_filled(void **state)
{
	struct program program;
	unsigned int seed, filled = 0;

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		draw(&program, seed);
		filled += is_filled(&program);
	}
	assert_in_range(filled, DRAWS / 100, DRAWS / 10);
}

/* What only a state is drawn for: nobody needs the pages of a cache looked up. */
static bool has_a_state(const struct program *program)
{
	const struct program_list *setup = &program->setup;
	unsigned int i;

	for (i = 0; i < setup->nr; i++)
		if (setup->ops[i].op == OP_REMOVE ||
		    setup->ops[i].op == OP_READ)
			return true;
	return false;
}

static void some_set_ups_leave_a_state(void **state)
{
	struct program program;
	unsigned int seed, with = 0;

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		draw(&program, seed);
		with += !is_filled(&program) && has_a_state(&program);
	}
	assert_in_range(with, DRAWS / 30, DRAWS / 4);
}

/* Pages in one node, and in one and another. */
static void indices_are_near_each_other_or_a_node_away(void **state)
{
	struct program program;
	unsigned int seed, i, near = 0, far = 0;

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		const struct program_op *first = NULL;

		draw(&program, seed);
		for (i = 0; i < program.setup.nr; i++) {
			const struct program_op *op = &program.setup.ops[i];
			unsigned int shift = program.config.fanout_shift;

			if (op->op != OP_ADD)
				continue;
			if (first &&
			    op->index >> shift != first->index >> shift)
				far++;
			else if (first && op->index != first->index)
				near++;
			first = op;
		}
	}
	assert_in_range(near, DRAWS / 50, DRAWS);
	assert_in_range(far, DRAWS / 50, DRAWS);
}

static void any_task_may_be_interrupts(void **state)
{
	struct program program;
	unsigned int seed, task, drawn[PROGRAM_TASKS] = { 0 };

	(void)state;
	for (seed = 0; seed < DRAWS; seed++) {
		draw(&program, seed);
		for (task = 0; task < PROGRAM_TASKS; task++)
			drawn[task] += program.tasks[task].irq;
	}
	for (task = 0; task < 3; task++)
		assert_in_range(drawn[task], DRAWS / 200, DRAWS / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(programs_are_deterministic_in_their_seeds),
		cmocka_unit_test(
			programs_are_legal_short_and_without_a_schedule),
		cmocka_unit_test(what_is_taken_is_given),
		cmocka_unit_test(kinds_are_the_targets_and_left_out_by_turns),
		cmocka_unit_test(nothing_is_drawn_that_the_target_lacks),
		cmocka_unit_test(swarms_are_narrow),
		cmocka_unit_test(operations_meet),
		cmocka_unit_test(who_adds_a_page_mostly_finds_none),
		cmocka_unit_test(some_set_ups_are_filled),
		cmocka_unit_test(some_set_ups_leave_a_state),
		cmocka_unit_test(indices_are_near_each_other_or_a_node_away),
		cmocka_unit_test(any_task_may_be_interrupts),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
