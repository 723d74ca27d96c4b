/* SPDX-License-Identifier: MIT */
/* foresight_test.c: predictions beside what else a mutator plays. */
#include "bail.h"
#include "build.h"
#include "fake.h"
#include "foresight.h"

#define LATER 1000000 /* executions: predictions are due */

static struct foresight foresight; /* too large for a stack */

static void act(unsigned long nr)
{
	if (nr == 2)
		abort();
	WRITE_ONCE(fake.x, READ_ONCE(fake.x) + 1);
}

/* Returns: as foresight_next(). */
static bool first(struct stage *stage, const struct target *target,
		  unsigned long executions, uint64_t seed)
{
	stage->engine.executions = 5;
	foresight_init(&foresight, &stage->engine, target);
	stage->engine.executions += executions;
	return foresight_next(&foresight, seed, &stage->program);
}

static void what_is_foreseen_is_handed_out(void **state)
{
	const struct target *target = stage_core("no-recheck");
	struct stage *stage = *state;
	struct program program;

	assert_true(first(stage, target, LATER, 1));
	program = stage->program;
	assert_non_null(engine_run(&stage->engine, target, &program, NULL)
				->finding.checker);
	assert_true(first(stage, target, LATER, 1));
	assert_true(program_equal(&program, &stage->program));
}

static void it_has_its_share_and_nothing_at_first(void **state)
{
	const struct target *target = stage_core("none");
	struct stage *stage = *state;
	unsigned long runs;

	assert_false(first(stage, target, 1000, 1));
	assert_int_equal(stage->engine.executions, 1005);
	assert_false(first(stage, target, 70000, 1));
	runs = foresight.runs;
	assert_int_equal(stage->engine.executions, 70005 + runs);
	assert_in_range(runs, 4464, 20000);
	assert_false(foresight_next(&foresight, 2, &stage->program));
	assert_int_equal(foresight.runs, runs); /* it had it */
}

static void its_share_grows(void **state)
{
	(void)state;
	assert_int_equal(foresight_due(65536), 0);
	assert_int_equal(foresight_due(65736), 100);
	assert_int_equal(foresight_due(262144), 98304);
	assert_int_equal(foresight_due(262144 + 1000), 98304 + 800);
}

static void what_kills_is_handed_out(void **state)
{
	const struct sanitizer *row;
	struct stage *stage = *state;

	for (row = sanitizers; row->name; row++)
		if (row->on && strcmp(row->name, "undefined"))
			skip();
	bail_catch(&stage->engine, NULL);
	assert_true(first(stage, &target_fake, LATER, 1));
	assert_null(
		bail_run(&stage->engine, &target_fake, &stage->program, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_foreseen_is_handed_out),
		cmocka_unit_test(it_has_its_share_and_nothing_at_first),
		cmocka_unit_test(its_share_grows),
		cmocka_unit_test(what_kills_is_handed_out),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
