/* SPDX-License-Identifier: MIT */
/* feedback_test.c: what is new about a run. */
#include "fake.h"
#include "feedback.h"

static struct feedback feedback; /* too large for a stack */

static void own_word(void) /* add 0: nobody else looks there */
{
	note('o');
}

static void write_x(void) /* add 1 */
{
	WRITE_ONCE(fake.x, 1);
}

static void read_x(void) /* add 2 */
{
	READ_ONCE(fake.x);
}

static void read_y(void) /* add 3 */
{
	READ_ONCE(fake.y);
}

static void page_three(void) /* add 4 */
{
	static char contents[64];

	arch_alloc_page(3, 0, contents, 0);
	arch_free_page(3, 0, contents, 0);
}

static void page_pair(void) /* add 5 */
{
	static char contents[64];

	arch_alloc_page(2, 1, contents, 0);
	arch_free_page(2, 1, contents, 0);
}

static void write_two(void) /* add 6 */
{
	WRITE_ONCE(fake.x, 1);
	WRITE_ONCE(fake.y, 1);
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = { own_word, write_x,    read_x,
					      read_y,	page_three, page_pair,
					      write_two };

	acts[nr]();
}

/* Play @text on @target, with what it showed in @map. */
static void watch(struct stage *stage, const struct target *target,
		  const char *text, uint8_t *map)
{
	const struct run_options options = { .observers = {
						     &feedback.observer } };

	memset(map, 0, FEEDBACK_MAP_SIZE);
	feedback.map = map;
	stage_parse(&stage->program, text);
	engine_run(&stage->engine, target, &stage->program, &options);
}

static unsigned int features(const uint8_t *map)
{
	unsigned int i, nr = 0;

	for (i = 0; i < FEEDBACK_MAP_SIZE; i++)
		nr += map[i] != 0;
	return nr;
}

/* Bytes set in @map that @base lacks. */
static unsigned int news(const uint8_t *map, const uint8_t *base)
{
	unsigned int i, nr = 0;

	for (i = 0; i < FEEDBACK_MAP_SIZE; i++)
		nr += map[i] && !base[i];
	return nr;
}

static uint8_t one[FEEDBACK_MAP_SIZE], two[FEEDBACK_MAP_SIZE];

static void tasks_that_share_nothing_show_nothing(void **state)
{
	watch(*state, &target_fake, "task0 add 0\ntask1 add 0\n", one);
	assert_int_equal(features(one), 0);
	watch(*state, &target_fake, "task0 add 1\ntask1 add 3\n", one);
	assert_int_equal(features(one), 0);
	watch(*state, &target_fake, "task0 add 1\ntask0 add 2\n", one);
	assert_int_equal(features(one), 0);
}

static void reading_what_another_wrote_is_a_feature(void **state)
{
	watch(*state, &target_fake, "task0 add 1\ntask1 add 2\n", one);
	assert_int_equal(features(one), 1);
	watch(*state, &target_fake, "task0 add 2\ntask1 add 2\n", two);
	assert_int_equal(features(two), 0);
	watch(*state, &target_fake, "task0 add 1\ntask1 add 1\n", two);
	assert_int_equal(features(two), 1);
	assert_int_equal(news(one, two), 1);
}

static void what_an_earlier_run_wrote_is_forgotten(void **state)
{
	watch(*state, &target_fake, "task0 add 1\n", one);
	watch(*state, &target_fake, "task1 add 2\n", two);
	assert_int_equal(features(two), 0);
}

static void what_overtakes_a_late_store_is_a_feature(void **state)
{
	watch(*state, &target_fake, "task0 add 6\n", one);
	assert_int_equal(features(one), 0);
	watch(*state, &target_fake, "task0 add 6\ndelay task0 op0 point 1\n",
	      two);
	assert_int_equal(features(two), 1);
	watch(*state, &target_fake, "task0 add 6\ndelay task0 op0 point 2\n",
	      two);
	assert_int_equal(features(two), 0);
}

/* A field of a kind: it may be of the past. */
static void describe(const volatile void *addr, struct target_place *place)
{
	fake_describe(addr, place);
	place->instance = -1;
}

#define READ_OF_THE_PAST                                                       \
	"task0 add 1\ntask1 add 2\n"                                           \
	"switch task0 op0 begin -> task1\n"                                    \
	"preempt task1 op0 point 1 -> task0\n"

static void what_a_load_of_the_past_passes_over_is_a_feature(void **state)
{
	struct target scalar = target_fake;

	scalar.describe = describe;
	watch(*state, &scalar, READ_OF_THE_PAST, one);
	watch(*state, &scalar,
	      READ_OF_THE_PAST "stale task1 op0 point 1 back 1\n", two);
	assert_int_equal(features(two), features(one) + 1);
	assert_int_equal(news(two, one), 1);
}

static void set_up_is_not_looked_at(void **state)
{
	watch(*state, &target_fake, "setup add 1\ntask1 add 2\n", one);
	assert_int_equal(features(one), 0);
	watch(*state, &target_fake, "setup add 4\n", one);
	assert_int_equal(features(one), 0);
}

static void an_access_before_a_stopped_one_is_a_feature(void **state)
{
	watch(*state, &target_fake, "task0 add 2\ntask1 add 1\n", one);
	watch(*state, &target_fake,
	      "task0 add 2\ntask1 add 1\n"
	      "preempt task0 op0 point 1 -> task1\n",
	      two);
	assert_int_equal(features(one), 0);
	assert_int_equal(features(two), 2); /* the race; then it reads */
	watch(*state, &target_fake,
	      "task0 add 2\ntask1 add 2\n"
	      "preempt task0 op0 point 1 -> task1\n",
	      two);
	assert_int_equal(features(two), 0);
}

static void the_life_of_a_page_is_a_feature(void **state)
{
	watch(*state, &target_fake, "task0 add 4\n", one);
	assert_in_range(features(one), 1, 2);
	watch(*state, &target_fake, "task0 add 4\ntask0 add 4\n", two);
	assert_true(news(two, one));
	watch(*state, &target_fake, "task0 add 5\n", two);
	assert_true(news(two, one));
}

static void three_things_of_a_pages_life_are_remembered(void **state)
{
	watch(*state, &target_fake,
	      "task0 add 4\ntask0 add 4\ntask0 add 4\n", one);
	watch(*state, &target_fake,
	      "task0 add 4\ntask0 add 4\ntask0 add 4\ntask0 add 4\n", two);
	assert_memory_equal(one, two, sizeof(one));
}

static void features_that_were_never_seen_are_counted(void **state)
{
	uint32_t before;

	watch(*state, &target_fake, "task0 add 1\ntask1 add 2\n", one);
	before = feedback.seen;
	assert_true(before > 0);
	watch(*state, &target_fake, "task0 add 1\ntask1 add 2\n", one);
	assert_int_equal(feedback.seen, before);
	watch(*state, &target_fake, "task0 add 5\n", one);
	assert_true(feedback.seen > before);
}

/* On the core, where the places are described. */
static void the_founding_race_shows_more_than_its_program(void **state)
{
	const struct target *core = stage_core("none");

	watch(*state, core, FOUNDING_PROGRAM, one);
	watch(*state, core, FOUNDING_RACE, two);
	assert_true(features(one) > 2);
	assert_true(news(two, one) > 5);
}

static void equal_runs_have_equal_maps(void **state)
{
	struct stage *stage = *state;
	const struct run_options options = { .observers = {
						     &feedback.observer } };
	struct program program;
	unsigned int i;

	for (i = 0; i < 200; i++) {
		const struct target *target = stage_core("none");

		stage_random(&program, i, 30);
		memset(one, 0, sizeof(one));
		memset(two, 0, sizeof(two));
		feedback.map = one;
		engine_run(&stage->engine, target, &program, &options);
		stage_play(stage, target, FOUNDING_RACE);
		feedback.map = two;
		engine_run(&stage->engine, target, &program, &options);
		assert_memory_equal(one, two, sizeof(one));
	}
}

static int feedback_open(void **state)
{
	feedback_init(&feedback, one);
	return fake_open(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tasks_that_share_nothing_show_nothing),
		cmocka_unit_test(features_that_were_never_seen_are_counted),
		cmocka_unit_test(reading_what_another_wrote_is_a_feature),
		cmocka_unit_test(what_an_earlier_run_wrote_is_forgotten),
		cmocka_unit_test(what_overtakes_a_late_store_is_a_feature),
		cmocka_unit_test(
			what_a_load_of_the_past_passes_over_is_a_feature),
		cmocka_unit_test(set_up_is_not_looked_at),
		cmocka_unit_test(an_access_before_a_stopped_one_is_a_feature),
		cmocka_unit_test(the_life_of_a_page_is_a_feature),
		cmocka_unit_test(three_things_of_a_pages_life_are_remembered),
		cmocka_unit_test(the_founding_race_shows_more_than_its_program),
		cmocka_unit_test(equal_runs_have_equal_maps),
	};

	return cmocka_run_group_tests(tests, feedback_open, stage_close);
}
