/* SPDX-License-Identifier: MIT */
/*
 * dpor_brute_test.c: reduction against brute force: every outcome of any order of
 * steps is one of a schedule that is played; each class is played once.
 */
#include "brute.h"
#include "dpor_acts.h"
#include "dpor_class.h"
#include "dpor_random.h"
#include "shares.h"

#define PROGRAMS 1000
#define UNBOUNDED 1000
#define ORDERS 1500 /* of a program that is compared; with more it is not */

static struct dpor dpor;

/* ----------------------------------------------------------------- outcomes */

/* What a run leaves behind, whatever the order of what commutes. */
static uint64_t outcome(const struct stage *stage)
{
	const struct finding *finding = &stage->engine.verdict.finding;
	struct fake end = fake;
	uint32_t hash = HASH_START, tasks = HASH_START;

	memset(end.heads, 0, sizeof(end.heads)); /* pointers */
	if (finding->checker)
		return hash_bytes(hash, finding->id, strlen(finding->id));
	hash = hash_bytes(hash, &end, sizeof(end));
	tasks = hash_bytes(tasks, seen, sizeof(seen));
	return (uint64_t)tasks << 32 | hash;
}

/* The class of the run, and how its tasks and memory came out of it. */
static uint64_t class_of(const struct stage *stage)
{
	return (uint64_t)class_of_accesses(&stage->record) << 32 |
	       (uint32_t)outcome(stage);
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Each once, sorted. */
static void sort_out(struct outcomes *outcomes)
{
	unsigned int i, nr = 0;

	qsort(outcomes->digest, outcomes->nr, sizeof(outcomes->digest[0]),
	      compare);
	for (i = 0; i < outcomes->nr; i++)
		if (!nr || outcomes->digest[nr - 1] != outcomes->digest[i])
			outcomes->digest[nr++] = outcomes->digest[i];
	outcomes->nr = nr;
}

/* --------------------------------------------------------------- the two ways */

static void clear_seen(const struct target_config *config)
{
	fake_init(config);
	memset(seen, 0, sizeof(seen));
}

static int test_regions(struct target_region *regions)
{
	regions[1] =
		(struct target_region){ .start = seen, .size = sizeof(seen) };
	return 1 + fake_regions(regions);
}

static struct target watched(void)
{
	struct target target = target_fake;

	target.init = clear_seen;
	target.regions = test_regions;
	return target;
}

/* Returns: false if there are too many orders. */
static bool all_orders(struct stage *stage, const struct target *target,
		       const struct program *program,
		       uint64_t (*digest_of)(const struct stage *),
		       struct outcomes *outcomes)
{
	static struct brute brute;
	int i;

	brute = (struct brute){ .stage = stage,
				.target = target,
				.program = program,
				.preemptions = UNBOUNDED,
				.irq = -1,
				.outcomes = outcomes };
	for (i = 0; i < PROGRAM_TASKS; i++)
		if (program->tasks[i].irq && program->tasks[i].nr)
			brute.irq = i;
	outcomes->digest_of = digest_of;
	outcomes->nr = 0;
	outcomes->max = ORDERS;
	outcomes->full = false;
	brute_from(&brute, 0);
	return !outcomes->full;
}

/* Returns: how many schedules it took. */
static unsigned long reduced(struct stage *stage, const struct target *target,
			     const struct program *program,
			     uint64_t (*digest_of)(const struct stage *),
			     struct outcomes *outcomes)
{
	struct policy policy;
	struct run_options options = { .policy = &policy };

	dpor_begin(&dpor);
	dpor_policy(&policy, &dpor);
	options.observers[0] = &dpor.observer;
	options.observers[1] = record_observer(&stage->record);
	outcomes->digest_of = digest_of;
	outcomes->nr = 0;
	outcomes->max = BRUTE_MAX;
	outcomes->full = false;
	while (dpor_next(&dpor)) {
		engine_run(&stage->engine, target, program, &options);
		if (dpor_played(&dpor, &stage->engine))
			outcomes_add(outcomes, stage, 0);
	}
	assert_false(outcomes->full);
	assert_int_equal(dpor.cut, 0);
	return dpor.schedules;
}

/* The same, a few schedules of a share at a time. */
static unsigned long shared_out(struct stage *stage,
				const struct target *target,
				const struct program *program,
				uint64_t (*digest_of)(const struct stage *),
				struct outcomes *outcomes, struct rng *rng)
{
	static struct tour tour;
	struct shares shares = { .nr = 0 };
	struct run_options options = { .policy = NULL };
	unsigned long schedules = 0;

	*outcomes =
		(struct outcomes){ .digest_of = digest_of, .max = BRUTE_MAX };
	tour_begin(&tour, TOUR_ALL, false);
	shares_add(&shares, &tour);
	while (shares.nr) {
		struct share *share = shares_take(&shares);
		unsigned int left = 1 + rng_below(rng, 4);

		assert_non_null(share);
		tour_copy(&tour, &share->tour);
		tour_policy(&tour, &options);
		options.observers[1] = record_observer(&stage->record);
		while (left-- && tour_next(&tour)) {
			engine_run(&stage->engine, target, program, &options);
			if (!tour_played(&tour, &stage->engine))
				continue;
			outcomes_add(outcomes, stage, 0);
			schedules++;
		}
		shares_return(&shares, share, &tour, rng_below(rng, 4));
	}
	return schedules;
}

/* ------------------------------------------------------------------ compared */

/* Parts come to the same as the whole; @once: in as many schedules. */
static void assert_in_parts(struct stage *stage, const struct target *target,
			    const struct program *program,
			    const struct outcomes *whole, unsigned long once,
			    struct rng *rng)
{
	static struct outcomes parts;
	unsigned long nr = shared_out(stage, target, program, whole->digest_of,
				      &parts, rng);

	sort_out(&parts);
	if (parts.nr == whole->nr && (!once || nr == once) &&
	    !memcmp(parts.digest, whole->digest, parts.nr * 8))
		return;
	say(program);
	fail_msg("whole: %u by %lu schedules, in parts: %u by %lu", whole->nr,
		 once, parts.nr, nr);
}

/*
 * As many programs as asked for, each with as many outcomes by reduction as by
 * brute force, and the same ones.
 */
static void compare_programs(struct stage *stage, uint64_t seed,
			     unsigned int programs, unsigned int acts,
			     bool interrupts,
			     uint64_t (*digest_of)(const struct stage *),
			     bool once)
{
	static struct outcomes force, got;
	struct target target = watched();
	struct program program;
	unsigned int compared = 0;
	unsigned long orders = 0, schedules = 0, nr;
	struct rng rng;

	rng_seed(&rng, seed);
	while (compared < programs) {
		random_program(&program, &rng, acts, !once, interrupts);
		if (!all_orders(stage, &target, &program, digest_of, &force))
			continue;
		orders += force.nr;
		nr = reduced(stage, &target, &program, digest_of, &got);
		schedules += nr;
		sort_out(&force);
		sort_out(&got);
		assert_in_parts(stage, &target, &program, &got, once ? nr : 0,
				&rng);
		if (got.nr != force.nr || (once && nr != force.nr) ||
		    memcmp(got.digest, force.digest, got.nr * 8)) {
			say(&program);
			fail_msg(
				"brute force: %u, reduced: %u by %lu schedules",
				force.nr, got.nr, nr);
		}
		compared++;
	}
	print_message("%u programs: %lu orders, %lu schedules\n", compared,
		      orders, schedules);
	assert_true(orders > 2 * schedules);
}

/* What comes by chance once in many thousand programs. */
static void some_outcomes_are_rare(void **state)
{
	static const char *const texts[] = {
		/* the end of a run hides what others would have come to */
		"task0 add 1\ntask0 add 19\ntask1 add 19\n",
		/* an interrupt can come to either, whose CPUs differ */
		"irq task1\ntask0 add 0\ntask1 add 17\ntask2 add 0\n",
		/* what is done while a CPU is pinned comes after, if that does */
		("cpu task1 0\ncpu task2 1\n"
		 "task0 add 18\ntask1 add 1\ntask2 add 15\n"),
	};
	static struct outcomes force, got;
	struct stage *stage = *state;
	struct target target = watched();
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		stage_parse(&stage->program, texts[i]);
		assert_true(all_orders(stage, &target, &stage->program, outcome,
				       &force));
		reduced(stage, &target, &stage->program, outcome, &got);
		sort_out(&force);
		sort_out(&got);
		assert_true(force.nr > 1);
		assert_int_equal(got.nr, force.nr);
		assert_memory_equal(got.digest, force.digest, got.nr * 8);
	}
}

static void every_class_of_accesses_and_locks_is_played_once(void **state)
{
	compare_programs(*state, 1, PROGRAMS, MEMORY_ACTS, false, class_of,
			 true);
}

static void every_outcome_of_anything_is_played(void **state)
{
	compare_programs(*state, 2, PROGRAMS, ALL_ACTS, false, outcome, false);
}

static void every_outcome_beside_interrupts_is_played(void **state)
{
	compare_programs(*state, 3, PROGRAMS, ALL_ACTS, true, outcome, false);
}

/* That nobody ever stores is a deadlock of the one, no progress of the other. */
static uint64_t outcome_or_finding(const struct stage *stage)
{
	return stage->engine.verdict.finding.checker ? 0 : outcome(stage);
}

/* Who goes round until somebody stores does it as one that says cpu_relax(). */
static void a_retry_is_as_good_as_a_spin(void **state)
{
	static struct outcomes spins, retries;
	struct stage *stage = *state;
	struct target target = watched();
	struct program program;
	unsigned int compared = 0;
	unsigned long schedules = 0, nr;
	struct rng rng;

	rng_seed(&rng, 4);
	while (compared < PROGRAMS / 4) {
		random_program(&program, &rng, ALL_ACTS, false, false);
		program.tasks[0].ops[0].index = ACT_SPINS;
		program.tasks[1].ops[0].index = ACT_WAKES;
		nr = reduced(stage, &target, &program, outcome_or_finding,
			     &spins);
		assert_true(replace_acts(&program, ACT_SPINS, ACT_RETRIES));
		schedules += reduced(stage, &target, &program,
				     outcome_or_finding, &retries);
		sort_out(&spins);
		sort_out(&retries);
		if (spins.nr != retries.nr ||
		    memcmp(spins.digest, retries.digest, spins.nr * 8)) {
			say(&program);
			fail_msg("spinning: %u by %lu, retrying: %u by %lu",
				 spins.nr, nr, retries.nr, dpor.schedules);
		}
		compared++;
	}
	print_message("%u programs: %lu schedules\n", compared, schedules);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(some_outcomes_are_rare),
		cmocka_unit_test(
			every_class_of_accesses_and_locks_is_played_once),
		cmocka_unit_test(every_outcome_of_anything_is_played),
		cmocka_unit_test(every_outcome_beside_interrupts_is_played),
		cmocka_unit_test(a_retry_is_as_good_as_a_spin),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
