/* SPDX-License-Identifier: MIT */
/*
 * jobs_test.c: an exploration comes to the same however many jobs share it,
 * and whatever kills them.
 */
#include <signal.h>

#include "fake.h"
#include "jobs.h"
#include "worker.h"

static void add_up(void) /* add 0; fake.y: how often */
{
	int x = READ_ONCE(fake.x);

	WRITE_ONCE(fake.x, x + 1);
	fake.y++;
}

static void crash_if_one_was_lost(void) /* add 1 */
{
	if (READ_ONCE(fake.x) < fake.y)
		abort();
}

static void steps(void) /* add 2 */
{
	int i;

	for (i = 0; i < 6; i++)
		WRITE_ONCE(fake.x, i);
}

static void report_if_one_was_lost(void) /* add 3 */
{
	if (READ_ONCE(fake.x) < fake.y)
		machine_bug("lost-update");
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = { add_up, crash_if_one_was_lost,
					      steps, report_if_one_was_lost };

	acts[nr]();
}

/* --------------------------------------------------------------- explorations */

static void close_jobs(struct jobs *jobs)
{
	if (jobs->arg)
		worker_close(jobs->arg);
	jobs_close(jobs);
}

/* All schedules with exactly @bound preemptions, by @nr jobs. */
static struct jobs *open_jobs(struct stage *stage, const struct target *target,
			      unsigned int nr, unsigned int bound)
{
	static struct tour all;
	struct jobs *jobs = jobs_open(nr, target, &stage->program,
				      &stage->engine, &stage->record);

	jobs->name_crash = worker_name_crash;
	jobs->arg = worker_open(&stage->engine, &stage->record, target, NULL);
	tour_begin(&all, bound, false);
	jobs->preemptions = bound;
	shares_add(&jobs->shares, &all);
	return jobs;
}

static void explore_by(struct stage *stage, const struct target *target,
		       unsigned int nr, unsigned int bound,
		       struct explored *found)
{
	struct jobs *jobs = open_jobs(stage, target, nr, bound);

	while (jobs_work(jobs))
		;
	assert_false(jobs->failed);
	*found = jobs->found;
	close_jobs(jobs);
	explored_sort(found);
}

static void expect_same(const struct explored *a, const struct explored *b)
{
	unsigned int i;

	assert_memory_equal(a->schedules, b->schedules, sizeof(a->schedules));
	assert_memory_equal(a->findings, b->findings, sizeof(a->findings));
	assert_int_equal(a->nr, b->nr);
	for (i = 0; i < a->nr; i++)
		assert_memory_equal(&a->bugs[i], &b->bugs[i],
				    sizeof(a->bugs[i]));
}

static void any_number_of_jobs_finds_the_same(void **state)
{
	static struct explored one, several;
	struct stage *stage = *state;
	unsigned int nr, bound;

	stage_parse(&stage->program, FOUNDING_PROGRAM);
	for (bound = 0; bound < 3; bound++) {
		explore_by(stage, stage_core("free-without-tail"), 1, bound,
			   &one);
		for (nr = 2; nr < 6; nr++) {
			explore_by(stage, stage_core("free-without-tail"), nr,
				   bound, &several);
			expect_same(&one, &several);
		}
	}
	assert_int_equal(one.schedules[2], 2356);
	assert_int_equal(one.findings[2], 3);
	assert_int_equal(one.nr, 1);
	assert_string_equal(one.bugs[0].id, "page-loss");
	assert_non_null(strstr(one.bugs[0].steps[0], "put_page_testzero"));
}

#define SEVERAL_SHARES "task0 add 2\ntask1 add 2\ntask1 add 2\n"

/* ... and by reduction, with what each found out about choices of others. */
static void any_number_of_jobs_plays_the_same_classes(void **state)
{
	static struct explored one, several;
	struct stage *stage = *state;
	unsigned int nr;

	stage_parse(&stage->program, SEVERAL_SHARES);
	explore_by(stage, &target_fake, 1, TOUR_ALL, &one);
	assert_int_equal(one.schedules[0], 18564); /* 18 over 6 */
	for (nr = 2; nr < 6; nr++) {
		explore_by(stage, &target_fake, nr, TOUR_ALL, &several);
		assert_int_equal(several.schedules[0], one.schedules[0]);
		assert_int_equal(several.nr, 0);
	}
}

/* Each process has objects of the target elsewhere: they meet all the same. */
static void objects_are_known_in_any_process(void **state)
{
	static struct explored one, several;
	struct stage *stage = *state;
	unsigned int nr;

	stage_parse(&stage->program, "pcp high=0 batch=1\nsetup add 3\n"
				     "task0 lookup 3\ntask1 remove 3\n"
				     "task1 b0 = alloc\n");
	explore_by(stage, stage_core("none"), 1, TOUR_ALL, &one);
	assert_in_range(one.schedules[0], 100, 1000);
	for (nr = 2; nr < 6; nr++) {
		explore_by(stage, stage_core("none"), nr, TOUR_ALL, &several);
		assert_int_equal(several.schedules[0], one.schedules[0]);
	}
}

#define TWO_OWNERS                                                             \
	"setup b0 = alloc order=2 compound\n"                                  \
	"setup r0 = get b0\n"                                                  \
	"task0 free b0\n"                                                      \
	"task1 put r0\n"                                                       \
	"task1 b1 = alloc order=1\n"                                           \
	"task1 b2 = alloc order=1\n"

/* Fewest switches of all schedules within @bound that end in @id. */
static unsigned int fewest_switches(struct stage *stage,
				    const struct target *target,
				    unsigned int bound, const char *id)
{
	static struct explore explore;
	struct policy policy;
	const struct run_options options = { .policy = &policy };
	const struct finding *finding = &stage->engine.verdict.finding;
	unsigned int fewest = PROGRAM_SWITCHES;

	explore_begin(&explore, bound);
	explore_policy(&policy, &explore);
	while (explore_next(&explore)) {
		engine_run(&stage->engine, target, &stage->program, &options);
		if (finding->checker && !strcmp(finding->id, id) &&
		    stage->engine.nr_taken < fewest)
			fewest = stage->engine.nr_taken;
	}
	return fewest;
}

static void the_kept_schedule_ends_in_the_finding(void **state)
{
	static struct explored found;
	struct stage *stage = *state;
	const struct target *target = stage_core("late-head-read");
	const struct explored_bug *bug;
	struct program program;

	stage_parse(&stage->program, TWO_OWNERS);
	explore_by(stage, target, 3, 1, &found);
	assert_int_equal(found.nr, 2);
	for (bug = found.bugs; bug < found.bugs + found.nr; bug++) {
		assert_int_equal(bug->preemptions, 1);
		assert_int_equal(bug->nr_taken,
				 fewest_switches(stage, target, 1, bug->id));
		program = stage->program;
		program.nr_switches = (uint8_t)bug->nr_taken;
		memcpy(program.switches, bug->taken, sizeof(bug->taken));
		expect_finding(stage_run(stage, target, &program), bug->id);
	}
}

/* What comes first is not the same twice: the order may not matter. */
static void the_simplest_schedule_of_a_finding_is_kept(void **state)
{
	static const struct explored_bug bugs[] = {
		{ .id = "page-loss", .schedules = 1, .preemptions = 1,
		  .nr_taken = 2 },
		{ .id = "page-loss", .schedules = 2, .preemptions = 1,
		  .nr_taken = 2, .taken = { { .point = 5 } } },
		{ .id = "page-loss", .schedules = 3, .preemptions = 1,
		  .nr_taken = 3 },
		{ .id = "page-loss", .schedules = 4, .preemptions = 2,
		  .nr_taken = 1 },
	};
	static struct explored found;
	unsigned int first, i;

	(void)state;
	for (first = 0; first < 4; first++) {
		memset(&found, 0, sizeof(found));
		for (i = 0; i < 4; i++)
			explored_add(&found, &bugs[first ^ i]);
		assert_int_equal(found.nr, 1);
		assert_int_equal(found.bugs[0].schedules, 1 + 2 + 3 + 4);
		assert_int_equal(found.bugs[0].preemptions, 1);
		assert_int_equal(found.bugs[0].nr_taken, 2);
		assert_int_equal(found.bugs[0].taken[0].point, 0);
	}
}

/*
 * Two additions: one is lost if both load before either stores, for which a
 * preemption is needed. A run that looks at the sum then dies, or reports it.
 */
static void a_schedule_that_kills_is_a_finding_like_others(void **state)
{
	static struct explored crashed, reported;
	struct stage *stage = *state;
	unsigned int bound;

	for (bound = 0; bound < 3; bound++) {
		stage_parse(&stage->program,
			    "task0 add 0\ntask1 add 0\ntask1 add 3\n");
		explore_by(stage, &target_fake, 2, bound, &reported);
		stage_parse(&stage->program,
			    "task0 add 0\ntask1 add 0\ntask1 add 1\n");
		explore_by(stage, &target_fake, 1 + bound, bound, &crashed);
		assert_int_equal(reported.findings[bound] > 0, bound > 0);
		assert_memory_equal(crashed.findings, reported.findings,
				    sizeof(crashed.findings));
		assert_memory_equal(crashed.schedules, reported.schedules,
				    sizeof(crashed.schedules));
		assert_int_equal(crashed.nr, bound > 0);
	}
	/* What comes after a crash is not seen: there are more classes. */
	explore_by(stage, &target_fake, 2, TOUR_ALL, &crashed);
	assert_true(crashed.findings[0] > 0);
	assert_int_equal(crashed.nr, 1);
	assert_true(crashed.bugs[0].crashed);
	assert_string_equal(reported.bugs[0].id, "lost-update");
	assert_string_equal(crashed.bugs[0].id, "abrt");
}

static void a_job_killed_from_outside_is_no_finding(void **state)
{
	struct stage *stage = *state;
	struct jobs *jobs;

	stage_parse(&stage->program,
		    "task0 add 2\ntask1 add 2\ntask2 add 2\ntask3 add 2\n");
	jobs = open_jobs(stage, &target_fake, 1, 3);
	assert_true(jobs_work(jobs));
	assert_true(jobs_work(jobs));
	assert_true(jobs->job[0].pid > 0);
	kill(jobs->job[0].pid, SIGKILL);
	while (jobs_work(jobs))
		;
	assert_true(jobs->failed);
	assert_int_equal(jobs->found.nr, 0);
	close_jobs(jobs);
}

/* What is left and what was found are the whole at any time. */
static void kill_and_go_on(struct stage *stage, unsigned int bound)
{
	static struct explored whole;
	struct jobs *first, *second;
	const struct share *share;
	unsigned int looks = 0;

	explore_by(stage, &target_fake, 1, bound, &whole);
	first = open_jobs(stage, &target_fake, 3, bound);
	while (jobs_work(first) && looks < 10)
		looks++;
	assert_int_equal(looks, 10);
	second = jobs_open(2, &target_fake, &stage->program, &stage->engine,
			   &stage->record);
	second->preemptions = bound;
	second->found = first->found;
	for (share = first->shares.top; share; share = share->below)
		shares_add(&second->shares, &share->tour);
	close_jobs(first);
	while (jobs_work(second))
		;
	assert_memory_equal(whole.schedules, second->found.schedules,
			    sizeof(whole.schedules));
	assert_int_equal(whole.nr, second->found.nr);
	close_jobs(second);
}

static void what_was_given_out_is_done_again_after_a_kill(void **state)
{
	struct stage *stage = *state;

	stage_parse(&stage->program,
		    "task0 add 2\ntask1 add 2\ntask2 add 2\ntask3 add 2\n");
	kill_and_go_on(stage, 3);
	stage_parse(&stage->program, SEVERAL_SHARES);
	kill_and_go_on(stage, TOUR_ALL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_number_of_jobs_finds_the_same),
		cmocka_unit_test(any_number_of_jobs_plays_the_same_classes),
		cmocka_unit_test(objects_are_known_in_any_process),
		cmocka_unit_test(the_kept_schedule_ends_in_the_finding),
		cmocka_unit_test(the_simplest_schedule_of_a_finding_is_kept),
		cmocka_unit_test(
			a_schedule_that_kills_is_a_finding_like_others),
		cmocka_unit_test(a_job_killed_from_outside_is_no_finding),
		cmocka_unit_test(what_was_given_out_is_done_again_after_a_kill),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
