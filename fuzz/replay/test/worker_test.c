/* SPDX-License-Identifier: MIT */
/*
 * worker_test.c: a child that crashes costs nothing but itself.
 */
#include <dirent.h>
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker_stage.h"

/* ----------------------------------------------------------------- outcomes */

static void a_finding_comes_back_with_all_that_led_to_it(void **state)
{
	struct worker *worker =
		open_worker(*state, stage_core("free-without-tail"));
	struct outcome outcome = play(worker, *state, FOUNDING_RACE);
	const struct program *program = &((struct stage *)*state)->program;

	assert_string_equal(outcome.id, "page-loss");
	assert_string_equal(outcome.checker, "page-loss");
	assert_false(outcome.crashed);
	assert_int_equal(outcome.preemptions, 2);
	assert_int_equal(outcome.operations, 4);
	assert_true(outcome.points > 0);
	assert_non_null(strstr(outcome.step_a, "put_page_testzero"));
	assert_non_null(strstr(outcome.step_b, "put_page_testzero"));
	assert_int_equal(outcome.nr_taken, 3);
	assert_memory_equal(outcome.sited, program->switches,
			    3 * sizeof(outcome.sited[0]));
	assert_int_equal(outcome.nr_turns, 5);
	worker_close(worker);
}

static void points_and_sites_name_the_same_run(void **state)
{
	struct stage *stage = *state;
	const struct target *target = stage_core("free-without-tail");
	struct worker *worker = open_worker(stage, target);
	struct outcome by_sites = play(worker, stage, FOUNDING_RACE), by_points;

	memcpy(stage->program.switches, by_sites.taken,
	       sizeof(by_sites.taken));
	assert_true(worker_run(worker, &stage->program, WORKER_DIGEST,
			       &by_points));
	assert_int_equal(by_points.digest, by_sites.digest);
	assert_int_equal(by_points.digest,
			 stage_run_digest(stage, target, &stage->program));
	worker_close(worker);
}

/* ------------------------------------------------------------------ crashes */

static unsigned int open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned int nr = 0;

	assert_non_null(dir);
	while (readdir(dir))
		nr++;
	closedir(dir);
	return nr;
}

static void fifty_crashes_leave_nothing_behind(void **state)
{
	unsigned int before = open_descriptors(), i;
	struct worker *worker = open_worker(*state, &target_fake);
	uint32_t digest = play(worker, *state, "task0 add 0\n").digest;

	for (i = 0; i < 50; i++)
		assert_true(play(worker, *state, "task0 add 1\n").crashed);
	assert_int_equal(play(worker, *state, "task0 add 0\n").digest, digest);
	assert_int_equal(worker_runs(worker), 52);
	worker_close(worker);
	assert_int_equal(open_descriptors(), before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

/* The child holds the pipe's end as well: it is closed when both are gone. */
static void a_child_does_not_outlive_its_parent(void **state)
{
	int ends[2];
	pid_t parent;
	char byte;

	assert_int_equal(pipe(ends), 0);
	parent = fork();
	if (!parent) {
		struct worker *worker = open_worker(*state, &target_fake);

		close(ends[0]);
		play(worker, *state, "task0 add 0\n");
		raise(SIGKILL);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 0);
	close(ends[0]);
	assert_int_equal(waitpid(parent, NULL, 0), parent);
}

/* ----------------------------------------------------------------- searches */

static struct search search_for(struct worker *worker, struct stage *stage,
				const struct outcome *like,
				unsigned int preemptions)
{
	struct search search = { .preemptions = preemptions,
				 .limit = 100000000,
				 .like = like };

	assert_true(worker_search(worker, &stage->program, &search));
	return search;
}

static void the_founding_race_needs_two_preemptions(void **state)
{
	struct stage *stage = *state;
	struct worker *worker =
		open_worker(stage, stage_core("free-without-tail"));
	struct outcome race = play(worker, stage, FOUNDING_RACE);
	struct search search = search_for(worker, stage, &race, 1);

	assert_false(search.found);
	assert_true(search.exhaustive);
	assert_true(search.tried > 10);
	search = search_for(worker, stage, &race, 2);
	assert_true(search.found);
	assert_false(search.exhaustive);
	assert_string_equal(search.outcome.id, "page-loss");
	assert_int_equal(search.outcome.preemptions, 2);
	worker_close(worker);
}

static void its_classes_need_two_preemptions(void **state)
{
	struct stage *stage = *state;
	struct worker *worker =
		open_worker(stage, stage_core("free-without-tail"));
	struct outcome race = play(worker, stage, FOUNDING_RACE);
	struct outcome other = race;
	struct search search = { .reducing = true,
				 .preemptions = 1,
				 .limit = 100000000,
				 .like = &race };
	unsigned long all;

	assert_true(worker_search(worker, &stage->program, &search));
	assert_false(search.found);
	assert_true(search.exhaustive);
	all = search.tried;
	assert_true(all > 10);
	search.preemptions = 2;
	assert_true(worker_search(worker, &stage->program, &search));
	assert_true(search.found);
	/* Not of another finding, and not within too few. */
	snprintf(other.id, sizeof(other.id), "owned-twice");
	search.like = &other;
	assert_true(worker_search(worker, &stage->program, &search));
	assert_false(search.found);
	assert_int_equal(search.tried, all);
	search.limit = 100;
	assert_true(worker_search(worker, &stage->program, &search));
	assert_false(search.exhaustive);
	worker_close(worker);
}

static void a_search_goes_on_where_the_last_one_stopped(void **state)
{
	struct stage *stage = *state;
	struct worker *worker = open_worker(stage, stage_core("none"));
	struct outcome any = play(worker, stage, FOUNDING_PROGRAM);
	struct search whole = search_for(worker, stage, &any, 1);
	struct search search = { .preemptions = 1, .limit = 100000000,
				 .like = &any, .schedules = 7 };
	unsigned long tried = 0;

	assert_string_equal(any.id, "");
	do {
		assert_true(worker_search(worker, &stage->program, &search));
		assert_in_range(search.tried, 0, 7);
		tried += search.tried;
		assert_in_range(tried, 0, whole.tried);
		search.again = true;
	} while (!search.exhaustive);
	assert_false(search.found);
	assert_int_equal(tried, whole.tried);
	worker_close(worker);
}

static void races_are_reversed_until_any_finding_comes(void **state)
{
	struct stage *stage = *state;
	struct worker *worker =
		open_worker(stage, stage_core("free-without-tail"));
	const struct outcome any = { .page = TARGET_NO_PAGE };
	struct search search = { .reversing = true, .limit = 100000000,
				 .like = &any, .schedules = 2000 };
	struct outcome again;

	stage_parse(&stage->program, FOUNDING_PROGRAM);
	assert_true(worker_search(worker, &stage->program, &search));
	assert_true(search.found);
	assert_in_range(search.tried, 2, 1999);
	assert_string_equal(search.outcome.id, "page-loss");
	stage->program.nr_switches = (uint8_t)search.outcome.nr_taken;
	memcpy(stage->program.switches, search.outcome.taken,
	       sizeof(stage->program.switches));
	assert_true(worker_run(worker, &stage->program, 0, &again));
	assert_true(outcome_alike(&again, &search.outcome));
	worker_close(worker);
}

static void a_search_says_what_else_it_found(void **state)
{
	struct stage *stage = *state;
	struct worker *worker =
		open_worker(stage, stage_core("free-without-tail"));
	struct outcome other = play(worker, stage, FOUNDING_RACE);
	struct search search;

	strcpy(other.id, "owned-twice");
	search = search_for(worker, stage, &other, 2);
	assert_false(search.found);
	assert_string_equal(search.other, "page-loss");
	worker_close(worker);
}

/* Of a store, another, and two loads: six orders, some of which crash. */
static void a_search_goes_on_behind_schedules_that_crash(void **state)
{
	struct stage *stage = *state;
	struct worker *worker = open_worker(stage, &target_fake);
	struct outcome other = { .id = "no-such-thing" }, crash;
	struct search with, without;

	crash = play(worker, stage, "task0 add 0\ntask1 add 2\n"
				    "preempt task0 op0 point 2 -> task1\n");
	with = search_for(worker, stage, &other, 9);
	assert_false(with.found);
	assert_true(with.exhaustive);
	stage_parse(&stage->program, "task0 add 0\ntask1 add 3\n");
	without = search_for(worker, stage, &other, 9);
	assert_int_equal(with.tried, without.tried);

	stage_parse(&stage->program, "task0 add 0\ntask1 add 2\n");
	with = search_for(worker, stage, &crash, 1);
	assert_true(with.found);
	assert_true(with.outcome.crashed);
	assert_int_equal(with.outcome.preemptions, 1);
	worker_close(worker);
}

static void a_worker_that_is_stopped_says_so(void **state)
{
	struct stage *stage = *state;
	volatile sig_atomic_t stop = 0;
	struct worker *worker = worker_open(&stage->engine, &stage->record,
					    &target_fake, &stop);
	struct outcome outcome = play(worker, stage, "task0 add 0\n");

	stop = 1;
	assert_false(worker_run(worker, &stage->program, 0, &outcome));
	stop = 0;
	assert_true(worker_run(worker, &stage->program, 0, &outcome));
	worker_close(worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_finding_comes_back_with_all_that_led_to_it),
		cmocka_unit_test(points_and_sites_name_the_same_run),
		cmocka_unit_test(fifty_crashes_leave_nothing_behind),
		cmocka_unit_test(a_child_does_not_outlive_its_parent),
		cmocka_unit_test(the_founding_race_needs_two_preemptions),
		cmocka_unit_test(its_classes_need_two_preemptions),
		cmocka_unit_test(a_search_goes_on_where_the_last_one_stopped),
		cmocka_unit_test(races_are_reversed_until_any_finding_comes),
		cmocka_unit_test(a_search_says_what_else_it_found),
		cmocka_unit_test(a_search_goes_on_behind_schedules_that_crash),
		cmocka_unit_test(a_worker_that_is_stopped_says_so),
	};

	return cmocka_run_group_tests_name("worker", tests, fake_open,
					   stage_close);
}
