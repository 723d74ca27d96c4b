/* SPDX-License-Identifier: MIT */
/* window_test.c: a policy that decides in a part of a run. */
#include "chance.h"
#include "generate.h"
#include "stage.h"
#include "window.h"

#define DRAWS 200
#define FAR 1000000 /* points that no run has */

static struct chance chance; /* too large for a stack */

static void draw(struct program *program, unsigned int seed)
{
	struct rng rng;

	rng_seed(&rng, seed);
	generate_program(program, stage_core("none"), &rng);
}

/* As many operations as there can be, which meet. */
static void draw_long(struct program *program)
{
	unsigned int task, i;

	program_clear(program);
	for (task = 0; task < PROGRAM_TASKS; task++)
		for (i = 0; i < PROGRAM_OPS; i++)
			program->tasks[task].ops[program->tasks[task].nr++] =
				(struct program_op){ .op = OP_ADD,
						     .index = (uint8_t)i };
	program_normalize(program);
}

static uint32_t play(struct stage *stage, const struct program *program,
		     unsigned int seed, unsigned int from)
{
	struct window window = { .from = from };
	struct policy policy;
	struct run_options options = {
		.observers = { record_observer(&stage->record) },
		.policy = &policy,
	};

	chance_init(&chance, chance_find("pos"), 0);
	chance_policy(&chance, &window.inner, seed, 0);
	window_policy(&window, &policy);
	engine_run(&stage->engine, stage_core("none"), program, &options);
	return stage_digest(stage);
}

/* Of long ones, too: what the policy did fits into a program. */
static void a_run_can_be_written_into_a_program(void **state)
{
	struct stage *stage = *state;
	struct program program;
	unsigned int seed, full = 0, some = 0;

	for (seed = 0; seed < DRAWS; seed++) {
		uint32_t digest;

		if (seed % 10)
			draw(&program, seed);
		else
			draw_long(&program);
		digest = play(stage, &program, seed, 0);
		some += stage->engine.nr_taken != 0;
		full += stage->engine.nr_taken == PROGRAM_SWITCHES;
		assert_true(engine_script(&stage->engine, &program));
		assert_int_equal(stage_run_digest(stage, stage_core("none"),
						  &program),
				 digest);
	}
	assert_in_range(some, DRAWS / 2, DRAWS);
	assert_in_range(full, DRAWS / 10, DRAWS / 2);
}

static void in_front_of_it_tasks_run_in_order(void **state)
{
	struct stage *stage = *state;
	struct program program;
	unsigned int seed, later = 0;

	for (seed = 0; seed < DRAWS; seed++) {
		uint32_t digest;

		draw(&program, seed);
		digest = play(stage, &program, seed, FAR);
		assert_int_equal(stage->engine.nr_taken, 0);
		assert_int_equal(stage_run_digest(stage, stage_core("none"),
						  &program),
				 digest);
		play(stage, &program, seed, 10);
		later += stage->engine.nr_taken != 0;
	}
	assert_in_range(later, DRAWS / 4, DRAWS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_can_be_written_into_a_program),
		cmocka_unit_test(in_front_of_it_tasks_run_in_order),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
