/* SPDX-License-Identifier: MIT */
/*
 * plain_test.c: plain accesses as access points: which there are, what they are
 * called, what is said of them. In a build with PAGERACE_PLAIN only.
 */
#include "build.h"
#include "fake.h"

/* --------------------------------------------------------------------- acts */

static void set(void) /* add 0 */
{
	fake.x = 7;
}

static void copy(void) /* add 1 */
{
	fake.y = fake.x;
}

static void marked(void) /* add 2 */
{
	WRITE_ONCE(fake.y, READ_ONCE(fake.x));
	atomic_add_unless((atomic_t *)&fake.x, 1, 0);
	cmpxchg(&fake.x, 8, 9);
	spin_lock(&fake.lock);
	spin_unlock(&fake.lock);
}

static void both(void) /* add 3 */
{
	WRITE_ONCE(fake.y, 1);
	fake.y++;
}

static void operand(void) /* add 4 */
{
	cmpxchg(&fake.x, fake.y, 5);
}

static void increment(void) /* add 5 */
{
	fake.x++;
}

static void stale(void) /* add 6 */
{
	int *object = machine_alloc(sizeof(*object));

	*object = 1;
	machine_free(object);
	fake.y = *object;
}

static void fresh(void) /* add 7 */
{
	int *object = machine_alloc(sizeof(*object));

	*object = 3;
	machine_free(object);
}

static void placed(void) /* add 8; called by one test alone */
{
	fake.x = 8;
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		set,	   copy,  marked, both,	  operand,
		increment, stale, fresh,  placed,
	};

	acts[nr]();
}

/* ------------------------------------------------------------------ helpers */

#define NAMES_MAX 65536

/* Names of the program's accesses in the last run, a line each. */
static const char *names(const struct stage *stage)
{
	static char text[NAMES_MAX];
	unsigned int i;
	size_t at = 0;

	*text = '\0';
	for (i = 0; i < stage->record.nr; i++) {
		const struct step *step = &stage->record.steps[i];

		if (step->kind != STEP_ACCESS || step->setup)
			continue;
		assert_in_range(at, 0, NAMES_MAX - 2 * SITE_NAME_MAX);
		at += (size_t)site_name(step->site, text + at, SITE_NAME_MAX);
		text[at++] = '\n';
		text[at] = '\0';
	}
	return text;
}

static const struct step *last_access(const struct stage *stage)
{
	unsigned int i = stage->record.nr;

	while (i--)
		if (stage->record.steps[i].kind == STEP_ACCESS)
			return &stage->record.steps[i];
	return NULL;
}

static void expect_names(struct stage *stage, const char *text,
			 const char *wanted)
{
	fake_play(stage, text, "");
	assert_string_equal(names(stage), wanted);
}

/* -------------------------------------------------------------------- tests */

static void plain_loads_and_stores_are_access_points(void **state)
{
	struct stage *stage = *state;

	expect_names(stage, "task0 add 0\ntask0 add 1\n",
		     "set:store4(fake word)\n"
		     "copy:load4(fake word)\n"
		     "copy:store4(fake word)\n");
	assert_int_equal(stage->engine.verdict.points, 3);
}

static void a_plain_store_is_recorded_with_what_it_stored(void **state)
{
	const struct step *step;

	fake_play(*state, "task0 add 0\ntask0 add 1\n", "");
	step = last_access(*state);
	assert_ptr_equal(step->addr, &fake.y);
	assert_int_equal(step->new, 7);
	assert_int_equal(step->op, 1);
	assert_int_equal(step->point, 2);
}

static void a_marked_access_is_announced_once(void **state)
{
	expect_names(*state, "task0 add 2\n",
		     "marked:READ_ONCE(fake.x)\n"
		     "marked:WRITE_ONCE(fake.y)\n"
		     "marked:atomic_add_unless((atomic_t *)&fake.x)\n"
		     "marked:cmpxchg(&fake.x)\n"
		     "marked:spin_lock(&fake.lock)\n"
		     "marked:spin_unlock(&fake.lock)\n");
}

static void a_plain_access_behind_a_marked_one_is_a_point(void **state)
{
	expect_names(*state, "task0 add 3\n",
		     "both:WRITE_ONCE(fake.y)\n"
		     "both:load4(fake word)\n"
		     "both:store4(fake word)\n");
}

/* It is read when the exchange was announced already. */
static void an_operand_does_not_take_the_place_of_the_access(void **state)
{
	expect_names(*state, "task0 add 4\n",
		     "operand:load4(fake word)\n"
		     "operand:cmpxchg(&fake.x)\n");
	assert_ptr_equal(last_access(*state)->addr, &fake.x);
	assert_int_equal(last_access(*state)->new, 5);
}

static void a_switch_between_load_and_store_loses_an_update(void **state)
{
	fake_play(*state, "task0 add 5\ntask1 add 5\n", "");
	assert_int_equal(fake.x, 2);
	fake_play(*state,
		  "task0 add 5\ntask1 add 5\npreempt task0 op0 before "
		  "increment:store4(fake word)#1 -> task1\n", "");
	assert_int_equal(fake.x, 1);
	assert_int_equal(((struct stage *)*state)->engine.verdict.preemptions,
			 1);
}

static void a_plain_access_to_a_freed_object_is_a_finding(void **state)
{
	fake_fail(*state, "task0 add 6\n", "use-after-free");
	fake_play(*state, "task0 add 7\n", "");
}

/* The digest of a run whose first object has @leftover in it at the start. */
static uint32_t digest_after(struct stage *stage, int leftover)
{
	memcpy(stage->engine.arena.slots, &leftover, sizeof(leftover));
	fake_play(stage, "task0 add 7\n", "");
	return stage_digest(stage);
}

static void digests_do_not_depend_on_earlier_runs(void **state)
{
	assert_int_equal(digest_after(*state, 1), digest_after(*state, 2));
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* A checker calls views at every boundary; init() runs before the program. */
static void views_and_init_announce_nothing(void **state)
{
	struct stage *stage = *state;
	struct target_place place;
	const struct target *core = stage_core("none");
	unsigned int i, plain = 0, nr;

	stage_play(stage, core, FOUNDING_RACE);
	for (i = 0; i < stage->record.nr; i++) {
		const struct site *site = stage->record.steps[i].site;

		if (stage->record.steps[i].kind != STEP_ACCESS)
			continue;
		plain += site->order == MACHINE_PLAIN && site->size;
		assert_false(begins(site->function, "view_"));
		assert_false(begins(site->function, "describe_"));
		assert_false(begins(site->function, "page_of_link"));
		assert_false(begins(site->function, "core_init"));
		assert_false(begins(site->function, "buddy_init"));
	}
	assert_in_range(plain, 20, 10000);
	nr = stage->record.nr;
	assert_int_equal(core->count(0), 0);
	core->describe(stage->engine.snapshot.regions[0].start, &place);
	assert_int_equal(stage->record.nr, nr);
}

static void giving_init(const struct target_config *config)
{
	fake_init(config);
	arch_free_page(0, 0, NULL, 0);
	fake.x = 3;
}

/* Whoever starts up an allocator gives it its pages. */
static void init_that_gave_a_page_announces_nothing(void **state)
{
	static struct target giving;

	giving = target_fake;
	giving.init = giving_init;
	stage_play(*state, &giving, "task0 add 0\n");
	assert_string_equal(names(*state), "set:store4(fake word)\n");
}

#define OFFSETS 200 /* no function here is longer */

/* The same places of two functions, of which one is meant. */
static void a_place_that_the_build_knows_is_told(void **state)
{
	static struct plain_place places[2 * OFFSETS + 1];
	static struct target knowing;
	const struct step *step;
	unsigned int i;

	for (i = 0; i < OFFSETS; i++) {
		places[i] = (struct plain_place){ "copy", i, 1, "another",
						  "other.c" };
		places[OFFSETS + i] = (struct plain_place){ "placed", i,
							    100 + i, "inlined",
							    "a/b.c" };
	}
	knowing = target_fake;
	knowing.plain_places = places;
	stage_play(*state, &knowing, "task0 add 8\n");
	assert_string_equal(names(*state), "inlined:store4(fake word)\n");
	step = last_access(*state);
	assert_string_equal(step->site->file, "a/b.c");
	assert_in_range(step->site->line, 101, 100 + OFFSETS);
}

static void names_and_digests_are_the_same_each_time(void **state)
{
	struct stage *stage = *state;
	const struct target *core = stage_core("none");
	static char before[NAMES_MAX];
	uint32_t digest;

	stage_play(stage, core, FOUNDING_RACE);
	digest = stage_digest(stage);
	snprintf(before, sizeof(before), "%s", names(stage));
	fake_play(stage, "task0 add 5\n", "");
	stage_play(stage, core, FOUNDING_RACE);
	assert_string_equal(names(stage), before);
	assert_int_equal(stage_digest(stage), digest);
	assert_non_null(strstr(before,
			       "delete_from_page_cache:store8(page mapping)"));
}

/* Text says in which build it means something, and names what it visited. */
static void text_names_the_build_and_plain_sites(void **state)
{
	static const char line[] = "preempt  task0 op0 before "
				   "increment:store4(fake word)#1 -> task1\n";
	static const struct text_head nothing;
	struct stage *stage = *state;
	struct text_head head;
	struct program again;
	char text[4096], error[128] = "";
	size_t size;

	fake_play(stage, "task0 add 5\n", "");
	stage_parse(&stage->program, line);
	size = text_print(&nothing, &stage->program, sites_names(&target_fake),
			  text, sizeof(text));
	assert_non_null(strstr(text, "build    " BUILD_PLAIN "\n"));
	assert_non_null(strstr(text, line));
	assert_true(text_parse(text, size, &head, &again, error,
			       sizeof(error)));
	assert_string_equal(head.build, BUILD_PLAIN);
	assert_true(program_equal(&again, &stage->program));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_loads_and_stores_are_access_points),
		cmocka_unit_test(a_plain_store_is_recorded_with_what_it_stored),
		cmocka_unit_test(a_marked_access_is_announced_once),
		cmocka_unit_test(a_plain_access_behind_a_marked_one_is_a_point),
		cmocka_unit_test(
			an_operand_does_not_take_the_place_of_the_access),
		cmocka_unit_test(
			a_switch_between_load_and_store_loses_an_update),
		cmocka_unit_test(a_plain_access_to_a_freed_object_is_a_finding),
		cmocka_unit_test(digests_do_not_depend_on_earlier_runs),
		cmocka_unit_test(views_and_init_announce_nothing),
		cmocka_unit_test(init_that_gave_a_page_announces_nothing),
		cmocka_unit_test(a_place_that_the_build_knows_is_told),
		cmocka_unit_test(names_and_digests_are_the_same_each_time),
		cmocka_unit_test(text_names_the_build_and_plain_sites),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
