/* SPDX-License-Identifier: MIT */
/*
 * forbid_test.c: which barrier would forbid a reordering, and that weaker ones
 * would not.
 */
#include <signal.h>

#include "fake.h"
#include "forbid.h"
#include "machine.h"

static void look(int y, int x)
{
	if (y && !x)
		machine_bug("backwards");
}

static void publish(void) /* add 0 */
{
	WRITE_ONCE(fake.x, 1);
	READ_ONCE(fake.flag);
	WRITE_ONCE(fake.y, 1);
	READ_ONCE(fake.flag);
}

static void publish_in_order(void) /* add 1 */
{
	WRITE_ONCE(fake.x, 1);
	smp_store_release(&fake.y, 1);
}

static void find(void) /* add 2 */
{
	int y = READ_ONCE(fake.y), x = 0;

	READ_ONCE(fake.flag);
	x = READ_ONCE(fake.x);
	look(y, x);
}

static void find_in_order(void) /* add 3 */
{
	int y = READ_ONCE(fake.y);

	smp_rmb();
	look(y, READ_ONCE(fake.x));
}

/* Both went in: fake.pages[0] and [1] say who saw nobody. */
static void enter(void) /* add 4 */
{
	WRITE_ONCE(fake.x, 1);
	fake.pages[0] = !READ_ONCE(fake.y);
	if (fake.pages[0] && fake.pages[1])
		machine_bug("both");
	READ_ONCE(fake.flag);
}

static void enter_in_order(void) /* add 5 */
{
	WRITE_ONCE(fake.y, 1);
	smp_mb();
	fake.pages[1] = !READ_ONCE(fake.x);
	if (fake.pages[0] && fake.pages[1])
		machine_bug("both");
}

/* The same where no load is of the past: the store alone can be late. */
static void enter_by_number(void) /* add 6 */
{
	WRITE_ONCE(fake.pages[2], 1);
	fake.pages[0] = !READ_ONCE(fake.pages[3]);
	if (fake.pages[0] && fake.pages[1])
		machine_bug("both");
	READ_ONCE(fake.flag);
}

static void enter_by_number_in_order(void) /* add 7 */
{
	WRITE_ONCE(fake.pages[3], 1);
	smp_mb();
	fake.pages[1] = !READ_ONCE(fake.pages[2]);
	if (fake.pages[0] && fake.pages[1])
		machine_bug("both");
}

/* The same where the store is never late: the load alone can be of the past. */
static void leave(void) /* add 8 */
{
	spin_lock(&fake.lock);
	READ_ONCE(fake.flag);
	spin_unlock(&fake.lock);
	fake.pages[0] = !READ_ONCE(fake.y);
	if (fake.pages[0] && fake.pages[1])
		machine_bug("both");
}

static void knock_in_order(void) /* add 9 */
{
	WRITE_ONCE(fake.y, 1);
	smp_mb();
	fake.pages[1] = spin_is_locked(&fake.lock);
	if (fake.pages[0] && fake.pages[1])
		machine_bug("both");
}

static void (*const acts[])(void) = {
	publish,
	publish_in_order,
	find,
	find_in_order,
	enter,
	enter_in_order,
	enter_by_number,
	enter_by_number_in_order,
	leave,
	knock_in_order,
};

static void act(unsigned long nr)
{
	acts[nr]();
}

/* A field of a kind may be of the past, what stands in an array not. */
static void describe(const volatile void *addr, struct target_place *place)
{
	size_t at = (size_t)((const volatile char *)addr - (const char *)&fake);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (at >= sizeof(fake))
		return;
	place->thing = "fake";
	if (at - offsetof(struct fake, pages) < sizeof(fake.pages))
		place->element = 0;
}

static struct target target;

static int open(void **state)
{
	target = target_fake;
	target.describe = describe;
	sites_init(&target);
	return stage_open(state);
}

static const struct forbidding *forbid(void **state, const char *text)
{
	static struct forbidding forbidding;
	struct stage *stage = *state;
	struct worker *worker;

	signal(SIGSEGV, SIG_DFL); /* not cmocka's */
	worker = worker_open(&stage->engine, &stage->record, &target, NULL);
	stage_parse(&stage->program, text);
	assert_true(forbidding_find(worker, &stage->program, &forbidding));
	worker_close(worker);
	return &forbidding;
}

/* The only one, and what is said of it. */
static void expect_claim(const struct forbidding *forbidding, const char *claim)
{
	char text[FORBIDDING_TEXT];

	assert_int_equal(forbidding->nr, 1);
	forbidding_claim(forbidding, 0, text);
	if (!strstr(text, claim))
		fail_msg("%s: not %s", text, claim);
}

static void a_late_store_names_the_store_that_was_seen_first(void **state)
{
	const struct forbidding *forbidding =
		forbid(state, "task0 add 0\ntask1 add 3\n"
			      "delay task0 op0 point 1\n"
			      "preempt task0 op0 point 4 -> task1\n");

	expect_claim(
		forbidding,
		"publish:WRITE_ONCE(fake.x) has to be before "
		"publish:WRITE_ONCE(fake.y); forbidden by a release "
		"there, or smp_wmb() in front of it: with it none of all ");
	assert_true(forbidding->reordering[0].ways[0].schedules > 10);
}

static void a_load_of_the_past_names_the_load_in_front_of_it(void **state)
{
	expect_claim(forbid(state, "task0 add 1\ntask1 add 2\n"
				   "switch task0 op0 begin -> task1\n"
				   "preempt task1 op0 point 1 -> task0\n"
				   "stale task1 op0 point 3 back 1\n"),
		     "find:READ_ONCE(fake.y) has to be before "
		     "find:READ_ONCE(fake.x); forbidden by an acquire there, "
		     "or smp_rmb() behind it: with it none of all ");
}

/* smp_wmb() would leave it to the load to be of the past. */
static void a_load_behind_a_store_takes_a_full_barrier(void **state)
{
	expect_claim(forbid(state, "task0 add 4\ntask1 add 5\n"
				   "delay task0 op0 point 1\n"
				   "preempt task0 op0 point 3 -> task1\n"),
		     "enter:WRITE_ONCE(fake.x) has to be before "
		     "enter:READ_ONCE(fake.y); forbidden by smp_mb() in front "
		     "of it: with it none of all ");
}

/* Here no schedule would have it with smp_wmb(), nor below with smp_rmb(). */
static void what_forbids_it_here_alone_is_not_told_of_a_late_store(void **state)
{
	expect_claim(forbid(state, "task0 add 6\ntask1 add 7\n"
				   "delay task0 op0 point 1\n"
				   "preempt task0 op0 point 3 -> task1\n"),
		     "enter_by_number:WRITE_ONCE(fake.pages[2]) has to be "
		     "before enter_by_number:READ_ONCE(fake.pages[3]); "
		     "forbidden by smp_mb() in front of it: with it none of "
		     "all ");
}

static void nor_of_a_load_of_the_past(void **state)
{
	expect_claim(forbid(state, "task0 add 8\ntask1 add 9\n"
				   "preempt task0 op0 point 3 -> task1\n"
				   "stale task0 op0 point 4 back 1\n"),
		     "leave:spin_unlock(&fake.lock) has to be before "
		     "leave:READ_ONCE(fake.y); forbidden by smp_mb() behind "
		     "it: with it none of all ");
}

/* The other task's barrier is missing as well. */
static void where_others_have_it_that_is_said(void **state)
{
	expect_claim(forbid(state, "task0 add 0\ntask1 add 2\n"
				   "delay task0 op0 point 1\n"
				   "preempt task0 op0 point 4 -> task1\n"),
		     "forbidden by smp_mb() in front of it: this schedule, "
		     "not others");
}

static void without_reordering_or_finding_nothing_is_said(void **state)
{
	assert_int_equal(forbid(state, "task0 add 0\n")->nr, 0);
	assert_int_equal(forbid(state, "task0 add 0\n"
				       "delay task0 op0 point 1\n")
				 ->nr,
			 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_late_store_names_the_store_that_was_seen_first),
		cmocka_unit_test(
			a_load_of_the_past_names_the_load_in_front_of_it),
		cmocka_unit_test(a_load_behind_a_store_takes_a_full_barrier),
		cmocka_unit_test(
			what_forbids_it_here_alone_is_not_told_of_a_late_store),
		cmocka_unit_test(nor_of_a_load_of_the_past),
		cmocka_unit_test(where_others_have_it_that_is_said),
		cmocka_unit_test(without_reordering_or_finding_nothing_is_said),
	};

	return cmocka_run_group_tests_name("forbid", tests, open, stage_close);
}
