/* SPDX-License-Identifier: MIT */
/* snapshot_test.c: a target is put back before every run. */
#include "fake.h"
#include "memory_glue.h"
#include "inside.h"

/* Calls of init(): of a target that is new here, and of another configuration. */
#define BRING_UP 2
#define BRING_UP_AGAIN (1 + MSAN_ON)

static unsigned int inits;

static void act(unsigned long nr)
{
	note((char)('0' + fake.x));
	fake.x = (int)nr;
}

static void counting_init(const struct target_config *config)
{
	inits++;
	fake_init(config);
	fake.y = (int)config->pages;
}

static const struct target target_counting = {
	.name = "counting",
	.percpu = true,
	.tree = true,
	TARGET_SITES,
	.init = counting_init,
	.regions = fake_regions,
	.operations = { [OP_ADD] = fake_add },
};

static void what_a_run_left_is_gone_in_the_next(void **state)
{
	fake_play(*state, "task0 add 7\ntask1 add 2\n", "0017");
	fake_play(*state, "task0 add 7\ntask1 add 2\n", "0017");
}

static void a_target_that_was_scribbled_over_is_restored(void **state)
{
	fake_play(*state, "task0 add 1\n", "00");
	memset(&fake, 0x5a, sizeof(fake));
	fake_play(*state, "task0 add 1\n", "00");
}

static void the_core_is_restored_byte_by_byte(void **state)
{
	struct stage *stage = *state;
	const struct target *core = stage_core("none");
	struct target_region regions[TARGET_REGIONS_MAX];
	uint32_t digest;
	int i, nr;

	stage_play(stage, core, FOUNDING_RACE);
	digest = stage_digest(stage);
	nr = core->regions(regions);
	assert_in_range(nr, 1, TARGET_REGIONS_MAX);
	for (i = 0; i < nr; i++)
		if (!regions[i].contents)
			memset(regions[i].start, 0xa5, regions[i].size);
	stage_play(stage, core, FOUNDING_RACE);
	assert_int_equal(stage_digest(stage), digest);
}

static void one_configuration_is_brought_up_once(void **state)
{
	struct stage *stage = *state;
	unsigned int i;

	inits = 0;
	for (i = 0; i < 5; i++)
		stage_play(stage, &target_counting, "pages 32\n");
	assert_int_equal(inits, BRING_UP);
	assert_int_equal(fake.y, 32);
}

static void another_configuration_is_brought_up_anew(void **state)
{
	/* Each differs from the one before in one field. */
	static const char *const texts[] = {
		"pages 64\n",
		"pages 16\n",
		"pcp high=3 batch=1\n",
		"pcp high=3 batch=2\n",
		"pcp high=3 batch=2\nfanout 8\n",
	};
	struct stage *stage = *state;
	unsigned int i;

	stage_play(stage, &target_counting, "pages 32\n");
	inits = 0;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		stage_play(stage, &target_counting, texts[i]);
		assert_int_equal(inits, (i + 1) * BRING_UP_AGAIN);
		assert_int_equal(fake.y, stage->program.config.pages);
	}
}

static void two_targets_are_played_by_turns(void **state)
{
	struct stage *stage = *state;

	stage_play(stage, &target_counting, "pages 32\n");
	stage_play(stage, &target_fake, "");
	inits = 0;
	fake.y = 1;
	stage_play(stage, &target_counting, "pages 32\n");
	assert_int_equal(inits, 0);
	assert_int_equal(fake.y, 32);
}

static void forgetful_init(const struct target_config *config)
{
	fake.x = 0;
	(void)config;
}

static const struct target target_forgetful = {
	.name = "forgetful",
	TARGET_SITES,
	.init = forgetful_init,
	.regions = fake_regions,
};

static void of_three_targets_the_first_is_brought_up_anew(void **state)
{
	struct stage *stage = *state;

	stage_play(stage, &target_counting, "");
	stage_play(stage, &target_fake, "");
	stage_play(stage, &target_forgetful, "");
	inits = 0;
	stage_play(stage, &target_counting, "");
	assert_int_equal(inits, BRING_UP);
}

static void a_restored_target_is_what_init_left(void **state)
{
	struct stage *stage = *state;
	const struct target_config config = { 16, 0, 1, 2 };
	struct snapshot *snapshot = &stage->engine.snapshot;

	snapshot_restore(snapshot, &target_fake, &config);
	fake.flag = 9;
	fake.log[sizeof(fake.log) - 1] = 'z';
	snapshot_restore(snapshot, &target_fake, &config);
	assert_int_equal(fake.flag, 0);
	assert_int_equal(fake.log[sizeof(fake.log) - 1], 0);
}

/* A zone, of an array for 64 pages. */
#define ZONE_PAGE 256
static struct zone {
	unsigned char map[64 * ZONE_PAGE];
	unsigned int pages;
} zone;

static void zone_init(const struct target_config *config)
{
	zone.pages = config->pages;
	memset(zone.map, 1, zone.pages * ZONE_PAGE);
}

static int zone_regions(struct target_region *regions)
{
	regions[0] = (struct target_region){
		.start = zone.map,
		.size = zone.pages * ZONE_PAGE,
		.behind = sizeof(zone.map) - zone.pages * ZONE_PAGE,
	};
	return 1;
}

static const struct target target_zone = {
	.name = "zone",
	.init = zone_init,
	.regions = zone_regions,
};

/* Of @pages pages, all 1, and behind them the pattern, or nobody may look. */
static void expect_zone(struct stage *stage, unsigned int pages)
{
	const struct target_config config = { pages, 0, 1, 2 };
	unsigned int i;

	snapshot_restore(&stage->engine.snapshot, &target_zone, &config);
	for (i = 0; i < pages * ZONE_PAGE; i++)
		assert_int_equal(zone.map[i], 1);
	for (; i < sizeof(zone.map); i++) {
		assert_int_equal(asan_is_poisoned(&zone.map[i]), ASAN_ON);
		msan_unpoison(&zone.map[i], 1);
		if (!ASAN_ON)
			assert_int_equal(zone.map[i], 0xff);
	}
}

static void
what_lies_behind_a_region_is_as_if_nobody_had_been_there(void **state)
{
	struct stage *stage = *state;

	expect_zone(stage, 32);
	expect_zone(stage, 64);
	memset(zone.map, 7, sizeof(zone.map));
	expect_zone(stage, 16);
	if (!ASAN_ON) /* it would say so */
		memset(zone.map, 7, 32 * ZONE_PAGE);
	expect_zone(stage, 16);
	if (!ASAN_ON)
		memset(zone.map, 7, sizeof(zone.map));
	stage->engine.snapshot.soiled = true; /* a run was broken off */
	expect_zone(stage, 16);
	expect_zone(stage, 32);
}

/* As in a fresh process, and in each run after the first as well. */
static void what_init_forgets_is_uninitialised_under_msan(void **state)
{
	struct snapshot *snapshot = &((struct stage *)*state)->engine.snapshot;
	const struct target_config config = { 16, 0, 1, 2 };
	int i;

	fake.x = fake.y = 1;
	for (i = 0; i < 2; i++) {
		snapshot_restore(snapshot, &target_forgetful, &config);
		assert_int_equal(msan_first_poisoned(&fake.x, sizeof(fake.x)),
				 -1);
		assert_int_equal(msan_first_poisoned(&fake.y, sizeof(fake.y)),
				 MSAN_ON ? 0 : -1);
		fake.y = 1;
	}
}

/* Whatever came before, in this process or in another. */
static void what_init_forgets_is_a_pattern(void **state)
{
	struct snapshot *snapshot = &((struct stage *)*state)->engine.snapshot;
	unsigned int i;

	for (i = 0; i < 4; i++) {
		const struct target_config config = { 16, i / 2, 1, 2 };

		fake.x = fake.y = (int)i;
		snapshot->soiled = i == 3;
		snapshot_restore(snapshot, &target_forgetful, &config);
		msan_unpoison(&fake, sizeof(fake));
		assert_int_equal(fake.x, 0);
		assert_int_equal(fake.y, -1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_run_left_is_gone_in_the_next),
		cmocka_unit_test(a_target_that_was_scribbled_over_is_restored),
		cmocka_unit_test(the_core_is_restored_byte_by_byte),
		cmocka_unit_test(one_configuration_is_brought_up_once),
		cmocka_unit_test(another_configuration_is_brought_up_anew),
		cmocka_unit_test(two_targets_are_played_by_turns),
		cmocka_unit_test(of_three_targets_the_first_is_brought_up_anew),
		cmocka_unit_test(a_restored_target_is_what_init_left),
		cmocka_unit_test(
			what_lies_behind_a_region_is_as_if_nobody_had_been_there),
		cmocka_unit_test(what_init_forgets_is_uninitialised_under_msan),
		cmocka_unit_test(what_init_forgets_is_a_pattern),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
