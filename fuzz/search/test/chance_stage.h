/* SPDX-License-Identifier: MIT */
/*
 * chance_stage.h: what tests of policies by chance share: a tiny target, runs on
 * it, and how often which order of steps came.
 */
#ifndef FUZZ_CHANCE_STAGE_H
#define FUZZ_CHANCE_STAGE_H

#include "chance.h"
#include "fake.h"

enum act {
	STORES = 0, /* + n: so many stores to x, each noted */
	OWN = 16, /* + n: so many to a word of the task's own, not noted */
	WAIT = 32, /* a loop, until flag is set */
	SET = 33, /* flag */
	LOCKED = 34, /* a store, noted, under the lock */
	PULSE = 35, /* x is 1, and 0 again */
	LOOK = 36, /* "seen" if x is 1 */
	ASK = 37, /* x is 1, "heard" if y is 1 then, x is 0 */
	ANSWER = 38, /* if x is 1, y is 1, and 0 again */
	BOTH = 39, /* the begin, noted, and a store, noted */
	ELSEWHERE = 40, /* a store to y, noted */
};

static inline void stores(unsigned long nr)
{
	while (nr--) {
		WRITE_ONCE(fake.x, 1);
		note('x');
	}
}

static inline void own(unsigned long nr)
{
	while (nr--)
		WRITE_ONCE(fake.pages[machine.self->id % 4], 1);
}

static inline void ask(void)
{
	WRITE_ONCE(fake.x, 1);
	if (READ_ONCE(fake.y))
		machine_bug("heard");
	WRITE_ONCE(fake.x, 0);
}

static inline void answer(void)
{
	if (!READ_ONCE(fake.x))
		return;
	WRITE_ONCE(fake.y, 1);
	WRITE_ONCE(fake.y, 0);
}

static inline void locked(void)
{
	spin_lock(&fake.lock);
	stores(1);
	spin_unlock(&fake.lock);
}

static void act(unsigned long nr)
{
	switch (nr) {
	case WAIT:
		while (!READ_ONCE(fake.flag))
			;
		break;
	case SET:
		WRITE_ONCE(fake.flag, 1);
		break;
	case LOCKED:
		locked();
		break;
	case PULSE:
		WRITE_ONCE(fake.x, 1);
		WRITE_ONCE(fake.x, 0);
		break;
	case LOOK:
		if (READ_ONCE(fake.x))
			machine_bug("seen");
		break;
	case ASK:
		ask();
		break;
	case ANSWER:
		answer();
		break;
	case BOTH:
		note('b');
		stores(1);
		break;
	case ELSEWHERE:
		WRITE_ONCE(fake.y, 1);
		note('y');
		break;
	default:
		if (nr < OWN)
			stores(nr);
		else
			own(nr - OWN);
	}
}

/* Run @nr of @seed, on the stage's program. */
static inline const struct verdict *chance_play(struct stage *stage,
						struct chance *chance,
						const struct target *target,
						uint64_t seed, unsigned long nr)
{
	struct policy policy;
	const struct run_options options = { .policy = &policy,
					     .observers = { record_observer(
						     &stage->record) } };

	chance_policy(chance, &policy, seed, nr);
	return engine_run(&stage->engine, target, &stage->program, &options);
}

/* ------------------------------------------------------- orders of steps */

#define ORDERS_MAX 512

/* Which tasks made the noted steps: "0110", and how often. */
struct orders {
	unsigned int nr, runs;
	char text[ORDERS_MAX][64];
	unsigned int times[ORDERS_MAX];
};

static inline void orders_note(struct orders *orders)
{
	char text[64] = "";
	unsigned int i;

	for (i = 0; i < fake.nr / 2; i++)
		text[i] = fake.log[2 * i];
	for (i = 0; i < orders->nr && strcmp(orders->text[i], text); i++)
		;
	if (i == orders->nr) {
		assert_in_range(orders->nr, 0, ORDERS_MAX - 1);
		strcpy(orders->text[orders->nr], text);
		orders->times[orders->nr++] = 0;
	}
	orders->times[i]++;
	orders->runs++;
}

static inline unsigned int orders_of(const struct orders *orders,
				     const char *text)
{
	unsigned int i;

	for (i = 0; i < orders->nr; i++)
		if (!strcmp(orders->text[i], text))
			return orders->times[i];
	return 0;
}

/* Play @text so often by @way, and note the orders. All end well. */
static inline void orders_play(struct stage *stage, struct orders *orders,
			       const char *way, const char *text,
			       unsigned int runs)
{
	static struct chance chance;
	unsigned int i;

	memset(orders, 0, sizeof(*orders));
	stage_parse(&stage->program, text);
	chance_init(&chance, chance_find(way), PCT_DEPTH);
	for (i = 0; i < runs; i++) {
		expect_finding(chance_play(stage, &chance, &target_fake, 1, i),
			       "clean");
		orders_note(orders);
	}
}

/* Of @nr equally likely ones: chi-square, with those that did not come. */
static inline double orders_unevenness(const struct orders *orders,
				       unsigned int nr)
{
	double mean = (double)orders->runs / nr, sum = 0;
	unsigned int i;

	assert_in_range(orders->nr, 1, nr);
	for (i = 0; i < nr; i++) {
		double off = orders->times[i] - mean;

		sum += off * off / mean; /* beyond orders->nr they are 0 */
	}
	return sum;
}

#endif
