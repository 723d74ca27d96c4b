/* SPDX-License-Identifier: MIT */
/* interrupt_test.c: interrupts that no switch calls; and the way back from one. */
#include "interrupt.h"
#include "reverse.h"
#include "stage.h"

#define SEEDS 200

#define TWO_INTERRUPTS                                                         \
	"pages 16\nsetup add 1\nirq task1\n"                                   \
	"task0 lookup 1\ntask0 remove 1\n"                                     \
	"task1 lookup 1\ntask1 add 2\ntask2 remove 2\n"

static unsigned int steps_of(const struct stage *stage, unsigned int task)
{
	unsigned int i, nr = 0;

	for (i = 0; i < stage->record.nr; i++)
		nr += stage->record.steps[i].task == task &&
		      stage->record.steps[i].kind == STEP_BEGIN;
	return nr;
}

static void all_are_called_one_by_one(void **state)
{
	struct stage *stage = *state;
	struct program program, child;
	unsigned int seed, both = 0;

	for (seed = 0; seed < SEEDS; seed++) {
		struct rng rng;

		rng_seed(&rng, seed);
		stage_parse(&program, TWO_INTERRUPTS);
		stage_run(stage, stage_core("none"), &program);
		assert_int_equal(steps_of(stage, 1), 0);
		assert_true(
			interrupt_call(&stage->record, &program, &rng, &child));
		stage_run(stage, stage_core("none"), &child);
		assert_in_range(steps_of(stage, 1), 0, 1);
		if (!steps_of(stage, 1)) /* interrupts were off there */
			continue;
		program = child;
		assert_true(
			interrupt_call(&stage->record, &program, &rng, &child));
		stage_run(stage, stage_core("none"), &child);
		if (steps_of(stage, 1) < 2)
			continue;
		both++;
		program = child;
		assert_false(
			interrupt_call(&stage->record, &program, &rng, &child));
	}
	assert_in_range(both, SEEDS / 2, SEEDS);
}

static void where_there_are_none_none_is_called(void **state)
{
	struct stage *stage = *state;
	struct program program, child;
	struct rng rng;

	rng_seed(&rng, 1);
	stage_parse(&program, "pages 16\ntask0 add 1\ntask1 remove 1\n");
	stage_run(stage, stage_core("none"), &program);
	assert_false(interrupt_call(&stage->record, &program, &rng, &child));
}

/* Back from an interrupt it is whom it interrupted that runs, without a switch. */
static void a_run_with_interrupts_is_written_as_it_was(void **state)
{
	struct stage *stage = *state;
	struct program program, child, again;
	unsigned int seed, called = 0;

	for (seed = 0; seed < SEEDS; seed++) {
		struct rng rng;
		uint32_t digest;

		rng_seed(&rng, seed);
		stage_parse(&program,
			    TWO_INTERRUPTS "switch task0 op0 begin -> task2\n");
		stage_run(stage, stage_core("none"), &program);
		assert_true(
			interrupt_call(&stage->record, &program, &rng, &child));
		digest = stage_run_digest(stage, stage_core("none"), &child);
		called += steps_of(stage, 1);
		again = child;
		reverse_schedule(&stage->record, 0, 0, &again);
		program_normalize(&again);
		assert_in_range(again.nr_switches, 0, child.nr_switches);
		assert_int_equal(stage_run_digest(stage, stage_core("none"),
						  &again),
				 digest);
	}
	assert_in_range(called, SEEDS / 2, SEEDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_are_called_one_by_one),
		cmocka_unit_test(where_there_are_none_none_is_called),
		cmocka_unit_test(a_run_with_interrupts_is_written_as_it_was),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
