/* SPDX-License-Identifier: MIT */
/* mutate_reorder_test.c: reorderings come and go; all else stays. */
#include "edit.h"
#include "stage.h"

#define ROUNDS 2000

static struct program without_reorderings(const struct program *program)
{
	struct program bare = *program;
	unsigned int i = 0;

	while (i < bare.nr_switches)
		if (bare.switches[i].kind == ENTRY_SWITCH)
			i++;
		else
			edit_remove_switch(&bare, i);
	return bare;
}

static void they_come_and_go_and_all_else_stays(void **state)
{
	struct program program, before, after;
	unsigned int i, more = 0, less = 0, late = 0, stale = 0;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	stage_random(&program, 3, 20);
	before = without_reorderings(&program);
	for (i = 0; i < ROUNDS; i++) {
		unsigned int nr = program_nr_reorderings(&program), j;

		mutate_reorderings(&program, stage_core("none"), &rng);
		more += program_nr_reorderings(&program) > nr;
		less += program_nr_reorderings(&program) < nr;
		after = without_reorderings(&program);
		assert_true(program_equal(&after, &before));
		for (j = 0; j < program.nr_switches; j++) {
			late += program.switches[j].kind == ENTRY_DELAY;
			stale += program.switches[j].kind == ENTRY_STALE;
		}
	}
	assert_in_range(more, 200, ROUNDS);
	assert_in_range(less, 200, ROUNDS);
	assert_in_range(late, ROUNDS / 4, ROUNDS * PROGRAM_SWITCHES);
	assert_in_range(stale, ROUNDS / 4, ROUNDS * PROGRAM_SWITCHES);
}

static void a_program_without_operations_gets_none(void **state)
{
	struct program program;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	program_clear(&program);
	mutate_reorderings(&program, stage_core("none"), &rng);
	assert_int_equal(program.nr_switches, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_come_and_go_and_all_else_stays),
		cmocka_unit_test(a_program_without_operations_gets_none),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
