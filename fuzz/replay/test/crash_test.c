/* SPDX-License-Identifier: MIT */
/*
 * crash_test.c: what is known of a run that killed a child, and how it is played
 * once more without that.
 */
#include "crash.h"
#include "events.h"
#include "worker_stage.h"

static void a_crash_is_an_outcome_and_the_next_run_works(void **state)
{
	struct worker *worker = open_worker(*state, &target_fake);
	struct outcome outcome = play(worker, *state, "task0 add 1\n");

	assert_true(outcome.crashed);
	assert_string_equal(outcome.id, "segv");
	assert_string_equal(outcome.where, "act");
	assert_true(outcome_alike(&outcome, &outcome));
	outcome = play(worker, *state, "task0 add 0\n");
	assert_false(outcome.crashed);
	assert_string_equal(outcome.id, "");
	worker_close(worker);
}

static void a_crash_keeps_the_schedule_that_led_to_it(void **state)
{
	struct worker *worker = open_worker(*state, &target_fake);
	struct outcome outcome = play(worker, *state,
				      "task0 add 0\ntask1 add 2\n"
				      "preempt task0 op0 point 2 -> task1\n");

	assert_true(outcome.crashed);
	assert_int_equal(outcome.preemptions, 1);
	assert_int_equal(outcome.nr_taken, 1);
	assert_int_equal(outcome.taken[0].point, 2);
	assert_int_not_equal(outcome.sited[0].site, 0);
	worker_close(worker);
}

/* Two begins, a store, two loads; the task that dies made no step since. */
static void a_crash_says_after_how_many_events_and_in_which_task(void **state)
{
	struct stage *stage = *state;
	struct worker *worker = open_worker(stage, &target_fake);
	struct outcome outcome;

	stage_parse(&stage->program, "task0 add 0\ntask1 add 2\n"
				     "preempt task0 op0 point 2 -> task1\n");
	assert_true(
		worker_run(worker, &stage->program, WORKER_EVENTS, &outcome));
	assert_true(outcome.crashed);
	assert_int_equal(outcome.events, 5);
	assert_int_equal(outcome.task, 1);
	assert_string_equal(outcome.sanitizer, "");
	worker_close(worker);
}

static void a_run_is_broken_off_behind_an_event(void **state)
{
	struct stage *stage = *state;
	unsigned long nr = 7;
	struct events events = {
		.nr = &nr,
		.stop = 4,
		.engine = &stage->engine,
		.finding = checker_finding(&checker_crash, "segv"),
	};
	const struct run_options options = {
		.observers = { record_observer(&stage->record),
			       events_observer(&events) }
	};

	stage_parse(&stage->program, "task0 add 0\ntask1 add 2\n"
				     "preempt task0 op0 point 2 -> task1\n");
	expect_finding(engine_run(&stage->engine, &target_fake, &stage->program,
				  &options),
		       "segv");
	assert_int_equal(nr, 4);
	assert_int_equal(stage->record.nr, 4);
	fake_play(stage, "task0 add 0\n", "");
}

static void one_child_plays_on_any_target(void **state)
{
	struct worker *worker = open_worker(*state, &target_fake);
	const struct target *core = stage_core("free-without-tail");

	assert_string_equal(play(worker, *state, "task0 add 0\n").id, "");
	worker_aim(worker, core);
	assert_ptr_equal(worker_target(worker), core);
	assert_string_equal(play(worker, *state, FOUNDING_RACE).id,
			    "page-loss");
	worker_aim(worker, &target_fake);
	assert_string_equal(play(worker, *state, "task0 add 1\n").id, "segv");
	assert_string_equal(play(worker, *state, "task0 add 0\n").id, "");
	worker_close(worker);
}

static void walks_end_with_the_first_that_crashes(void **state)
{
	struct stage *stage = *state;
	struct worker *worker = open_worker(stage, &target_fake);
	const struct walks walks = { .way = chance_find("random-walk"),
				     .seed = 1,
				     .runs = 1000 };
	struct outcome outcome;

	stage_parse(&stage->program, "task0 add 0\ntask1 add 2\n");
	assert_true(worker_walk(worker, &stage->program, &walks, 0, &outcome));
	assert_true(outcome.crashed);
	assert_in_range(worker_runs(worker), 1, 999);
	assert_int_equal(outcome.run, worker_runs(worker));
	assert_true(worker_run(worker, &stage->program, 0, &outcome));
	assert_false(outcome.crashed);
	worker_close(worker);
}

/* What was found after so many runs is found by that run alone. */
static void the_run_that_found_something_can_be_the_first(void **state)
{
	struct stage *stage = *state;
	struct worker *worker = open_worker(stage, &target_fake);
	struct outcome found, again;
	unsigned int way;

	stage_parse(&stage->program, "task0 add 0\ntask0 add 0\ntask1 add 3\n");
	for (way = 0; chance_ways[way]; way++) {
		struct walks walks = { .way = chance_ways[way],
				       .depth = PCT_DEPTH,
				       .seed = 3,
				       .runs = 1000 };
		unsigned long before;

		do { /* with some that are not learnt from in front of it */
			walks.seed++;
			assert_true(worker_walk(worker, &stage->program, &walks,
						WORKER_DIGEST, &found));
			assert_string_equal(found.id, "between");
		} while (found.run <= CHANCE_LEARNS + 1);
		walks.from = found.run - 1;
		walks.runs = 1;
		before = worker_runs(worker);
		assert_true(worker_walk(worker, &stage->program, &walks,
					WORKER_DIGEST, &again));
		assert_string_equal(again.id, "between");
		assert_int_equal(again.run, found.run);
		assert_int_equal(again.digest, found.digest);
		assert_int_equal(worker_runs(worker) - before,
				 walks.way->learns ? CHANCE_LEARNS + 1 : 1);
	}
	worker_close(worker);
}

/* The program that it is given has no operation. */
static void programs_are_drawn_where_they_are_asked_for(void **state)
{
	struct stage *stage = *state;
	const struct target *core = stage_core("no-grace-period");
	struct worker *worker = open_worker(stage, core);
	struct walks walks = { .way = chance_find("pos") };
	struct outcome outcome;
	unsigned long last = 0;

	program_clear(&stage->program);
	for (walks.seed = 1; walks.seed <= 3; walks.seed++) {
		walks.each = 0;
		walks.runs = 100;
		assert_true(worker_walk(worker, &stage->program, &walks, 0,
					&outcome));
		assert_string_equal(outcome.id, "");
		walks.each = 16;
		walks.runs = 200000;
		assert_true(worker_walk(worker, &stage->program, &walks, 0,
					&outcome));
		assert_string_not_equal(outcome.id, "");
		assert_int_not_equal(outcome.run, last);
		last = outcome.run;
	}
	worker_close(worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_crash_is_an_outcome_and_the_next_run_works),
		cmocka_unit_test(a_crash_keeps_the_schedule_that_led_to_it),
		cmocka_unit_test(
			a_crash_says_after_how_many_events_and_in_which_task),
		cmocka_unit_test(a_run_is_broken_off_behind_an_event),
		cmocka_unit_test(one_child_plays_on_any_target),
		cmocka_unit_test(walks_end_with_the_first_that_crashes),
		cmocka_unit_test(the_run_that_found_something_can_be_the_first),
		cmocka_unit_test(programs_are_drawn_where_they_are_asked_for),
	};

	return cmocka_run_group_tests_name("crash", tests, fake_open,
					   stage_close);
}
