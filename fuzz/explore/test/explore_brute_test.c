/* SPDX-License-Identifier: MIT */
/*
 * explore_brute_test.c: the explorer against brute force: equal numbers of
 * schedules, equal outcomes, for every bound.
 */
#include "brute.h"
#include "explore.h"

#define PROGRAMS 1000
#define UNBOUNDED 1000

static void plain(void) /* add 0 */
{
	WRITE_ONCE(fake.x, 1);
}

static void copy(void) /* add 1 */
{
	WRITE_ONCE(fake.y, READ_ONCE(fake.x) + 2);
}

static void add_up(void) /* add 2 */
{
	int x = READ_ONCE(fake.x);

	WRITE_ONCE(fake.x, x + 1);
}

static void nothing(void) /* add 3 */
{
}

static void locked(void) /* add 4 */
{
	spin_lock(&fake.lock);
	fake.x = 2 * fake.x + 1;
	spin_unlock(&fake.lock);
}

static void two_locks(void) /* add 5 */
{
	spin_lock(&fake.lock);
	spin_lock(&fake.other);
	fake.y++;
	spin_unlock(&fake.other);
	spin_unlock(&fake.lock);
}

static void wrong_way_round(void) /* add 6: a deadlock beside add 5 */
{
	spin_lock(&fake.other);
	spin_lock(&fake.lock);
	spin_unlock(&fake.lock);
	spin_unlock(&fake.other);
}

static void try_lock(void) /* add 7 */
{
	if (!spin_trylock(&fake.lock))
		return;
	fake.x = 3 * fake.x + 1;
	spin_unlock(&fake.lock);
}

static void spin(void) /* add 8 */
{
	while (!READ_ONCE(fake.flag))
		cpu_relax();
}

static void raise_flag(void) /* add 9 */
{
	WRITE_ONCE(fake.flag, 1);
	wake_up_var(&fake.flag);
}

static void sleep_for_flag(void) /* add 10 */
{
	wait_var_event(&fake.flag, READ_ONCE(fake.flag));
}

static void reader(void) /* add 11 */
{
	rcu_read_lock();
	fake.y = READ_ONCE(fake.x);
	rcu_read_unlock();
}

static void called_back(struct rcu_head *head)
{
	WRITE_ONCE(fake.x, 10 * fake.x + (int)(head - fake.heads));
}

static void queue(void) /* add 12, 13, 14: once in a program */
{
	call_rcu(&fake.heads[fake.nr++ % 4], called_back);
}

static void pinned(void) /* add 15 */
{
	preempt_disable();
	WRITE_ONCE(fake.y, 4);
	preempt_enable();
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		plain,	   copy,       add_up, nothing,	   locked, two_locks,
		wrong_way_round, try_lock, spin,   raise_flag, sleep_for_flag,
		reader,	   queue,      queue,  queue,	   pinned,
	};

	acts[nr]();
}

/* ------------------------------------------------------------- comparisons */

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Of @all, those with at most @bound preemptions, sorted. */
static unsigned int outcomes_within(const struct outcomes *all,
				    unsigned int bound, uint64_t *digests)
{
	unsigned int i, nr = 0;

	for (i = 0; i < all->nr; i++)
		if (all->preemptions[i] <= bound)
			digests[nr++] = all->digest[i];
	qsort(digests, nr, sizeof(*digests), compare);
	return nr;
}

static void explore_all(struct stage *stage, const struct target *target,
			const struct program *program, unsigned int bound,
			struct outcomes *outcomes)
{
	static struct explore explore;
	struct policy policy;
	const struct run_options options = { .policy = &policy,
					     .observers = { record_observer(
						     &stage->record) } };
	const struct verdict *verdict;

	outcomes->nr = 0;
	outcomes->max = BRUTE_MAX;
	outcomes->full = false;
	explore_begin(&explore, bound);
	explore_policy(&policy, &explore);
	while (!outcomes->full && explore_next(&explore)) {
		verdict = engine_run(&stage->engine, target, program, &options);
		outcomes_add(outcomes, stage, verdict->preemptions);
	}
	assert_int_equal(explore.cut, 0);
}

/* What the explorer comes to is what @brute_force did, up to @within. */
static void same_within(struct stage *stage, const struct target *target,
			const struct program *program, unsigned int within,
			const struct outcomes *brute_force)
{
	static uint64_t expected[BRUTE_MAX], got[BRUTE_MAX];
	static struct outcomes explored;
	unsigned int nr = outcomes_within(brute_force, within, expected);

	explore_all(stage, target, program, within, &explored);
	assert_int_equal(explored.nr, nr);
	assert_int_equal(outcomes_within(&explored, within, got), nr);
	assert_memory_equal(got, expected, nr * sizeof(*got));
}

/* Returns: orders within @bound; 0: more than @max. */
static unsigned int same_as_brute_force(struct stage *stage,
					const struct target *target,
					const struct program *program,
					unsigned int bound, unsigned int max)
{
	static struct outcomes brute_force;
	static struct brute brute;
	unsigned int within;

	brute = (struct brute){ .stage = stage,
				.target = target,
				.program = program,
				.preemptions = bound,
				.irq = -1,
				.outcomes = &brute_force };
	brute_force.nr = 0;
	brute_force.max = max;
	brute_force.full = false;
	brute_from(&brute, 0);
	if (brute_force.full)
		return 0;
	for (within = 0; within < bound && within < 3; within++)
		same_within(stage, target, program, within, &brute_force);
	same_within(stage, target, program, bound, &brute_force);
	return brute_force.nr;
}

/* ---------------------------------------------------------------- programs */

/* Two or three tasks, one or two acts each. */
static void random_program(struct program *program, struct rng *rng)
{
	unsigned int tasks = 2 + rng_below(rng, 2), task, i;

	program_clear(program);
	for (task = 0; task < tasks; task++) {
		struct program_list *list = &program->tasks[task];

		list->nr = (uint8_t)(1 + rng_one_in(rng, 3));
		list->cpu = (uint8_t)rng_below(rng, 3);
		for (i = 0; i < list->nr; i++)
			list->ops[i] = (struct program_op){
				.op = OP_ADD,
				.index = (uint8_t)rng_below(rng, 16),
			};
	}
	program_normalize(program);
}

static void random_tiny_programs_have_the_outcomes_of_brute_force(void **state)
{
	struct program program;
	unsigned int compared = 0;
	unsigned long orders = 0;
	struct rng rng;

	rng_seed(&rng, 1);
	while (compared < PROGRAMS) {
		unsigned int nr;

		random_program(&program, &rng);
		nr = same_as_brute_force(*state, &target_fake, &program,
					 UNBOUNDED, 300);
		compared += nr > 0;
		orders += nr;
	}
	assert_true(orders > 40 * PROGRAMS);
}

/* The same on the core, whose operations have many access points. */
static void programs_on_the_core_have_the_outcomes_of_brute_force(void **state)
{
	static const struct {
		const char *text;
		const char *revert;
		unsigned int bound;
	} programs[] = {
		{ "task0 alloc\ntask1 alloc\n", "none", 2 },
		{ "setup add 1\ntask0 lookup 1\ntask1 remove 1\n", "none", 1 },
		{ "setup add 1\ntask0 remove 1\ntask1 remove 1\n", "none", 1 },
		{ "cpu task1 0\ntask0 add 2\ntask1 add 2\n", "none", 1 },
		{ "setup add 1\ntask0 lookup 1\ntask1 remove 1\n"
		  "task2 alloc\n", "no-recheck", 1 },
		{ FOUNDING_PROGRAM, "none", 1 },
		{ FOUNDING_PROGRAM, "free-without-tail", 2 },
	};
	struct stage *stage = *state;
	unsigned int i;

	for (i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		stage_parse(&stage->program, programs[i].text);
		assert_true(same_as_brute_force(
			stage, stage_core(programs[i].revert), &stage->program,
			programs[i].bound, BRUTE_MAX));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			random_tiny_programs_have_the_outcomes_of_brute_force),
		cmocka_unit_test(
			programs_on_the_core_have_the_outcomes_of_brute_force),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
