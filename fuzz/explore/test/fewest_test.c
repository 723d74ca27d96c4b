/* SPDX-License-Identifier: MIT */
/* fewest_test.c: the fewest preemptions of classes made by hand. */
#include "fewest.h"
#include "stage.h"

static struct races races;
static struct race found[RACES_MAX];

/* One more step, with one access or, @at 0, none; @left: fewest.h. */
static void step(uint8_t task, uint64_t at, unsigned int how, bool left)
{
	static struct footprint footprint;
	const struct part part = { at, 4, TOUCH_MEMORY, (uint8_t)how };

	footprint_clear(&footprint);
	footprint.left = left;
	if (at)
		footprint_add(&footprint, &part);
	races_push(&races, task, task, RACES_NONE, &footprint, found);
}

static void begins(uint8_t task)
{
	step(task, 0, 0, false);
}

static unsigned int fewest(uint32_t left, uint32_t interrupts)
{
	const struct fewest_end end = { left, interrupts };
	unsigned int most = 0;

	while (most < 9 && !fewest_within(&races, &end, most))
		most++;
	return most;
}

enum {
	X = 64,
	Y = 128,
	LOCK = 192
};

/* Task 1 stores to what task 0 has loaded, both in the middle of an operation. */
static void load_and_store(void)
{
	races_clear(&races);
	begins(0);
	step(0, X, TOUCH_READS, true);
	begins(1);
	step(1, X, TOUCH_WRITES, true);
}

/* Of what commutes, what comes first costs nothing. */
static void an_order_that_does_not_matter_costs_nothing(void **state)
{
	(void)state;
	races_clear(&races);
	begins(0);
	step(0, X, TOUCH_WRITES, true);
	begins(1);
	step(1, Y, TOUCH_WRITES, true);
	step(0, X, TOUCH_WRITES, true);
	step(1, Y, TOUCH_WRITES, true);
	assert_int_equal(fewest(0, 0), 0);
}

/* A store between two loads of another; then back between two stores of its own. */
static void an_order_that_matters_costs_one_each(void **state)
{
	(void)state;
	load_and_store();
	step(0, X, TOUCH_READS, true);
	assert_int_equal(fewest(0, 0), 1);
	step(1, X, TOUCH_WRITES, true);
	assert_int_equal(fewest(0, 0), 2);
	step(0, X, TOUCH_READS, true);
	assert_int_equal(fewest(0, 0), 3);
}

/* The same between operations. */
static void between_operations_nothing_is_lost(void **state)
{
	(void)state;
	load_and_store();
	begins(0);
	step(0, X, TOUCH_READS, true);
	assert_int_equal(fewest(0, 0), 0);
}

static void meet_in_a_section(unsigned int how)
{
	races_clear(&races);
	begins(0);
	step(0, LOCK, PART_LOCKS, true);
	step(0, X, TOUCH_WRITES, true);
	begins(1);
	step(1, X, TOUCH_READS, true);
	step(0, X, TOUCH_WRITES, true);
	step(0, LOCK, PART_UNLOCKS, true);
	step(1, LOCK, how, true);
}

/* Task 0 loses the CPU in its section, and task 1 in front of the lock. */
static void who_waits_for_a_lock_is_not_preempted(void **state)
{
	(void)state;
	meet_in_a_section(PART_LOCKS);
	assert_int_equal(fewest(0, 0), 1);
	meet_in_a_section(TOUCH_WRITES);
	assert_int_equal(fewest(0, 0), 2);
}

/* In front of a lock that nobody has. */
static void a_free_lock_keeps_nobody_waiting(void **state)
{
	(void)state;
	load_and_store();
	step(1, LOCK, PART_LOCKS, true);
	step(1, LOCK, PART_UNLOCKS, true);
	step(0, LOCK, PART_LOCKS, true);
	assert_int_equal(fewest(0, 0), 1);
}

/* An interrupt comes to whoever is there. */
static void an_interrupt_is_no_preemption(void **state)
{
	(void)state;
	load_and_store();
	step(0, X, TOUCH_READS, true);
	assert_int_equal(fewest(0, 1U << 1), 0);
}

/* Who is left in the middle by a finding was preempted, if it could go on. */
static void who_is_left_at_the_end_counts(void **state)
{
	(void)state;
	load_and_store();
	assert_int_equal(fewest(0, 0), 0);
	assert_int_equal(fewest(1U << 0, 0), 1);
}

/* Too much to find out: then it is not said that there is none. */
static void what_is_too_large_is_not_known(void **state)
{
	unsigned int i;
	uint8_t task;

	(void)state;
	races_clear(&races);
	for (i = 0; i < 40; i++)
		for (task = 0; task < 6; task++)
			step(task, 1024U + 64 * task, TOUCH_WRITES, false);
	begins(6);
	step(6, X, TOUCH_READS, true);
	begins(7);
	step(7, X, TOUCH_WRITES, true);
	step(6, X, TOUCH_READS, true);
	assert_int_equal(fewest(0, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_order_that_does_not_matter_costs_nothing),
		cmocka_unit_test(an_order_that_matters_costs_one_each),
		cmocka_unit_test(between_operations_nothing_is_lost),
		cmocka_unit_test(who_waits_for_a_lock_is_not_preempted),
		cmocka_unit_test(a_free_lock_keeps_nobody_waiting),
		cmocka_unit_test(an_interrupt_is_no_preemption),
		cmocka_unit_test(who_is_left_at_the_end_counts),
		cmocka_unit_test(what_is_too_large_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
