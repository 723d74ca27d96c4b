/* SPDX-License-Identifier: MIT */
/*
 * prediction_test.c: where operations look and store, which stops are worth a run, and
 * in which order they come.
 */
#include "fake.h"
#include "prediction.h"

/* A place of its own: of sites of one name one is as good as the other. */
static void set(int x)
{
	WRITE_ONCE(fake.x, x);
}

static int stride = 1;

static void act(unsigned long nr)
{
	if (nr == 3)
		set(3);
	else if (nr == 1)
		WRITE_ONCE(fake.y, READ_ONCE(fake.x));
	else
		WRITE_ONCE(fake.x, READ_ONCE(fake.x) + stride);
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
	assert_int_equal(profile.spots[0].value, 0);
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
	assert_int_equal(profile.spots[0].value, 3);
	assert_int_equal(profile.spots[0].before, one.spots[0].mark);
	assert_int_equal(profile.spots[1].before, 0);
}

/* --------------------------------------------------------------------- kinds */

static void a_kind_has_a_few_runs_of_many_blocks(void **state)
{
	static struct kinds kinds;
	const uint32_t none[KINDS_PAST] = { 0 }, past[KINDS_PAST] = { 77 };
	struct block_turn turn = { .block = 1 };
	unsigned int runs = 0;

	(void)state;
	assert_true(kinds_take(&kinds, turn, none, 0, 5));
	assert_false(kinds_take(&kinds, turn, none, 0, 5));
	assert_true(kinds_take(&kinds, turn, none, 0, 6));
	turn.block++;
	assert_false(kinds_take(&kinds, turn, none, 0, 5));
	/* Behind another look it is another kind. */
	assert_true(kinds_take(&kinds, turn, past, 1, 5));
	turn.pass = 1;
	turn.block++;
	assert_true(kinds_take(&kinds, turn, none, 0, 6));
	assert_true(kinds_take(&kinds, turn, none, 0, 6));
	assert_false(kinds_take(&kinds, turn, none, 0, 6));
	for (; turn.block < 100; turn.block++)
		runs += kinds_take(&kinds, turn, none, 0, 6);
	assert_int_equal(runs, 1);
	assert_false(kinds_played(&kinds, 1234567));
	assert_true(kinds_played(&kinds, 1234567));
}

/* --------------------------------------------------------------------- turns */

static void every_block_comes_once_a_pass(void **state)
{
	static unsigned char seen[2][256][256];
	struct turns turns = { .pass = 0 };
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

static void another_seed_is_another_order(void **state)
{
	struct turns turns[2] = { { 0 }, { .seed = 7 } };
	unsigned int setup[2], group[2], same = 0, i, j;
	struct block_turn turn;

	(void)state;
	for (i = 0; i < 100; i++) {
		for (j = 0; j < 2; j++) {
			assert_true(turns_take(&turns[j], &turn));
			turns_block(turn, &setup[j], &group[j]);
		}
		same += setup[0] == setup[1] && group[0] == group[1];
	}
	assert_in_range(same, 0, 10);
}

/* ---------------------------------------------------------------------- steps */

static struct {
	struct stage *stage;
	unsigned long runs, stops, enough; /* 0: never */
} played;

static enum predict_end play_on(void *arg, const struct program *program,
				bool stop)
{
	const struct run_options options = { .observers = { record_observer(
						     &played.stage->record) } };

	(void)arg;
	played.runs++;
	played.stops += stop;
	engine_run(&played.stage->engine, &target_fake, program, &options);
	return played.runs == played.enough ? PREDICT_ENOUGH : PREDICT_CLEAN;
}

/* So many steps of the first block that has something. */
static unsigned int steps(struct stage *stage, unsigned long enough)
{
	static struct predictor predictor;
	static struct prediction prediction;
	const struct predict_player player = { .play = play_on,
					       .record = &stage->record };
	struct block_turn turn;
	unsigned int nr = 0;

	memset(&predictor, 0, sizeof(predictor));
	memset(&played, 0, sizeof(played));
	played.stage = stage;
	prediction_init(&prediction, &predictor, &target_fake, &player);
	do
		assert_true(turns_take(&predictor.turns, &turn));
	while (!prediction_begin(&prediction, turn));
	played.enough = enough ? played.runs + enough : 0;
	while (prediction_step(&prediction)) {
		nr++;
		if (enough && played.runs >= played.enough) {
			assert_int_equal(played.runs, played.enough);
			break;
		}
	}
	return nr;
}

/* Stops of the whole first pass. */
static unsigned long stops_of_a_pass(struct stage *stage)
{
	static struct predictor predictor;
	static struct prediction prediction;
	const struct predict_player player = { .play = play_on,
					       .record = &stage->record };
	struct block_turn turn;

	memset(&predictor, 0, sizeof(predictor));
	memset(&played, 0, sizeof(played));
	played.stage = stage;
	prediction_init(&prediction, &predictor, &target_fake, &player);
	while (turns_take(&predictor.turns, &turn) && !turn.pass)
		if (prediction_begin(&prediction, turn))
			while (prediction_step(&prediction))
				;
	return played.stops;
}

/* One store, at one site: what it stores makes it another kind of communication. */
static void other_values_are_other_kinds(void **state)
{
	unsigned long small = stops_of_a_pass(*state), large;

	stride = 1024;
	large = stops_of_a_pass(*state);
	stride = 1;
	assert_true(large > 0);
	assert_true(small > large);
	assert_int_equal(kinds_change(5, 5), 0);
	assert_int_not_equal(kinds_change(1, 2), kinds_change(2, 1));
	assert_int_equal(kinds_change(0, 1024), kinds_change(0, 2048));
	assert_int_not_equal(kinds_change(0, 1024), kinds_change(0, 1026));
}

static void a_step_ends_when_it_is_enough(void **state)
{
	unsigned int all = steps(*state, 0);
	unsigned long stops = played.stops;

	assert_true(all > 1);
	assert_true(stops > 1);
	assert_int_equal(steps(*state, 2), 1); /* the others, and a stop */
	assert_int_equal(played.stops, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_look_says_where_it_was_made),
		cmocka_unit_test(the_last_store_counts_and_whose_was_before),
		cmocka_unit_test(a_kind_has_a_few_runs_of_many_blocks),
		cmocka_unit_test(every_block_comes_once_a_pass),
		cmocka_unit_test(another_seed_is_another_order),
		cmocka_unit_test(other_values_are_other_kinds),
		cmocka_unit_test(a_step_ends_when_it_is_enough),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
