/* SPDX-License-Identifier: MIT */
/*
 * order_acts_told.h: acts of order_test.c around what is told and is no access point:
 * fences, a lock's next owner, a CPU that is kept, races on purpose, sleep. For order_acts.h, which includes it.
 */
#ifndef SANITIZERS_TEST_ORDER_ACTS_TOLD_H
#define SANITIZERS_TEST_ORDER_ACTS_TOLD_H

/* ------------------------------------------------------------------- fences */

static void told_writer(void) /* a fence that is no access point */
{
	*x = 1;
	hush();
	machine_fence(MACHINE_WMB);
	hear();
	*y = 1;
	WRITE_ONCE(fake.flag, 1);
}

static void told_reader(void)
{
	int flag = READ_ONCE(fake.flag);

	machine_fence(MACHINE_RMB);
	if (flag)
		look(x);
}

/* ----------------------------------------------------- a lock from hand to hand */

static void lock_owner(void)
{
	spin_lock(&fake.lock);
	*x = 1;
	spin_unlock(&fake.lock);
}

static void lock_heir(void) /* publishes what is another's, and not its own */
{
	spin_lock(&fake.lock);
	*y = 1;
	WRITE_ONCE(fake.flag, 1);
	spin_unlock(&fake.lock);
}

/* -------------------------------------------------------------------- a CPU */

static void alone_writer(void)
{
	preempt_disable();
	*x = 1;
	preempt_enable();
	*y = 1;
}

static void alone_reader(void)
{
	preempt_disable();
	look(x);
	preempt_enable();
}

static void alone_stranger(void)
{
	preempt_disable();
	look(y);
	preempt_enable();
}

/* -------------------------------------------------------- races on purpose */

static void racing_reader(void)
{
	machine_race_begin();
	look(x);
	READ_ONCE(fake.flag);
	machine_race_begin();
	look(x);
	machine_race_end();
	look(x);
	machine_race_end();
}

static void racing_stranger(void)
{
	racing_reader();
	look(x);
}

/* --------------------------------------------------------------- sleep, wake */

static void waiter(void)
{
	wait_var_event(&fake.flag, READ_ONCE(fake.flag));
	look(x);
}

static void waiter_y(void)
{
	wait_var_event(&fake.flag, READ_ONCE(fake.flag));
	look(y);
}

static void waker(void)
{
	*x = 1;
	WRITE_ONCE(fake.flag, 1);
	wake_up_var(&fake.flag);
	*y = 1;
}

#endif
