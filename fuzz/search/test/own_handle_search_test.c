/* SPDX-License-Identifier: MIT */
/*
 * own_handle_search_test.c: programs of operations that give and take handles of
 * their target's own: what is taken is there.
 */
#include "chance.h"
#include "fit.h"
#include "generate.h"
#include "operation.h"
#include "stage.h"

#define PROGRAMS 3000

enum {
	OPEN = OP_OWN,
	WRITE,
	READ,
	CLOSE
};

static struct chance chance;

static const struct target *boxes(void)
{
	return targets_find("boxes", NULL)->target;
}

static void draw(struct program *program, uint64_t seed)
{
	struct rng rng;

	rng_seed(&rng, seed);
	generate_program(program, boxes(), &rng);
}

/* Some program under some schedule. Returns: an id, or "". */
static const char *play_boxes(struct stage *stage, uint64_t seed)
{
	struct policy policy;
	const struct run_options options = { .policy = &policy };
	const struct verdict *verdict;

	draw(&stage->program, seed);
	chance_init(&chance, chance_find("uniform"), 1);
	chance_policy(&chance, &policy, seed, 0);
	verdict =
		engine_run(&stage->engine, boxes(), &stage->program, &options);
	return verdict->finding.checker ? verdict->finding.id : "";
}

static void boxes_that_are_right_are_silent(void **state)
{
	unsigned int i;

	for (i = 0; i < PROGRAMS; i++)
		assert_string_equal(play_boxes(*state, i), "");
}

static uint32_t given_in(const struct program_list *list)
{
	uint32_t given = 0;
	unsigned int i;

	for (i = 0; i < list->nr; i++)
		if (list->ops[i].op == OPEN && list->ops[i].gives != NO_HANDLE)
			given |= 1U << list->ops[i].gives;
	return given;
}

/* Each takes what somebody gives: so it was drawn, not by luck. */
static void who_takes_finds_what_somebody_gives(void **state)
{
	struct stage *stage = *state;
	unsigned int seed, task, i, kinds[OP_COUNT] = { 0 };

	for (seed = 0; seed < 500; seed++) {
		struct program *program = &stage->program;
		uint32_t given;

		draw(program, seed);
		given = given_in(&program->setup);
		for (task = 0; task < PROGRAM_TASKS; task++)
			given |= given_in(&program->tasks[task]);
		for (task = 0; task < PROGRAM_TASKS; task++)
			for (i = 0; i < program->tasks[task].nr; i++) {
				const struct program_op *op =
					&program->tasks[task].ops[i];

				kinds[op->op]++;
				assert_int_equal(op->takes == NO_HANDLE,
						 op->op == OPEN);
				if (op->takes != NO_HANDLE)
					assert_true(given >> op->takes & 1);
			}
	}
	for (i = OPEN; i <= CLOSE; i++)
		assert_in_range(kinds[i], 100, 2000);
}

/* Up to the operation that takes, in its own list: what it may have got itself. */
static void a_task_goes_on_with_what_it_got(void **state)
{
	struct stage *stage = *state;
	unsigned int seed, i, all = 0, own = 0;

	for (seed = 0; seed < 2000; seed++) {
		struct program_list list;

		draw(&stage->program, seed);
		list = stage->program.tasks[1];
		for (i = 0; i < stage->program.tasks[1].nr; i++) {
			const struct program_op *op = &list.ops[i];

			list.nr = (uint8_t)i;
			if (op->takes == NO_HANDLE || !given_in(&list))
				continue;
			all++;
			own += given_in(&list) >> op->takes & 1;
		}
	}
	assert_in_range(all, 500, 5000);
	assert_in_range(own * 100 / all, 88, 97);
}

static void mutations_keep_handles_where_rows_have_them(void **state)
{
	unsigned int i, task, at, taken[PROGRAM_HANDLES] = { 0 };
	struct program program, fitted;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	program_clear(&program);
	for (i = 0; i < 2000; i++) {
		mutate_program(&program, boxes(), &rng);
		fitted = program;
		for (task = 0; task < PROGRAM_TASKS; task++)
			for (at = 0; at < program.tasks[task].nr; at++) {
				const struct program_op *op =
					&program.tasks[task].ops[at];

				assert_true(fit_op(boxes(), op));
				if (op->takes != NO_HANDLE)
					taken[op->takes]++;
			}
		assert_false(fit_program(&fitted, boxes()));
	}
	for (i = 0; i < PROGRAM_HANDLES; i++)
		assert_in_range(taken[i], 1, 100000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boxes_that_are_right_are_silent),
		cmocka_unit_test(who_takes_finds_what_somebody_gives),
		cmocka_unit_test(a_task_goes_on_with_what_it_got),
		cmocka_unit_test(mutations_keep_handles_where_rows_have_them),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
