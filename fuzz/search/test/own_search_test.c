/* SPDX-License-Identifier: MIT */
/*
 * own_search_test.c: programs of operations of a target's own: what is drawn, and
 * what its sequential specification finds.
 */
#include "chance.h"
#include "fit.h"
#include "generate.h"
#include "operation.h"
#include "stage.h"

#define PROGRAMS 3000

enum {
	ENQUEUE = OP_OWN,
	DEQUEUE
};

static struct chance chance;

static const struct target *queue(const char *revert)
{
	return targets_find("queue", revert)->target;
}

/* Some program on @target under some schedule. Returns: an id, or "". */
static const char *play(struct stage *stage, const struct target *target,
			uint64_t seed)
{
	struct policy policy;
	const struct run_options options = { .policy = &policy };
	const struct verdict *verdict;
	struct rng rng;

	rng_seed(&rng, seed);
	generate_program(&stage->program, target, &rng);
	chance_init(&chance, chance_find("uniform"), 1);
	chance_policy(&chance, &policy, seed, 0);
	verdict = engine_run(&stage->engine, target, &stage->program, &options);
	return verdict->finding.checker ? verdict->finding.id : "";
}

static void a_queue_that_is_right_is_silent(void **state)
{
	unsigned int i;

	for (i = 0; i < PROGRAMS; i++)
		assert_string_equal(play(*state, queue("none"), i), "");
}

static void a_queue_that_is_wrong_is_found_and_nothing_else(void **state)
{
	const struct target *wrong = queue("linked-at-the-tail");
	unsigned int i, found = 0;

	for (i = 0; i < PROGRAMS; i++) {
		const char *id = play(*state, wrong, i);

		found += *id != '\0';
		if (*id)
			assert_string_equal(id, "not-linearizable");
	}
	assert_in_range(found, 20, PROGRAMS / 2);
}

static void numbers_are_drawn_from_their_ranges(void **state)
{
	struct stage *stage = *state;
	unsigned int seed, i, with[64] = { 0 }, dequeues = 0;
	struct rng rng;

	for (seed = 0; seed < 500; seed++) {
		const struct program_list *list = &stage->program.tasks[0];

		rng_seed(&rng, seed);
		generate_program(&stage->program, queue("none"), &rng);
		for (i = 0; i < list->nr; i++)
			if (list->ops[i].op == ENQUEUE)
				with[list->ops[i].index]++;
			else
				dequeues += list->ops[i].op == DEQUEUE;
	}
	for (i = 0; i < 64; i++)
		assert_int_equal(with[i] > 20, i >= 1 && i <= 9);
	assert_in_range(dequeues, 200, 2000);
}

static void does_nothing(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
}

/* One that says so, and one that has a number. */
static const struct target target_of_indices = {
	.name = "indices",
	.operations = { [OP_ADD] = does_nothing },
	.own = { { .name = "cut",
		   .run = does_nothing,
		   .arguments = { { "page", 0, 63 } },
		   .indexed = true },
		 { .name = "number",
		   .run = does_nothing,
		   .arguments = { { "number", 0, 63 } } } },
};

/* Where others are: mostly in a few places, or beside them. */
static void an_index_is_drawn_where_others_are(void **state)
{
	struct stage *stage = *state;
	unsigned int seed, i, near[2] = { 0 }, all[2] = { 0 };
	struct rng rng;

	for (seed = 0; seed < 500; seed++) {
		const struct program_list *list = &stage->program.tasks[0];

		rng_seed(&rng, seed);
		generate_program(&stage->program, &target_of_indices, &rng);
		for (i = 0; i < list->nr; i++)
			if (list->ops[i].op >= OP_OWN) {
				unsigned int which = list->ops[i].op - OP_OWN;

				all[which]++;
				near[which] += list->ops[i].index < 8;
			}
	}
	assert_in_range(all[0], 200, 5000);
	assert_true(near[0] > all[0] / 2);
	assert_in_range(all[1], 200, 5000);
	assert_true(near[1] < all[1] / 2);
}

static void mutations_keep_numbers_in_their_ranges(void **state)
{
	struct program program, fitted;
	unsigned int i;
	struct rng rng;

	(void)state;
	rng_seed(&rng, 1);
	program_clear(&program);
	for (i = 0; i < 2000; i++) {
		mutate_program(&program, queue("none"), &rng);
		fitted = program;
		fit_program(&fitted, queue("none"));
		if (program.tasks[0].nr)
			assert_int_equal(program.tasks[0].ops[0].index,
					 fitted.tasks[0].ops[0].index);
	}
}

/* What an operation returns is part of what happened. */
static void a_value_that_is_returned_enters_the_digest(void **state)
{
	struct stage *stage = *state;
	uint32_t one, two;

	stage_parse(&stage->program,
		    "target queue\nsetup enqueue 1\ntask0 dequeue\n");
	one = stage_run_digest(stage, queue("none"), &stage->program);
	stage_parse(&stage->program,
		    "target queue\nsetup enqueue 2\ntask0 dequeue\n");
	two = stage_run_digest(stage, queue("none"), &stage->program);
	assert_int_not_equal(one, two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_queue_that_is_right_is_silent),
		cmocka_unit_test(
			a_queue_that_is_wrong_is_found_and_nothing_else),
		cmocka_unit_test(numbers_are_drawn_from_their_ranges),
		cmocka_unit_test(an_index_is_drawn_where_others_are),
		cmocka_unit_test(mutations_keep_numbers_in_their_ranges),
		cmocka_unit_test(a_value_that_is_returned_enters_the_digest),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
