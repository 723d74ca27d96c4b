/* SPDX-License-Identifier: MIT */
/*
 * explore_test.c: which schedules there are, counted by hand; each is played
 * once and can be played again.
 */
#include "explore.h"
#include "fake.h"
#include "inside.h"

#define BOUNDS 8

static void accesses(unsigned long nr) /* add 0 to 4: so many access points */
{
	while (nr--)
		WRITE_ONCE(fake.x, 1);
}

static void locked(void) /* add 5: three, of which the first may wait */
{
	spin_lock(&fake.lock);
	WRITE_ONCE(fake.x, 1);
	spin_unlock(&fake.lock);
}

static void reader(void) /* add 6: one, in a read section */
{
	rcu_read_lock();
	READ_ONCE(fake.x);
	rcu_read_unlock();
}

static void called_back(struct rcu_head *head)
{
	note((char)('0' + (head - fake.heads)));
}

static void queue(void) /* add 7: none */
{
	call_rcu(&fake.heads[0], called_back);
}

static void masked(void) /* add 8: three, interrupts are on at the last */
{
	unsigned long flags;

	local_irq_save(flags);
	WRITE_ONCE(fake.x, 1);
	WRITE_ONCE(fake.x, 2);
	local_irq_restore(flags);
}

static void endless(void) /* add 9 */
{
	for (;;)
		WRITE_ONCE(fake.x, 1);
}

static void lock_and_other(void) /* add 10 */
{
	spin_lock(&fake.lock);
	spin_lock(&fake.other);
	spin_unlock(&fake.other);
	spin_unlock(&fake.lock);
}

static void other_and_lock(void) /* add 11 */
{
	spin_lock(&fake.other);
	spin_lock(&fake.lock);
	spin_unlock(&fake.lock);
	spin_unlock(&fake.other);
}

static void spin(void) /* add 12 */
{
	while (!READ_ONCE(fake.flag))
		cpu_relax();
}

static void raise_flag(void) /* add 13 */
{
	WRITE_ONCE(fake.flag, 1);
	wake_up_var(&fake.flag);
}

static void sleep_for_flag(void) /* add 14 */
{
	wait_var_event(&fake.flag, READ_ONCE(fake.flag));
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		locked,		reader, queue,	    masked,	  endless,
		lock_and_other, other_and_lock, spin, raise_flag,
		sleep_for_flag,
	};

	if (nr < 5)
		accesses(nr);
	else
		acts[nr - 5]();
}

struct journey {
	struct explore explore;
	struct policy policy;
	unsigned long schedules[BOUNDS]; /* by preemptions */
	unsigned long findings;
};

static const struct verdict *journey_run(struct stage *stage,
					 const struct target *target,
					 struct journey *tour)
{
	struct run_options options = { .policy = &tour->policy };

	options.observers[0] = record_observer(&stage->record);
	return engine_run(&stage->engine, target, &stage->program, &options);
}

/* Every schedule of @text with at most @bound preemptions. */
static const struct journey *journey(struct stage *stage, const char *text,
				     unsigned int bound)
{
	static struct journey tour;
	const struct verdict *verdict;

	memset(&tour, 0, sizeof(tour));
	stage_parse(&stage->program, text);
	explore_begin(&tour.explore, bound);
	explore_policy(&tour.policy, &tour.explore);
	while (explore_next(&tour.explore)) {
		verdict = journey_run(stage, &target_fake, &tour);
		if (verdict->preemptions < BOUNDS)
			tour.schedules[verdict->preemptions]++;
		tour.findings += verdict->finding.checker != NULL;
	}
	return &tour;
}

static void expect_schedules(const struct journey *tour, unsigned long zero,
			     unsigned long one, unsigned long two)
{
	assert_int_equal(tour->schedules[0], zero);
	assert_int_equal(tour->schedules[1], one);
	assert_int_equal(tour->schedules[2], two);
	assert_int_equal(tour->explore.schedules, zero + one + two);
}

/* ------------------------------------------------------------ counts by hand */

static unsigned long choose(unsigned int n, unsigned int k)
{
	unsigned long result = 1;
	unsigned int i;

	for (i = 0; i < k; i++)
		result = result * (n - i) / (i + 1);
	return k > n ? 0 : result;
}

/*
 * Two tasks of one operation with a and b access points make x = a + 1 and
 * y = b + 1 steps. An order of them is m >= 2 blocks, one task's and the other's
 * in turn: m - 1 switches, of which the one at the end of the task that ends
 * first is free, so m - 2 preemptions. Who begins has (m + 1) / 2 of the blocks
 * and cuts its x steps into them in C(x - 1, (m + 1) / 2 - 1) ways; the other
 * has m / 2. In all these are C(x + y, x) orders.
 */
static unsigned long orders(unsigned int x, unsigned int y,
			    unsigned int preemptions)
{
	unsigned int m = preemptions + 2;

	return choose(x - 1, (m + 1) / 2 - 1) * choose(y - 1, m / 2 - 1) +
	       choose(y - 1, (m + 1) / 2 - 1) * choose(x - 1, m / 2 - 1);
}

static void two_tasks_have_the_orders_of_the_closed_formula(void **state)
{
	unsigned int a, b, bound, k;
	const struct journey *tried;
	char text[64];

	for (a = 0; a < 5; a++)
		for (b = 0; b < 5; b++) {
			snprintf(text, sizeof(text), "task0 add %u\n"
						     "task1 add %u\n", a, b);
			for (bound = 0; bound < 4; bound++) {
				tried = journey(*state, text, bound);
				for (k = 0; k < BOUNDS; k++)
					assert_int_equal(
						tried->schedules[k],
						k > bound ? 0 :
						orders(a + 1, b + 1, k));
			}
			tried = journey(*state, text, 100);
			assert_int_equal(tried->explore.schedules,
					 choose(a + b + 2, a + 1));
		}
}

/* 3 operations of one task and 2 of another, in C(5, 2) orders. */
static void switches_at_boundaries_are_free(void **state)
{
	expect_schedules(journey(*state,
				 "task0 add 0\ntask0 add 0\ntask0 add 0\n"
				 "task1 add 0\ntask1 add 0\n",
				 0),
			 10, 0, 0);
}

/*
 * Steps of a section: a0 comes to the lock, a1 takes it, a2 writes, a3 gives it
 * back. Who is first to take it goes on to a3 before the other's b1, but b0 can
 * be anywhere:
 *   a0 a1 a2 a3 b0   no preemption
 *   b0 a0 a1 a2 a3   one: b could have gone on
 *   a0 b0 a1 a2 a3   two: both could
 *   a0 a1 b0 a2 a3   one: b stands in front of a held lock
 *   a0 a1 a2 b0 a3   one
 * and the same with a and b exchanged.
 */
static void nobody_is_preempted_in_front_of_a_held_lock(void **state)
{
	expect_schedules(journey(*state, "task0 add 5\ntask1 add 5\n", 100), 2,
			 6, 2);
}

static void a_deadlock_needs_a_preemption(void **state)
{
	const char *text = "task0 add 10\ntask1 add 11\n";

	assert_int_equal(journey(*state, text, 0)->findings, 0);
	assert_true(journey(*state, text, 1)->findings);
}

/*
 * r0 enters the read section, r1 leaves it; q queues the callback c. When the
 * lists are at their end there is nothing to choose.
 *   q c r0 r1, q r0 r1 (c), r0 r1 q (c)   no preemption
 *   q r0 c r1                             one: c waits for no later reader
 *   r0 q r1 (c)                           one: c waits for this one
 */
static void a_callback_comes_at_all_times_when_it_is_due(void **state)
{
	expect_schedules(journey(*state, "task0 add 6\ntask1 add 7\n", 100), 3,
			 2, 0);
}

static void a_callback_may_be_held_back_at_a_boundary(void **state)
{
	expect_schedules(journey(*state, "task0 add 7\ntask0 add 0\n", 100), 2,
			 0, 0);
}

/*
 * Two interrupts, in their order, at two access points or never: none, one at
 * the first or second point, both at the first, both at the second, one each.
 */
static void interrupts_come_at_every_point_or_never(void **state)
{
	expect_schedules(journey(*state,
				 "irq task1\ntask0 add 2\n"
				 "task1 add 0\ntask1 add 0\n",
				 100),
			 6, 0, 0);
}

static void no_interrupt_comes_while_they_are_off(void **state)
{
	expect_schedules(journey(*state,
				 "irq task1\ntask0 add 8\ntask1 add 0\n", 100),
			 2, 0, 0);
}

/* Either is first; the loop ends as stuck, after turns that nobody chose. */
static void fair_turns_are_not_chosen(void **state)
{
	const struct journey *tried =
		journey(*state, "task0 add 9\ntask1 add 0\n", 0);

	assert_int_equal(tried->explore.schedules, 2);
	assert_int_equal(tried->findings, 2);
}

static void a_program_without_operations_has_one_schedule(void **state)
{
	expect_schedules(journey(*state, "pages 16\n", 3), 1, 0, 0);
}

/* -------------------------------------------------------------- the schedule */

/* Each of them, as a script: same steps, same count. */
static void replay_all(struct stage *stage, const struct target *target,
		       const char *text, unsigned int bound)
{
	static struct journey tour;
	const struct verdict *verdict;
	unsigned int preemptions;
	struct program script;
	uint32_t digest;

	stage_parse(&stage->program, text);
	explore_begin(&tour.explore, bound);
	explore_policy(&tour.policy, &tour.explore);
	while (explore_next(&tour.explore)) {
		preemptions = journey_run(stage, target, &tour)->preemptions;
		assert_in_range(preemptions, 0, bound);
		digest = stage_digest(stage);
		script = stage->program;
		assert_true(engine_script(&stage->engine, &script));
		verdict = stage_run(stage, target, &script);
		assert_int_equal(verdict->preemptions, preemptions);
		assert_int_equal(stage_digest(stage), digest);
	}
	assert_true(tour.explore.schedules > 1);
}

static void every_schedule_can_be_played_again_as_a_script(void **state)
{
	replay_all(*state, stage_core("free-without-tail"), FOUNDING_PROGRAM,
		   2);
	replay_all(*state, &target_fake, "task0 add 5\ntask1 add 5\n", 9);
	replay_all(*state, &target_fake, "task0 add 10\ntask1 add 11\n", 3);
	replay_all(*state, &target_fake,
		   "task0 add 6\ntask1 add 7\ntask1 add 1\n", 9);
	replay_all(*state, &target_fake,
		   "irq task1\ntask0 add 2\ntask2 add 2\n"
		   "task1 add 1\ntask1 add 2\n", 2);
	replay_all(*state, &target_fake,
		   "task0 add 12\ntask1 add 13\ntask2 add 14\n", 2);
}

static void the_order_of_schedules_is_always_the_same(void **state)
{
	static struct journey one, other;
	struct stage *stage = *state;
	uint32_t digest;

	stage_parse(&stage->program, FOUNDING_PROGRAM);
	explore_begin(&one.explore, 1);
	explore_policy(&one.policy, &one.explore);
	explore_begin(&other.explore, 1);
	explore_policy(&other.policy, &other.explore);
	while (explore_next(&one.explore)) {
		assert_true(explore_next(&other.explore));
		journey_run(stage, stage_core("none"), &one);
		digest = stage_digest(stage);
		journey_run(stage, stage_core("none"), &other);
		assert_int_equal(stage_digest(stage), digest);
	}
	assert_false(explore_next(&other.explore));
}

/* a and b: steps of task 0 and 1; the prefix ends in front of b0. */
static void a_prefix_is_played_first_and_counts(void **state)
{
	static struct journey tour;
	struct stage *stage = *state;
	const struct program_switch *taken = stage->engine.taken;

	stage_parse(&stage->program, "task0 add 3\ntask1 add 1\n"
				     "preempt task0 op0 point 2 -> task1\n");
	explore_begin(&tour.explore, 2);
	tour.explore.prefix = true;
	explore_policy(&tour.policy, &tour.explore);
	while (explore_next(&tour.explore)) {
		tour.schedules[journey_run(stage, &target_fake, &tour)
				       ->preemptions]++;
		assert_int_equal(taken[0].task, 0);
		assert_int_equal(taken[0].point, 2);
	}
	/* a0 a1 | b0 b1 a2 a3; a0 a1 | b0 a2 a3 b1, a0 a1 | b0 a2 b1 a3 (3) */
	expect_schedules(&tour, 0, 1, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			two_tasks_have_the_orders_of_the_closed_formula),
		cmocka_unit_test(switches_at_boundaries_are_free),
		cmocka_unit_test(nobody_is_preempted_in_front_of_a_held_lock),
		cmocka_unit_test(a_deadlock_needs_a_preemption),
		cmocka_unit_test(a_callback_comes_at_all_times_when_it_is_due),
		cmocka_unit_test(a_callback_may_be_held_back_at_a_boundary),
		cmocka_unit_test(interrupts_come_at_every_point_or_never),
		cmocka_unit_test(no_interrupt_comes_while_they_are_off),
		cmocka_unit_test(fair_turns_are_not_chosen),
		cmocka_unit_test(a_program_without_operations_has_one_schedule),
		cmocka_unit_test(every_schedule_can_be_played_again_as_a_script),
		cmocka_unit_test(the_order_of_schedules_is_always_the_same),
		cmocka_unit_test(a_prefix_is_played_first_and_counts),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
