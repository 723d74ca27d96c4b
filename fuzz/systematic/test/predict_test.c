/* SPDX-License-Identifier: MIT */
/*
 * predict_test.c: what comes of predicted stops, played by a process.
 */
#include "fake.h"
#include "predict.h"

static void act(unsigned long nr)
{
	if (nr == 2)
		abort();
	if (nr == 1)
		WRITE_ONCE(fake.y, READ_ONCE(fake.x));
	else
		WRITE_ONCE(fake.x, READ_ONCE(fake.x) + 1);
}

/* ----------------------------------------------------------------- predictions */

struct came_to {
	unsigned long runs, schedules, findings;
	char ids[256];
};

/* So many blocks, of one process. */
static struct came_to work(struct stage *stage, const struct target *target,
			   unsigned int blocks)
{
	struct predict *predict =
		predict_open(1, target, &stage->engine, &stage->record);
	struct came_to to = { .runs = 0 };
	const struct predicted *predicted;
	unsigned int i;

	while (blocks-- && predict_work(predict)) {
		predicted = predict_result(predict, 0);
		assert_null(predict_result(predict, 1));
		to.runs += predicted->runs;
		to.schedules += predicted->schedules;
		to.findings += predicted->findings;
		for (i = 0; i < predicted->nr; i++)
			if (!strstr(to.ids, predicted->bugs[i].bug.id))
				strcat(to.ids, predicted->bugs[i].bug.id);
	}
	assert_false(predict_failed(predict));
	predict_close(predict);
	return to;
}

static void what_is_predicted_is_found(void **state)
{
	struct came_to to = work(*state, stage_core("no-recheck"), 40);

	assert_non_null(strstr(to.ids, "wrong-page"));
	assert_true(to.findings > 0);
}

static void as_it_is_nothing_is_found_and_each_time_alike(void **state)
{
	struct came_to to = work(*state, stage_core("none"), 40), again;

	assert_int_equal(to.findings, 0);
	assert_true(to.schedules > 1000);
	again = work(*state, stage_core("none"), 40);
	assert_int_equal(to.runs, again.runs);
	assert_int_equal(to.schedules, again.schedules);
}

/* add 2 does, whenever it is played; the others' stops are not lost for it. */
static void what_kills_is_a_finding_and_the_rest_is_played(void **state)
{
	struct came_to to = work(*state, &target_fake, 64);

	assert_string_equal(to.ids, "abrt");
	assert_true(to.schedules > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_predicted_is_found),
		cmocka_unit_test(as_it_is_nothing_is_found_and_each_time_alike),
		cmocka_unit_test(
			what_kills_is_a_finding_and_the_rest_is_played),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
