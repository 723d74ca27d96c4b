/* SPDX-License-Identifier: MIT */
/*
 * decide_weak_test.c: what is claimed of deciding orders on weak memory, against all
 * schedules with as many preemptions and reorderings, told apart by the clock of
 * commits that the memory goes by, which nobody else looks at.
 */
#include "decide_claims.h"
#include "explore.h"

#define FINDINGS 200
#define SCHEDULES 20000 /* of a program that is compared; with more it is not */
#define STEPS 256 /* of a run, at most */
#define UNKNOWN UINT64_MAX

/* When the steps of a run took effect. */
static struct commits {
	struct observer observer; /* first */
	const struct record *record;
	unsigned int nr;
	uint64_t time[STEPS]; /* a store's commit; when a load was answered */
	bool late[STEPS]; /* nobody else sees it yet */
	uint64_t last; /* commits that are known */
	unsigned int
		open; /* a store whose commit is still to come; STEPS: none */
} commits;

static bool does_store(const struct step *step)
{
	return step->site->kind == MACHINE_STORES ||
	       (step->site->kind == MACHINE_RMWS && step->old != step->new);
}

static bool is_data(const struct step *step)
{
	return step->kind == STEP_ACCESS && step->addr &&
	       (step->site->kind == MACHINE_LOADS || does_store(step) ||
		step->site->kind == MACHINE_RMWS);
}

/* Each commit is a number: one that is missing is the open store's. */
static void close_store(uint64_t now)
{
	if (commits.open == STEPS || now == commits.last)
		return;
	commits.time[commits.open] = ++commits.last;
	commits.open = STEPS;
}

static void commits_reset(struct observer *observer,
			  const struct engine *engine)
{
	(void)observer, (void)engine;
	commits.open = STEPS;
	commits.last = 1;
	memset(commits.late, 0, sizeof(commits.late));
	memset(commits.time, 0xff, sizeof(commits.time));
}

static void commits_access(struct observer *observer,
			   const struct engine *engine,
			   const struct access *access)
{
	const struct weak *weak = &engine->weak;
	unsigned int at = commits.record->nr - 1;
	const struct step *step = &commits.record->steps[at];

	(void)observer, (void)access;
	close_store(weak->now);
	if (engine->hands_off || !is_data(step))
		return;
	assert_true(at < STEPS);
	commits.late[at] = weak->open.late;
	if (!does_store(step))
		commits.time[at] = weak->open.effect;
	else if (!weak->open.late)
		commits.open = at;
}

/* Of one task to one place the oldest lands first. */
static void commits_landed(struct observer *observer,
			   const struct engine *engine,
			   const struct access *access, const struct site *site)
{
	const struct record *record = commits.record;
	unsigned int i = 0;

	(void)observer;
	if (engine->weak.now > commits.last + 1)
		close_store(engine->weak.now);
	commits.last = engine->weak.now;
	while (!commits.late[i] || record->steps[i].task != access->task ||
	       record->steps[i].site != site ||
	       record->steps[i].addr != access->addr)
		i++;
	commits.late[i] = false;
	commits.time[i] = engine->weak.now;
}

static struct observer *watch(const struct record *record)
{
	commits.record = record;
	commits.observer = (struct observer){ .reset = commits_reset,
					      .access = commits_access,
					      .landed = commits_landed };
	return &commits.observer;
}

/* A load that is answered at the time of a commit sees it. */
static bool took_effect_before(const struct record *record, unsigned int a,
			       unsigned int b)
{
	const struct step *one = &record->steps[a], *two = &record->steps[b];

	if (!is_data(one) || !is_data(two))
		return a < b;
	if (does_store(one) && !does_store(two))
		return commits.time[a] <= commits.time[b];
	return commits.time[a] < commits.time[b];
}

/* ---------------------------------------------------------------- schedules */

/* A field by name may be of the past. */
static void describe_fields(const volatile void *addr,
			    struct target_place *place)
{
	size_t at = (size_t)((const volatile char *)addr - (const char *)&fake);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (at < sizeof(fake))
		place->thing = "fake";
}

/*
 * All schedules with at most so many preemptions and reorderings, each seen by @look,
 * until it says so. Returns: false if there are too many.
 */
static bool play_all(struct stage *stage, const struct target *target,
		     const struct program *program, unsigned int preemptions,
		     unsigned int reorderings,
		     bool (*look)(struct stage *stage))
{
	static struct explore explore;
	struct policy policy;
	const struct run_options options = {
		.policy = &policy,
		.observers = { record_observer(&stage->record),
			       watch(&stage->record) },
	};

	explore_begin(&explore, preemptions);
	explore.reorderings = reorderings;
	explore_policy(&policy, &explore);
	while (explore_next(&explore)) {
		engine_run(&stage->engine, target, program, &options);
		close_store(stage->engine.weak.now);
		if (look(stage))
			return true;
		if (explore.schedules == SCHEDULES)
			return false;
	}
	return true;
}

static bool is_reordered_finding(struct stage *stage)
{
	return stage->engine.verdict.finding.checker && ran_reordered(stage);
}

static bool count(struct stage *stage)
{
	count_run(stage);
	return false;
}

/* With fewest preemptions; it becomes the program's. */
static bool find_reordered(struct stage *stage, const struct target *target,
			   struct program *program, unsigned int reorderings)
{
	unsigned int bound;

	for (bound = 0; bound < 3; bound++) {
		stage->engine.verdict.finding.checker = NULL;
		if (!play_all(stage, target, program, bound, reorderings,
			      is_reordered_finding))
			return false;
		if (is_reordered_finding(stage))
			return engine_script(&stage->engine, program);
	}
	return false;
}

/* ------------------------------------------------------------------ compared */

static void assert_counted(const struct deciding *deciding,
			   const struct program *program)
{
	bool right = claimed.runs == deciding->schedules &&
		     claimed.with == deciding->with &&
		     claimed.lost_with == deciding->lost_with &&
		     claimed.in_order == deciding->in_order &&
		     claimed.lost_in_order == deciding->lost_in_order;
	unsigned int i;

	for (i = 0; i < deciding->nr; i++)
		right &= claimed.without[i] == deciding->order[i].without &&
			 claimed.lost_without[i] ==
				 deciding->order[i].lost_without;
	if (right)
		return;
	say_claim(deciding, program);
	print_message("claimed %lu schedules, %lu without reordering; seen "
		      "%lu, %lu\n",
		      deciding->schedules, deciding->in_order, claimed.runs,
		      claimed.in_order);
	fail_msg("all schedules say something else of %u orders", deciding->nr);
}

/* Returns: false if nothing can be compared. */
static bool compare(struct stage *stage, const struct decide *decide,
		    struct program *program, struct deciding *deciding)
{
	assert_true(deciding_find(decide, deciding));
	play_story(stage, decide->target, program);
	if (!deciding->nr || deciding->cut || !note_claim(stage, deciding))
		return false;
	claimed.earlier = took_effect_before;
	if (!play_all(stage, decide->target, program, deciding->preemptions,
		      deciding->reorderings, count))
		return false;
	assert_counted(deciding, program);
	return true;
}

static void random_weak_program(struct program *program, struct rng *rng)
{
	unsigned int task;

	random_program(program, rng, WEAK_ACTS_NR, false, false);
	for (task = 0; task < PROGRAM_TASKS; task++) {
		struct program_list *list = &program->tasks[task];
		unsigned int i;

		for (i = 0; i < list->nr; i++)
			list->ops[i].index += WEAK_ACTS;
	}
	parity = rng_below(rng, 3);
}

static void claims_are_what_all_schedules_show(void **state)
{
	static struct deciding deciding;
	struct stage *stage = *state;
	struct target target = watched();
	unsigned int nr = 0, orders = 0, needed = 0, enough = 0, i;
	struct decide decide = { .target = &target,
				 .engine = &stage->engine,
				 .quiet = true };
	struct program program;
	struct rng rng;

	target.describe = describe_fields;
	rng_seed(&rng, 24);
	decide.program = &program;
	while (nr < FINDINGS) {
		random_weak_program(&program, &rng);
		if (!find_reordered(stage, &target, &program,
				    1 + rng_below(&rng, 2)) ||
		    !compare(stage, &decide, &program, &deciding))
			continue;
		for (i = 0; i < deciding.nr; i++)
			needed += !deciding.order[i].lost_without;
		orders += deciding.nr;
		enough += deciding_is_enough(&deciding);
		nr++;
	}
	print_message("%u findings, %u orders, %u needed, %u times enough\n",
		      nr, orders, needed, enough);
	assert_true(needed > FINDINGS / 3);
	assert_true(enough > FINDINGS * 3 / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_are_what_all_schedules_show),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
