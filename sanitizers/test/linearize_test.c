/* SPDX-License-Identifier: MIT */
/*
 * linearize_test.c: which histories an order explains. What is tried here by all
 * permutations has to come out the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "checker.h"
#include "rng.h"

#define TEST(name) cmocka_unit_test(name)
#define FEW 6 /* calls of a random history */

enum {
	ENQUEUE = OP_OWN,
	DEQUEUE
};

struct state {
	unsigned char first, nr, values[64];
};

static void init(void *state, const struct target_config *config)
{
	(void)state;
	(void)config;
}

static void apply(void *state, enum operation op, const struct op_args *args,
		  struct op_result *result)
{
	struct state *queue = state;

	*result = (struct op_result){ 0 };
	if ((unsigned int)op == ENQUEUE)
		queue->values[queue->nr++] = (unsigned char)args->own[0];
	else if (queue->first < queue->nr)
		op_returns(result, queue->values[queue->first++]);
}

static const struct target_model queue_model = { sizeof(struct state), init,
						 apply };

static struct linearizer linearizer;
static struct calls calls;

/* ------------------------------------------------------ histories, by hand */

static void begin(unsigned int task, unsigned int op, unsigned int value)
{
	calls.last[task] = (uint8_t)calls.nr;
	calls.seen[calls.nr++] = (struct seen_call){ .task = (uint8_t)task,
						     .op = (uint8_t)op,
						     .begun = ++calls.now,
						     .args.own = { value } };
}

/* @got 0: nothing. */
static void end(unsigned int task, long got)
{
	struct seen_call *call = &calls.seen[calls.last[task]];

	call->ended = ++calls.now;
	if (got)
		op_returns(&call->result, got);
}

static void alone(unsigned int task, unsigned int op, unsigned int value,
		  long got)
{
	begin(task, op, value);
	end(task, got);
}

static struct linearize_question question(void)
{
	return (struct linearize_question){ .model = &queue_model,
					    .calls = &calls,
					    .until = calls.now };
}

static enum linearize judged(void)
{
	const struct linearize_question ask = question();

	return linearize(&linearizer, &ask);
}

static int empty(void **state)
{
	calls_reset(&calls);
	(void)state;
	return 0;
}

static void what_follows_each_other_is_explained_by_that(void **state)
{
	(void)state;
	alone(0, ENQUEUE, 1, 0);
	alone(1, ENQUEUE, 2, 0);
	alone(0, DEQUEUE, 0, 1);
	alone(1, DEQUEUE, 0, 2);
	alone(1, DEQUEUE, 0, 0);
	assert_int_equal(judged(), LINEARIZE_EXPLAINED);
	assert_int_equal(linearizer.depth, 5);
}

static void what_ended_before_comes_before(void **state)
{
	(void)state;
	alone(0, ENQUEUE, 1, 0);
	alone(1, ENQUEUE, 2, 0);
	alone(0, DEQUEUE, 0, 2);
	assert_int_equal(judged(), LINEARIZE_UNEXPLAINED);
}

static void of_two_at_once_either_may_be_first(void **state)
{
	(void)state;
	begin(0, ENQUEUE, 1);
	begin(1, ENQUEUE, 2);
	end(0, 0);
	end(1, 0);
	alone(0, DEQUEUE, 0, 2);
	assert_int_equal(judged(), LINEARIZE_EXPLAINED);
}

static void who_had_not_ended_may_be_there_or_not(void **state)
{
	struct linearize_question ask;

	(void)state;
	begin(0, ENQUEUE, 1);
	alone(1, DEQUEUE, 0, 1);
	alone(1, DEQUEUE, 0, 0);
	ask = question();
	assert_int_equal(linearize(&linearizer, &ask), LINEARIZE_EXPLAINED);
	end(0, 0);
	assert_int_equal(judged(), LINEARIZE_EXPLAINED);
}

static void a_call_that_is_under_way_may_answer_anything(void **state)
{
	struct linearize_question ask;

	(void)state;
	alone(0, ENQUEUE, 1, 0);
	begin(1, DEQUEUE, 0);
	alone(2, DEQUEUE, 0, 0);
	end(1, 3);
	assert_int_equal(judged(), LINEARIZE_UNEXPLAINED);
	ask = question();
	ask.until = calls.now - 1;
	assert_int_equal(linearize(&linearizer, &ask), LINEARIZE_EXPLAINED);
}

static void the_nearest_order_is_of_the_shortest_beginning(void **state)
{
	struct linearize_question ask;

	(void)state;
	alone(0, ENQUEUE, 1, 0);
	alone(0, ENQUEUE, 2, 0);
	alone(1, DEQUEUE, 0, 2);
	alone(1, DEQUEUE, 0, 1);
	ask = question();
	assert_true(linearize_nearest(&linearizer, &ask));
	assert_true(linearizer.nearest);
	assert_int_equal(linearizer.ask.until, 6);
	assert_int_equal(linearizer.ask.unlike, 1);
	assert_int_equal(linearizer.depth, 3);
	assert_true(linearizer.stands[3].is_unlike);
	assert_int_equal(linearizer.stands[3].answer.value, 1);
}

/* ----------------------------------------------- histories, by chance, tried */

static void random_history(struct rng *rng)
{
	struct state truth = { 0 };
	bool busy[3] = { false };
	unsigned int left = 3 + rng_below(rng, FEW - 2), under_way = 0;

	while (left || under_way) {
		unsigned int task = rng_below(rng, 3);
		struct seen_call *call = &calls.seen[calls.last[task]];

		if (!busy[task] && left) {
			begin(task, rng_one_in(rng, 2) ? ENQUEUE : DEQUEUE,
			      1 + rng_below(rng, 2));
			call = &calls.seen[calls.last[task]];
			if (rng_one_in(rng, 2))
				apply(&truth, (enum operation)call->op,
				      &call->args, &call->result);
			left--;
			under_way++;
		} else if (busy[task]) {
			if (!call->result.valued)
				apply(&truth, (enum operation)call->op,
				      &call->args, &call->result);
			call->ended = ++calls.now;
			under_way--;
		} else {
			continue;
		}
		busy[task] = !busy[task];
	}
	if (rng_one_in(rng, 2))
		calls.seen[rng_below(rng, calls.nr)].result.value ^= 3;
}

/* Answers that are wrong in this order of the first @nr; FEW + 1: it is none. */
static unsigned int wrong_in(const uint8_t *order, unsigned int nr,
			     unsigned int until)
{
	struct state state = { 0 };
	unsigned int i, j, wrong = 0;

	for (i = 0; i < nr; i++) {
		const struct seen_call *call = &calls.seen[order[i]];
		struct op_result answer = call->result;

		for (j = i + 1; j < nr; j++)
			if (calls.seen[order[j]].ended < call->begun)
				return FEW + 1;
		apply(&state, (enum operation)call->op, &call->args, &answer);
		wrong += call->ended <= until &&
			 !linearize_alike(&answer, &call->result);
	}
	return wrong;
}

/* Of all permutations of order[at] and what follows it the least. */
static unsigned int least_wrong(uint8_t *order, unsigned int at,
				unsigned int nr, unsigned int until)
{
	unsigned int i, least = FEW + 1;

	if (at == nr)
		return wrong_in(order, nr, until);
	for (i = at; i < nr; i++) {
		uint8_t other = order[i];
		unsigned int wrong;

		order[i] = order[at];
		order[at] = other;
		wrong = least_wrong(order, at + 1, nr, until);
		order[at] = order[i];
		order[i] = other;
		if (wrong < least)
			least = wrong;
	}
	return least;
}

/* Those that had not ended are there or not: all sets of them. */
static unsigned int brute(unsigned int until)
{
	unsigned int set, least = FEW + 1;

	for (set = 0; set < 1U << calls.nr; set++) {
		unsigned int i, nr = 0, wrong;
		uint8_t order[FEW];
		bool fits = true;

		for (i = 0; i < calls.nr; i++) {
			const struct seen_call *call = &calls.seen[i];

			if (set >> i & 1)
				order[nr++] = (uint8_t)i;
			fits &= set >> i & 1 ? call->begun <= until :
					       call->ended > until;
		}
		wrong = fits ? least_wrong(order, 0, nr, until) : FEW + 1;
		if (wrong < least)
			least = wrong;
	}
	return least;
}

static void a_thousand_histories_come_out_as_all_permutations_say(void **state)
{
	struct rng rng;
	unsigned int i, unexplained = 0;

	rng_seed(&rng, 19);
	for (i = 0; i < 1000; i++) {
		struct linearize_question ask;
		unsigned int wrong;

		empty(state);
		random_history(&rng);
		wrong = brute(calls.now);
		assert_int_equal(judged(), wrong ? LINEARIZE_UNEXPLAINED :
						   LINEARIZE_EXPLAINED);
		if (!wrong)
			continue;
		unexplained++;
		ask = question();
		assert_true(linearize_nearest(&linearizer, &ask));
		assert_int_equal(brute(linearizer.ask.until - 1), 0);
		assert_int_equal(brute(linearizer.ask.until),
				 linearizer.ask.unlike);
	}
	assert_in_range(unexplained, 200, 800);
}

/* ------------------------------------------------------------------- limits */

/* Each order leads to another state, and none is right. */
static void apply_wrong(void *state, enum operation op,
			const struct op_args *args, struct op_result *result)
{
	uint64_t *number = state;

	*number = *number * 31 + args->own[0];
	op_returns(result, args->own[0] == 9 ? 1 : 0);
	(void)op;
}

static void what_is_too_long_is_given_up(void **state)
{
	static const struct target_model model = { sizeof(uint64_t), init,
						   apply_wrong };
	struct linearize_question ask = { .model = &model, .calls = &calls };
	unsigned int task;

	(void)state;
	for (task = 0; task < 9; task++)
		begin(task, ENQUEUE, task);
	begin(9, ENQUEUE, 9);
	for (task = 0; task < 10; task++) {
		end(task, 0);
		op_returns(&calls.seen[task].result, 0);
	}
	ask.until = calls.now;
	assert_int_equal(linearize(&linearizer, &ask), LINEARIZE_GAVE_UP);
	assert_false(linearize_nearest(&linearizer, &ask));
	assert_false(linearizer.nearest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			what_follows_each_other_is_explained_by_that, empty),
		cmocka_unit_test_setup(what_ended_before_comes_before, empty),
		cmocka_unit_test_setup(of_two_at_once_either_may_be_first,
				       empty),
		cmocka_unit_test_setup(who_had_not_ended_may_be_there_or_not,
				       empty),
		cmocka_unit_test_setup(
			a_call_that_is_under_way_may_answer_anything, empty),
		cmocka_unit_test_setup(
			the_nearest_order_is_of_the_shortest_beginning, empty),
		TEST(a_thousand_histories_come_out_as_all_permutations_say),
		cmocka_unit_test_setup(what_is_too_long_is_given_up, empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
