/* SPDX-License-Identifier: MIT */
/*
 * boot_test.c: set-up and epilogue, which are alone but for RCU callbacks: they
 * can wait for those and for nobody else.
 */
#include "fake.h"

static void step(void) /* add 0 */
{
	note('s');
}

static void call_flag(struct rcu_head *head)
{
	(void)head;
	note('r');
	WRITE_ONCE(fake.flag, 1);
	wake_up_var(&fake.flag);
}

static void sleep_for_callback(void) /* add 1 */
{
	note('q');
	call_rcu(&fake.heads[0], call_flag);
	wait_var_event(&fake.flag, READ_ONCE(fake.flag));
	note('w');
}

static void spin_for_callback(void) /* add 2 */
{
	note('q');
	call_rcu(&fake.heads[0], call_flag);
	while (!READ_ONCE(fake.flag))
		cpu_relax();
	note('w');
}

static void call_other(struct rcu_head *head)
{
	(void)head;
	note('r');
}

static void sleep_for_nobody(void) /* add 3 */
{
	note('q');
	call_rcu(&fake.heads[0], call_other);
	wait_var_once(&fake.flag, false, (void)0);
	note('w');
}

static void sleep_for_flag(void) /* add 4 */
{
	wait_var_event(&fake.flag, READ_ONCE(fake.flag));
	note('w');
}

static void raise_and_wake(void) /* add 5 */
{
	WRITE_ONCE(fake.flag, 1);
	wake_up_var(&fake.flag);
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		step,		  sleep_for_callback, spin_for_callback,
		sleep_for_nobody, sleep_for_flag,     raise_and_wake,
	};

	acts[nr]();
}

/* The epilogue's last act on the fake target is number fake_last. */
static unsigned int fake_last;

static void drain_all(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	act(fake_last);
}

static const struct target target_last = {
	.name = "last",
	TARGET_SITES,
	.init = fake_init,
	.regions = fake_regions,
	.operations = { [OP_ADD] = fake_add, [OP_DRAIN_ALL] = drain_all },
};

static void set_up_waits_for_callbacks_and_not_for_tasks(void **state)
{
	fake_play(*state, "setup add 1\ntask0 add 0\ntask1 add 0\n",
		  "9q8r9w0s1s");
	fake_play(*state, "setup add 2\ntask0 add 0\ntask1 add 0\n",
		  "9q8r9w0s1s");
	fake_fail(*state, "setup add 3\ntask0 add 0\n", "deadlock");
	assert_string_equal(fake.log, "9q8r");
	fake_fail(*state, "setup add 4\ntask0 add 5\n", "deadlock");
	assert_string_equal(fake.log, "");
}

static void the_epilogue_waits_for_callbacks(void **state)
{
	const char *text = "task0 add 0\n";

	fake_last = 1;
	expect_finding(stage_play(*state, &target_last, text), "clean");
	assert_string_equal(fake.log, "0s9q8r9w");
	fake_last = 2;
	expect_finding(stage_play(*state, &target_last, text), "clean");
	assert_string_equal(fake.log, "0s9q8r9w");
	fake_last = 3;
	expect_finding(stage_play(*state, &target_last, text), "deadlock");
	assert_string_equal(fake.log, "0s9q8r");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(set_up_waits_for_callbacks_and_not_for_tasks),
		cmocka_unit_test(the_epilogue_waits_for_callbacks),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
