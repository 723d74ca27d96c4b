/* SPDX-License-Identifier: MIT */
/* policy_pos_test.c: priorities of events, and who draws anew. */
#include "chance_stage.h"

#define RUNS 40000

static struct chance chance; /* too large for a stack */

/* ------------------------------------------------- what a step leaves alone */

/* Counted at each step of a task that stores to x. */
static struct redraws {
	struct policy inner;
	unsigned int at_x, at_y; /* others that stood in front of these */
	unsigned int anew_x, anew_y; /* of those: had another priority then */
	unsigned int same; /* the task itself had the old one */
} redraws;

static bool stands_at(const struct task *task, const void *addr)
{
	const struct machine_task *access = chance_access(task);

	return access && access->addr == addr;
}

static void count_redraws(const struct engine *engine, const struct task *task,
			  const uint32_t *before)
{
	unsigned int i;

	for (i = 0; i < CHANCE_TASKS; i++) {
		const struct task *other = &engine->tasks[i];
		bool anew = chance.pos.priority[i] != before[i];

		if (other == task) {
			redraws.same += !anew;
		} else if (stands_at(other, &fake.x)) {
			redraws.at_x++;
			redraws.anew_x += anew;
		} else {
			redraws.at_y += stands_at(other, &fake.y);
			redraws.anew_y += anew;
		}
	}
}

static void watched_begin(const struct policy *policy, struct engine *engine)
{
	(void)policy;
	redraws.inner.begin(&redraws.inner, engine);
}

static unsigned int watched_next_point(const struct policy *policy,
				       struct engine *engine, struct task *task)
{
	(void)policy;
	return redraws.inner.next_point(&redraws.inner, engine, task);
}

static struct task *watched_choose(const struct policy *policy,
				   struct engine *engine, struct task *task)
{
	struct pos before = chance.pos;
	struct task *next = redraws.inner.choose(&redraws.inner, engine, task);

	(void)policy;
	if (!next && stands_at(task, &fake.x))
		count_redraws(engine, task, before.priority);
	return next;
}

static void those_in_conflict_draw_anew_and_nobody_else(void **state)
{
	const struct policy watched = {
		.name = "watched",
		.begin = watched_begin,
		.next_point = watched_next_point,
		.choose = watched_choose,
	};
	const struct run_options options = { .policy = &watched };
	struct stage *stage = *state;
	unsigned int i;

	stage_parse(&stage->program, "task0 add 3\ntask1 add 3\n"
				     "task2 add 40\ntask2 add 40\n");
	chance_init(&chance, chance_find("pos"), 0);
	for (i = 0; i < 1000; i++) {
		chance_policy(&chance, &redraws.inner, 1, i);
		engine_run(&stage->engine, &target_fake, &stage->program,
			   &options);
	}
	assert_true(redraws.at_x > 500 && redraws.at_y > 500);
	assert_int_equal(redraws.anew_x, redraws.at_x);
	assert_int_equal(redraws.anew_y, 0);
	assert_int_equal(redraws.same, 0);
}

/* ------------------------------------------------------------- what it is for */

/* Task 1 has begun; of four stores of task 0, so many are in front of its own. */
static unsigned int in_front(const struct orders *orders, unsigned int nr)
{
	char text[8] = "100000";

	text[1 + nr] = '1';
	return orders_of(orders, text);
}

/*
 * Both orders of two that conflict are as likely: of the runs in which the store of
 * task 1 comes behind the n-th of task 0, half have it in front of the next one.
 * Were its priority drawn once for all, it would have lost to n others already, and
 * would lose to that one, too, (n + 1) times out of (n + 2).
 */
static void each_order_of_a_conflict_is_as_likely(void **state)
{
	static struct orders orders;
	unsigned int nr, behind = 0;

	orders_play(*state, &orders, "pos", "task0 add 4\ntask1 add 39\n",
		    RUNS);
	for (nr = 1; nr <= 4; nr++)
		behind += in_front(&orders, nr);
	for (nr = 1; nr <= 3; nr++) {
		unsigned int here = in_front(&orders, nr);

		assert_true(behind > 1000);
		assert_in_range(here, behind * 0.46, behind * 0.54);
		behind -= here;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(those_in_conflict_draw_anew_and_nobody_else),
		cmocka_unit_test(each_order_of_a_conflict_is_as_likely),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
