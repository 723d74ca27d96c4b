/* SPDX-License-Identifier: MIT */
/* reverse_test.c: a race that went one way, played the other way round. */
#include "fake.h"
#include "reverse.h"

#define PROGRAMS 400
#define SEEDS 10
#define POOL 128
#define EXECUTIONS_MAX 5000

static struct reverse reverse; /* too large for a stack */

static void write_x(void) /* add 0: a | x = 1 | b | x = 2 | c */
{
	note('a');
	WRITE_ONCE(fake.x, 1);
	note('b');
	WRITE_ONCE(fake.x, 2);
	note('c');
}

static void read_x(void) /* add 1: | what x is */
{
	int x = READ_ONCE(fake.x);

	note((char)('0' + x));
}

static void locked_x(void) /* add 2: | lock | x | unlock */
{
	spin_lock(&fake.lock);
	WRITE_ONCE(fake.x, fake.x + 1);
	note('l');
	spin_unlock(&fake.lock);
}

static void write_y(void) /* add 3: | y */
{
	WRITE_ONCE(fake.y, 1);
	note('y');
}

static void hand_out(void) /* add 4: a | page 2 moves | b */
{
	static char contents[8];

	note('a');
	READ_ONCE(fake.x);
	arch_alloc_page(2, 0, contents, sizeof(contents));
	note('b');
	READ_ONCE(fake.y);
	note('c');
}

static void look_at_two(void) /* add 5: | p */
{
	READ_ONCE(fake.pages[2]);
	note('p');
}

static void look_at_three(void) /* add 6: | p */
{
	READ_ONCE(fake.pages[3]);
	note('p');
}

static union {
	uint64_t whole;
	uint32_t half[2];
} wide;

static void write_half(void) /* add 7: | h */
{
	WRITE_ONCE(wide.half[1], 1);
	note('h');
}

static void read_whole(void) /* add 8: | w */
{
	READ_ONCE(wide.whole);
	note('w');
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		write_x,     read_x,	    locked_x,	write_y,    hand_out,
		look_at_two, look_at_three, write_half, read_whole,
	};

	acts[nr]();
}

/* The @nth access (from 0) of @task in the record. */
static unsigned int access_of(const struct record *record, unsigned int task,
			      unsigned int nth)
{
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		if (record->steps[i].kind == STEP_ACCESS &&
		    record->steps[i].task == task && !nth--)
			break;
	assert_in_range(i, 0, record->nr - 1);
	return i;
}

/* ------------------------------------------------------------ hand-made */

static void a_reversed_pair_comes_the_other_way_round(void **state)
{
	struct stage *stage = *state;
	const struct record *record = &stage->record;
	struct program child;

	fake_play(stage, "task0 add 0\ntask1 add 1\n", "0a0b0c12");
	child = stage->program;
	reverse_schedule(record, access_of(record, 0, 1),
			 access_of(record, 1, 0), &child);
	stage_run(stage, &target_fake, &child);
	assert_string_equal(fake.log, "0a0b110c");
	reverse_schedule(record, access_of(record, 0, 0),
			 access_of(record, 1, 0), &child);
	stage_run(stage, &target_fake, &child);
	assert_string_equal(fake.log, "0a100b0c");
}

static void a_pair_across_operations_is_reversed_too(void **state)
{
	struct stage *stage = *state;
	const struct record *record = &stage->record;
	struct program child;

	fake_play(stage,
		  "task0 add 3\ntask0 add 0\ntask1 add 3\ntask1 add 1\n",
		  "0y0a0b0c1y12");
	child = stage->program;
	reverse_schedule(record, access_of(record, 0, 1),
			 access_of(record, 1, 1), &child);
	stage_run(stage, &target_fake, &child);
	assert_string_equal(fake.log, "0y0a1y100b0c");
}

static void others_keep_their_order(void **state)
{
	struct stage *stage = *state;
	const struct record *record = &stage->record;
	struct program child;

	fake_play(stage, "task0 add 0\ntask1 add 3\ntask2 add 1\ntask3 add 3\n",
		  "0a0b0c1y223y");
	child = stage->program;
	reverse_schedule(record, access_of(record, 0, 0),
			 access_of(record, 2, 0), &child);
	stage_run(stage, &target_fake, &child);
	assert_string_equal(fake.log, "0a1y200b0c3y");
}

static void reverse_race_makes_a_child_with_the_race_reversed(void **state)
{
	struct stage *stage = *state;
	struct program child;
	struct rng rng;
	unsigned int seed, zero = 0, one = 0;

	for (seed = 0; seed < 100; seed++) {
		fake_play(stage, "task0 add 0\ntask1 add 1\n", "0a0b0c12");
		rng_seed(&rng, seed);
		memset(&reverse, 0, sizeof(reverse));
		assert_true(reverse_race(&reverse, &stage->record,
					 &stage->program, &rng, &child));
		stage_run(stage, &target_fake, &child);
		zero += !strcmp(fake.log, "0a100b0c");
		one += !strcmp(fake.log, "0a0b110c");
	}
	assert_int_equal(zero + one, 100);
	assert_true(zero && one);
}

static void expect_reversed(struct stage *stage, const char *text,
			    const char *log, const char *other)
{
	struct program child;
	struct rng rng;

	rng_seed(&rng, 1);
	memset(&reverse, 0, sizeof(reverse));
	fake_play(stage, text, log);
	assert_true(reverse_race(&reverse, &stage->record, &stage->program,
				 &rng, &child));
	stage_run(stage, &target_fake, &child);
	assert_string_equal(fake.log, other);
}

static void a_look_at_a_page_and_its_move_are_reversed(void **state)
{
	expect_reversed(*state, "task0 add 4\ntask1 add 5\n", "0a0b0c1p",
			"0a1p0b0c");
	expect_reversed(*state, "task0 add 5\ntask1 add 4\n", "0p1a1b1c",
			"1a1b0p1c");
}

static void a_word_and_a_half_of_it_are_reversed(void **state)
{
	expect_reversed(*state, "task0 add 7\ntask1 add 8\n", "0h1w", "1w0h");
	expect_reversed(*state, "task0 add 8\ntask1 add 7\n", "0w1h", "1h0w");
}

static void nothing_is_reversed_where_nothing_races(void **state)
{
	static const char *const texts[] = {
		"", "task0 add 0\ntask0 add 1\n", "task0 add 0\ntask1 add 3\n",
		"task0 add 1\ntask1 add 1\n", "setup add 0\ntask1 add 1\n",
		"task0 add 4\ntask1 add 6\n",
	};
	struct stage *stage = *state;
	struct program child;
	struct rng rng;
	unsigned int i;

	rng_seed(&rng, 1);
	memset(&reverse, 0, sizeof(reverse));
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		stage_play(stage, &target_fake, texts[i]);
		assert_false(reverse_race(&reverse, &stage->record,
					  &stage->program, &rng, &child));
	}
}

/* Who takes the lock first is a race; what is done under it is none. */
static void accesses_under_one_lock_are_not_reversed(void **state)
{
	struct stage *stage = *state;
	struct program child;
	struct rng rng;
	unsigned int seed;

	for (seed = 0; seed < 100; seed++) {
		fake_play(stage, "task0 add 2\ntask1 add 2\n", "0l1l");
		rng_seed(&rng, seed);
		memset(&reverse, 0, sizeof(reverse));
		if (!reverse_race(&reverse, &stage->record, &stage->program,
				  &rng, &child))
			continue;
		stage_run(stage, &target_fake, &child);
		assert_string_equal(fake.log, "1l0l");
	}
}

static void a_pair_reversed_once_waits_for_the_others(void **state)
{
	struct stage *stage = *state;
	struct program child;
	struct rng rng;
	unsigned int i, zero = 0;

	rng_seed(&rng, 1);
	memset(&reverse, 0, sizeof(reverse));
	for (i = 0; i < 40; i++) {
		fake_play(stage, "task0 add 0\ntask1 add 1\n", "0a0b0c12");
		assert_true(reverse_race(&reverse, &stage->record,
					 &stage->program, &rng, &child));
		stage_run(stage, &target_fake, &child);
		zero += !strcmp(fake.log, "0a100b0c");
	}
	assert_in_range(zero, 18, 22);
}

/* ----------------------------------------------------------- on the core */

/* Measured: 396 of 400. The others spin. */
static void most_runs_replay_from_their_record(void **state)
{
	struct stage *stage = *state;
	const struct target *core = stage_core("none");
	struct program program, child;
	unsigned int i, same = 0;

	for (i = 0; i < PROGRAMS; i++) {
		uint32_t digest;

		stage_random(&program, i, 30);
		digest = stage_run_digest(stage, core, &program);
		child = program;
		reverse_schedule(&stage->record, 0, 0, &child);
		same += stage_run_digest(stage, core, &child) == digest;
	}
	assert_in_range(same, PROGRAMS * 95 / 100, PROGRAMS);
}

/*
 * Rounds of reversal from the founding program without its schedule: children
 * that run clean and are new become parents. Returns: executions.
 */
static unsigned int hunt(struct stage *stage, uint64_t seed)
{
	static struct program pool[POOL];
	static uint32_t seen[POOL];
	const struct target *target = stage_core("free-without-tail");
	unsigned int executions, nr = 1, i;
	struct program child;
	struct rng rng;

	rng_seed(&rng, seed);
	memset(&reverse, 0, sizeof(reverse));
	stage_parse(&pool[0], FOUNDING_PROGRAM);
	seen[0] = stage_run_digest(stage, target, &pool[0]);
	for (executions = 1; executions < EXECUTIONS_MAX; executions += 2) {
		const struct program *parent = &pool[rng_below(&rng, nr)];
		uint32_t digest;

		stage_run(stage, target, parent);
		if (!reverse_race(&reverse, &stage->record, parent, &rng,
				  &child))
			continue;
		if (stage_run(stage, target, &child)->finding.checker) {
			expect_finding(&stage->engine.verdict, "page-loss");
			break;
		}
		digest = stage_digest(stage);
		for (i = 0; i < nr && seen[i] != digest; i++)
			;
		if (i < nr || nr == POOL)
			continue;
		seen[nr] = digest;
		pool[nr++] = child;
	}
	return executions;
}

static int compare(const void *a, const void *b)
{
	return (int)*(const unsigned int *)a - (int)*(const unsigned int *)b;
}

/* Measured: 33 to 571 executions, median 249. */
static void reversal_finds_the_founding_race_from_any_seed(void **state)
{
	unsigned int executions[SEEDS], i;

	for (i = 0; i < SEEDS; i++) {
		executions[i] = hunt(*state, i);
		assert_in_range(executions[i], 1, EXECUTIONS_MAX - 1);
	}
	qsort(executions, SEEDS, sizeof(executions[0]), compare);
	assert_in_range(executions[SEEDS / 2], 1, 2000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reversed_pair_comes_the_other_way_round),
		cmocka_unit_test(a_pair_across_operations_is_reversed_too),
		cmocka_unit_test(others_keep_their_order),
		cmocka_unit_test(
			reverse_race_makes_a_child_with_the_race_reversed),
		cmocka_unit_test(a_word_and_a_half_of_it_are_reversed),
		cmocka_unit_test(a_look_at_a_page_and_its_move_are_reversed),
		cmocka_unit_test(nothing_is_reversed_where_nothing_races),
		cmocka_unit_test(accesses_under_one_lock_are_not_reversed),
		cmocka_unit_test(a_pair_reversed_once_waits_for_the_others),
		cmocka_unit_test(most_runs_replay_from_their_record),
		cmocka_unit_test(
			reversal_finds_the_founding_race_from_any_seed),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
