/* SPDX-License-Identifier: MIT */
/*
 * systematic_test.c: which programs there are, what is enumerated of each, and
 * that nothing is lost on the way.
 */
#include <signal.h>
#include <unistd.h>

#include "fake.h"
#include "operation.h"
#include "forms.h"
#include "suite.h"
#include "systematic.h"
#include "worker.h"

enum {
	ACT_LOOKS_TWICE = 3,
	ACT_RAISES_A_FLAG,
};

/* Met by the other's: too many orders to try all. */
static void write_often(void)
{
	int i;

	for (i = 0; i < 16; i++)
		WRITE_ONCE(fake.x, i);
}

/* What comes first is turned round last. */
static void look_twice(void)
{
	bool seen = READ_ONCE(fake.flag);
	int i;

	VM_BUG_ON(READ_ONCE(fake.flag) && !seen, "looked-twice");
	for (i = 0; i < 200; i++)
		WRITE_ONCE(fake.pages[0], i); /* nobody else does */
	write_often();
}

static void count_up(unsigned long nr) /* may lose a step; death */
{
	int x = READ_ONCE(fake.x);

	WRITE_ONCE(fake.x, x + 1);
	if (nr == 1)
		WRITE_ONCE(fake.y, 1);
	if (nr == 2 && READ_ONCE(fake.x) == 1)
		abort();
}

static void act(unsigned long nr)
{
	if (nr == ACT_LOOKS_TWICE) {
		look_twice();
	} else if (nr == ACT_RAISES_A_FLAG) {
		WRITE_ONCE(fake.flag, 1);
		write_often();
	} else {
		count_up(nr);
	}
}

/* ------------------------------------------------------------------- programs */

static bool is_in(const struct suite *suite, const char *text)
{
	struct program wanted;
	size_t i;

	stage_parse(&wanted, text);
	for (i = 0; i < suite->nr; i++)
		if (program_equal(&suite->programs[i].program, &wanted))
			return true;
	return false;
}

static void every_pair_is_there_and_nothing_twice(void **state)
{
	static uint64_t hashes[100000];
	const struct target *target = stage_core("none");
	struct program_op forms[FORMS_MAX];
	unsigned int ops = 0, op;
	struct suite suite;
	size_t i, j;

	(void)state;
	suite_open(&suite, target);
	for (op = 0; op < OP_COUNT; op++)
		ops += forms_of(target, op, forms) > 0;
	assert_int_equal(ops, 13);
	assert_int_equal(suite.nr_pairs, ops * (ops + 1) / 2);
	assert_true(suite.nr < 100000);
	for (i = 0; i < suite.nr; i++) {
		hashes[i] = program_hash(&suite.programs[i].program);
		for (j = 0; j < i; j++)
			assert_false(hashes[i] == hashes[j] &&
				     suite.programs[i].pair ==
					     suite.programs[j].pair);
	}
	/* One of each pair first. */
	for (i = 0; i < suite.nr_pairs; i++)
		assert_int_equal(suite.programs[i].pair, i);
	assert_true(
		is_in(&suite, "setup add 1\n"
			      "task0 r0 = lookup 1\ntask1 remove 1\n") ||
		is_in(&suite, "setup add 1\ntask0 lookup 1\ntask1 remove 1\n"));
	assert_true(is_in(&suite, "setup b0 = alloc order=2 compound\n"
				  "setup r0 = get b0\n"
				  "task0 free b0\ntask1 put r0\n"));
	suite_close(&suite);
}

static void a_target_is_asked_for_what_it_has(void **state)
{
	const struct target *target = targets_find("treiber", "none")->target;
	struct suite suite;
	size_t i;

	(void)state;
	suite_open(&suite, target);
	assert_int_equal(suite.nr_pairs, 3);
	for (i = 0; i < suite.nr; i++) {
		assert_int_equal(
			suite.programs[i].program.tasks[0].ops[0].order, 0);
		assert_int_equal(suite.programs[i].program.tasks[1].irq, 0);
	}
	suite_close(&suite);
}

static void children_have_one_operation_more(void **state)
{
	const struct target *target = stage_core("none");
	struct program parent, child, wanted;
	bool freed = false, again = false;
	unsigned int nr;

	(void)state;
	stage_parse(&parent, "setup add 1\ntask0 alloc order=1\n"
			     "task1 remove 1\n");
	for (nr = 0; frontier_child(&parent, target, nr, &child); nr++) {
		assert_int_equal(program_nr_ops(&child),
				 program_nr_ops(&parent) + 1);
		stage_parse(&wanted, "setup add 1\ntask0 b0 = alloc order=1\n"
				     "task0 free b0\ntask1 remove 1\n");
		freed |= program_equal(&child, &wanted);
		stage_parse(&wanted, "setup add 1\ntask0 b0 = alloc order=1\n"
				     "task1 remove 1\ntask1 add 1\n");
		again |= program_equal(&child, &wanted);
	}
	assert_in_range(nr, 20, 200);
	assert_true(freed);
	assert_true(again);
}

/* ------------------------------------------------------------------ schedules */

#define LIMITS { .all = 30000, .bounded = 30000 }

static void enumerate_on(const struct target *target, struct stage *stage,
			 const char *text, struct enumerate_limits limits,
			 struct enumerated *enumerated)
{
	struct jobs *jobs;

	stage_parse(&stage->program, text);
	jobs = jobs_open(1, target, &stage->program, &stage->engine,
			 &stage->record);
	enumerate(jobs, &stage->program, &limits, enumerated);
	assert_false(enumerated->failed);
	jobs_close(jobs);
}

static void enumerate_here(struct stage *stage, const char *text,
			   struct enumerate_limits limits,
			   struct enumerated *enumerated)
{
	enumerate_on(&target_fake, stage, text, limits, enumerated);
}

static void what_is_small_is_complete(void **state)
{
	static struct enumerated enumerated;

	enumerate_here(*state, "task0 add 0\ntask1 add 0\n",
		       (struct enumerate_limits)LIMITS, &enumerated);
	assert_true(enumerated.complete);
	assert_int_equal(enumerated.schedules, 4); /* counted by hand */
	assert_int_equal(enumerated.findings, 0);
}

static void what_is_large_is_bounded(void **state)
{
	static struct enumerated enumerated;

	enumerate_here(*state, "task0 add 1\ntask1 add 1\ntask1 add 1\n",
		       (struct enumerate_limits){ 10, 30000 }, &enumerated);
	assert_false(enumerated.complete);
	assert_int_equal(enumerated.bound, ENUMERATE_BOUND);
	assert_true(enumerated.schedules > 10);
	enumerate_here(*state, "task0 add 1\ntask1 add 1\ntask1 add 1\n",
		       (struct enumerate_limits){ 10, 10 }, &enumerated);
	assert_false(enumerated.complete);
	assert_true(enumerated.bound < ENUMERATE_BOUND);
}

/* The last bound is not played to its end, and what it found is there. */
static void a_finding_of_a_part_is_not_lost(void **state)
{
	static struct enumerated enumerated;

	enumerate_on(stage_core("free-without-tail"), *state, FOUNDING_PROGRAM,
		     (struct enumerate_limits){ 1, 400 }, &enumerated);
	assert_false(enumerated.complete);
	assert_int_equal(enumerated.bound, 1);
	assert_true(enumerated.findings > 0);
	assert_int_equal(enumerated.nr, 1);
	assert_string_equal(enumerated.bugs[0].id, "page-loss");
}

/* ... of those that meet another: the flag is in front of both. */
static void where_nobody_is_met_nobody_is_preempted_at_first(void **state)
{
	static struct enumerated enumerated;

	enumerate_here(*state, "task0 add 3\ntask1 add 4\n",
		       (struct enumerate_limits){ 100, 100 }, &enumerated);
	assert_false(enumerated.complete);
	assert_int_equal(enumerated.bound, 0);
	assert_int_equal(enumerated.nr, 1);
	assert_string_equal(enumerated.bugs[0].id, "looked-twice");
	assert_int_equal(enumerated.bugs[0].preemptions, 1);
}

static void new_meetings_are_new_once(void **state)
{
	static struct enumerated one, other;
	static struct met met;
	struct met_new new;

	enumerate_here(*state, "task0 add 0\ntask1 add 0\n",
		       (struct enumerate_limits)LIMITS, &one);
	enumerate_here(*state, "task0 add 0\ntask1 add 0\ntask1 add 0\n",
		       (struct enumerate_limits)LIMITS, &other);
	memset(&met, 0, sizeof(met));
	new = met_merge(&met, &one.met);
	assert_int_equal(new.pairs, 2); /* a load and a store, two stores */
	assert_true(new.places);
	new = met_merge(&met, &one.met);
	assert_int_equal(new.pairs + new.places, 0);
	new = met_merge(&met, &other.met);
	assert_int_equal(new.pairs, 0);
	assert_int_equal(new.places, 3); /* with the second one of a task */
}

/* ------------------------------------------------------------------- the pool */

/* What comes of @text, by a process of the pool. */
static const struct enumerated *by_pool(struct stage *stage, struct pool *pool,
					const char *text)
{
	struct work *work = pool_free(pool);
	const struct work *done = NULL;

	assert_non_null(work);
	stage_parse(&work->program, text);
	work->limits = (struct enumerate_limits)LIMITS;
	work->tag = 7;
	pool_give(pool, work);
	(void)stage;
	while (!done && !pool_failed(pool))
		done = pool_wait(pool);
	assert_non_null(done);
	assert_int_equal(done->tag, 7);
	return &done->done;
}

static void
a_schedule_that_kills_is_a_finding_and_the_pool_goes_on(void **state)
{
	struct stage *stage = *state;
	struct pool *pool =
		pool_open(2, &target_fake, &stage->engine, &stage->record);
	const struct enumerated *done;

	done = by_pool(stage, pool, "task0 add 0\ntask1 add 2\n");
	assert_true(done->complete);
	assert_int_equal(done->nr, 1);
	assert_string_equal(done->bugs[0].id, "abrt");
	assert_true(done->bugs[0].crashed);
	assert_in_range(done->findings, 1, done->schedules - 1);
	done = by_pool(stage, pool, "task0 add 0\ntask1 add 0\n");
	assert_true(done->complete);
	assert_int_equal(done->schedules, 4);
	assert_int_equal(done->nr, 0);
	pool_close(pool);
}

/* ----------------------------------------------------------------- the ledger */

static void a_ledger_knows_what_was_noted(void **state)
{
	static struct ledger ledger;
	const struct entry noted = { .hash = 0x123456789abcdef0,
				     .complete = true,
				     .bound = -1,
				     .schedules = 5,
				     .runs = 6,
				     .new = { 1, 2 } };
	const struct entry again = { .hash = 3, .bound = 1 };
	char path[] = "/tmp/ledger-XXXXXX";
	const struct entry *found;
	int file = mkstemp(path);

	(void)state;
	assert_true(file >= 0);
	close(file);
	assert_null(ledger_open(&ledger, path, 1));
	assert_null(ledger_find(&ledger, noted.hash));
	assert_true(ledger_add(&ledger, &noted));
	fputs("half a li", ledger.file);
	ledger_close(&ledger);
	assert_null(ledger_open(&ledger, path, 1));
	found = ledger_find(&ledger, noted.hash);
	assert_non_null(found);
	assert_true(found->complete);
	assert_int_equal(found->bound, -1);
	assert_int_equal(found->schedules, 5);
	assert_int_equal(found->runs, 6);
	assert_int_equal(found->new.pairs, 1);
	assert_int_equal(found->new.places, 2);
	assert_int_equal(ledger.nr, 1);
	assert_true(ledger_add(&ledger, &again));
	ledger_close(&ledger);
	assert_null(ledger_open(&ledger, path, 1));
	assert_int_equal(ledger.nr, 2);
	assert_non_null(ledger_find(&ledger, again.hash));
	ledger_close(&ledger);
	assert_non_null(ledger_open(&ledger, path, 2));
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pair_is_there_and_nothing_twice),
		cmocka_unit_test(a_target_is_asked_for_what_it_has),
		cmocka_unit_test(children_have_one_operation_more),
		cmocka_unit_test(what_is_small_is_complete),
		cmocka_unit_test(what_is_large_is_bounded),
		cmocka_unit_test(a_finding_of_a_part_is_not_lost),
		cmocka_unit_test(
			where_nobody_is_met_nobody_is_preempted_at_first),
		cmocka_unit_test(new_meetings_are_new_once),
		cmocka_unit_test(
			a_schedule_that_kills_is_a_finding_and_the_pool_goes_on),
		cmocka_unit_test(a_ledger_knows_what_was_noted),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
