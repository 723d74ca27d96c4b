/* SPDX-License-Identifier: MIT */
/*
 * predict_test.c: where operations look and store, which stops are worth a run, and
 * what comes of them.
 */
#include "fake.h"
#include "forms.h"
#include "predict.h"
#include "profile.h"

/* A place of its own: of sites of one name one is as good as the other. */
static void set(int x)
{
	WRITE_ONCE(fake.x, x);
}

static void act(unsigned long nr)
{
	if (nr == 2)
		abort();
	if (nr == 3)
		set(3);
	else if (nr == 1)
		WRITE_ONCE(fake.y, READ_ONCE(fake.x));
	else
		WRITE_ONCE(fake.x, READ_ONCE(fake.x) + 1);
}

static uint64_t spot_of(const volatile void *addr)
{
	return (uintptr_t)addr >> 2;
}

/* ------------------------------------------------------------------ profiles */

static void play(struct stage *stage, const char *text)
{
	const struct run_options options = { .observers = { record_observer(
						     &stage->record) } };

	stage_parse(&stage->program, text);
	engine_run(&stage->engine, &target_fake, &stage->program, &options);
}

static void a_look_says_where_it_was_made(void **state)
{
	static struct profile profile;
	struct stage *stage = *state;

	play(stage, "task0 add 1\n");
	profile_accesses(&profile, &stage->record, 0);
	assert_int_equal(profile.nr, 2);
	assert_int_equal(profile.spots[0].at, spot_of(&fake.x));
	assert_int_equal(profile.spots[0].point, 1);
	assert_false(profile.spots[0].last);
	assert_int_equal(profile.spots[1].at, spot_of(&fake.y));
	assert_int_equal(profile.spots[1].point, 2);
	assert_true(profile.spots[1].last);
	profile_accesses(&profile, &stage->record, 1); /* nobody */
	assert_int_equal(profile.nr, 0);
}

static void the_last_store_counts_and_whose_was_before(void **state)
{
	static struct profile profile, one, three;
	struct stage *stage = *state;

	play(stage, "task0 add 0\n");
	profile_stores(&one, &stage->record, &stage->program.tasks[0], 0);
	assert_int_equal(one.nr, 1);
	assert_int_equal(one.spots[0].at, spot_of(&fake.x));
	assert_int_equal(one.spots[0].before, 0);
	play(stage, "task0 add 3\n");
	profile_stores(&three, &stage->record, &stage->program.tasks[0], 0);
	assert_int_not_equal(three.spots[0].mark, one.spots[0].mark);
	play(stage, "task0 add 0\ntask0 add 3\ntask0 add 1\n");
	profile_stores(&profile, &stage->record, &stage->program.tasks[0], 0);
	assert_int_equal(profile.nr, 2);
	assert_int_equal(profile.spots[0].at, spot_of(&fake.x));
	assert_int_equal(profile.spots[0].mark, three.spots[0].mark);
	assert_int_equal(profile.spots[0].before, one.spots[0].mark);
	assert_int_equal(profile.spots[1].before, 0);
}

/* --------------------------------------------------------------------- kinds */

static void a_kind_has_a_few_runs_of_many_blocks(void **state)
{
	static struct kinds kinds;
	const uint32_t none[KINDS_PAST] = { 0 }, past[KINDS_PAST] = { 77 };
	struct block_turn turn = { 0, 1 };
	unsigned int runs = 0;

	(void)state;
	assert_true(kinds_take(&kinds, turn, none, 0, 5));
	assert_false(kinds_take(&kinds, turn, none, 0, 5));
	assert_true(kinds_take(&kinds, turn, none, 0, 6));
	for (; turn.block < 100; turn.block++)
		runs += kinds_take(&kinds, turn, none, 0, 5);
	assert_int_equal(runs, 7);
	/* Behind another look it is another kind. */
	assert_true(kinds_take(&kinds, turn, past, 1, 5));
	turn.pass = 1;
	turn.block++;
	assert_true(kinds_take(&kinds, turn, none, 0, 5));
	assert_true(kinds_take(&kinds, turn, none, 0, 5));
	assert_false(kinds_take(&kinds, turn, none, 0, 5));
	assert_false(kinds_played(&kinds, 1234567));
	assert_true(kinds_played(&kinds, 1234567));
}

/* --------------------------------------------------------------------- turns */

static void every_block_comes_once_a_pass(void **state)
{
	static unsigned char seen[2][256][256];
	struct turns turns = { 0, 0 };
	unsigned int setup, group, nr = 0;
	struct block_turn turn;

	(void)state;
	while (turns_take(&turns, &turn) && turn.pass < 2) {
		turns_block(turn, &setup, &group);
		assert_true(setup < 256 && group < 256);
		assert_int_equal(seen[turn.pass][setup][group]++, 0);
		nr += !turn.pass;
	}
	assert_in_range(nr, 100, 10000);
	assert_int_equal(turn.block, 2 * nr + 1);
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
		cmocka_unit_test(a_look_says_where_it_was_made),
		cmocka_unit_test(the_last_store_counts_and_whose_was_before),
		cmocka_unit_test(a_kind_has_a_few_runs_of_many_blocks),
		cmocka_unit_test(every_block_comes_once_a_pass),
		cmocka_unit_test(what_is_predicted_is_found),
		cmocka_unit_test(as_it_is_nothing_is_found_and_each_time_alike),
		cmocka_unit_test(
			what_kills_is_a_finding_and_the_rest_is_played),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
