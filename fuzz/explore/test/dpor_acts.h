/* SPDX-License-Identifier: MIT */
/*
 * dpor_acts.h: acts of the fake target that share nothing but what access points
 * tell of, and what the tasks saw.
 */
#ifndef FUZZ_TEST_DPOR_ACTS_H
#define FUZZ_TEST_DPOR_ACTS_H

#include "fake.h"

/* What a task has come to: its own, part of the outcome. */
static struct {
	int nr;
	int seen[16];
} seen[ENGINE_TASKS];

static void see(int value)
{
	int id = machine.self->id;

	seen[id].seen[seen[id].nr++ % 16] = value;
}

static void load(void) /* add 0 */
{
	see(READ_ONCE(fake.x));
}

static void store(void) /* add 1 */
{
	WRITE_ONCE(fake.x, 10 + machine.self->id);
}

static void add_up(void) /* add 2 */
{
	int x = READ_ONCE(fake.x);

	WRITE_ONCE(fake.x, x + 1);
}

static void copy(void) /* add 3 */
{
	WRITE_ONCE(fake.y, READ_ONCE(fake.x) + 2);
}

static void swap(void) /* add 4 */
{
	see(xchg(&fake.y, 20 + machine.self->id));
}

static void locked(void) /* add 5 */
{
	spin_lock(&fake.lock);
	fake.flag = 2 * fake.flag + 1 + machine.self->id;
	see(fake.flag);
	spin_unlock(&fake.lock);
}

static void two_locks(void) /* add 6 */
{
	spin_lock(&fake.lock);
	spin_lock(&fake.other);
	see(READ_ONCE(fake.y));
	spin_unlock(&fake.other);
	spin_unlock(&fake.lock);
}

static void wrong_way_round(void) /* add 7: a deadlock beside add 6 */
{
	spin_lock(&fake.other);
	spin_lock(&fake.lock);
	spin_unlock(&fake.lock);
	spin_unlock(&fake.other);
}

static void try_lock(void) /* add 8 */
{
	bool taken = spin_trylock(&fake.lock);

	see(taken);
	if (taken)
		spin_unlock(&fake.lock);
}

static void look_at_lock(void) /* add 9 */
{
	see(spin_is_locked(&fake.lock));
}

static void bytes(void) /* add 10: two halves of a word do not meet */
{
	WRITE_ONCE(((char *)&fake.x)[machine.self->id % 2], 3);
}

static void spin(void) /* add 11 */
{
	while (!READ_ONCE(fake.y))
		cpu_relax();
	see(READ_ONCE(fake.x));
}

static void wait(void) /* add 12 */
{
	wait_var_event(&fake.y, READ_ONCE(fake.y));
	see(READ_ONCE(fake.x));
}

static void wake(void) /* add 13 */
{
	WRITE_ONCE(fake.y, 1);
	wake_up_var(&fake.y);
}

static void reader(void) /* add 14 */
{
	rcu_read_lock();
	see(READ_ONCE(fake.x));
	see(READ_ONCE(fake.y));
	rcu_read_unlock();
}

static void called_back(struct rcu_head *head)
{
	WRITE_ONCE(fake.x, 100 + (int)(head - fake.heads));
}

static void queue(void) /* add 15 */
{
	call_rcu(&fake.heads[machine.self->id % 4], called_back);
}

static void queue_and_look(void) /* add 16 */
{
	WRITE_ONCE(fake.y, 5);
	queue();
	see(READ_ONCE(fake.x));
}

static void pinned(void) /* add 17 */
{
	preempt_disable();
	see(smp_processor_id()); /* an interrupt's is its host's */
	see(READ_ONCE(fake.x));
	WRITE_ONCE(fake.y, 4);
	preempt_enable();
}

static void irqs_off(void) /* add 18 */
{
	unsigned long flags;

	local_irq_save(flags);
	see(READ_ONCE(fake.x));
	see(READ_ONCE(fake.y));
	local_irq_restore(flags);
}

static void assert_that(void) /* add 19: ends the run in the middle */
{
	static const char *const ids[] = { "a-sees", "b-sees", "c-sees" };

	if (READ_ONCE(fake.x))
		machine_bug(ids[machine.self->id % 3]);
	see(READ_ONCE(fake.y));
}

static void wait_for_readers(void) /* add 20 */
{
	WRITE_ONCE(fake.x, 7);
	synchronize_rcu();
	see(READ_ONCE(fake.y));
}

static void give_up(void) /* add 21: another round is not the same again */
{
	int i;

	for (i = 0; i < 3 && !READ_ONCE(fake.y); i++)
		;
	see(i);
}

static void read_twice(void) /* add 22: no reader in between */
{
	reader();
	reader();
}

static void
look_then_join(void) /* add 23: sleeps for ever if woken too early */
{
	if (!READ_ONCE(fake.y)) {
		prepare_to_wait(&fake.y);
		machine_wait(SITE("wait_var_event", "", MACHINE_WAITS,
				  MACHINE_FULL, 0));
		machine_finish_wait();
	}
	see(READ_ONCE(fake.x));
}

/* Without a word to the machine, whose stack and registers tell it. */
static void retry(void) /* add 24: as add 11 */
{
	while (!READ_ONCE(fake.y))
		;
	see(READ_ONCE(fake.x));
}

/* Of weak memory: what of these comes first others may see otherwise. */

static void store_both(void) /* add 25 */
{
	WRITE_ONCE(fake.x, 10 + machine.self->id);
	WRITE_ONCE(fake.y, 20 + machine.self->id);
}

static void see_both(void) /* add 26 */
{
	see(READ_ONCE(fake.y));
	see(READ_ONCE(fake.x));
}

static void store_and_see(void) /* add 27 */
{
	WRITE_ONCE(fake.x, 10 + machine.self->id);
	see(READ_ONCE(fake.y));
}

static void store_and_see_the_other_way(void) /* add 28 */
{
	WRITE_ONCE(fake.y, 20 + machine.self->id);
	see(READ_ONCE(fake.x));
}

static void release_both(void) /* add 29 */
{
	WRITE_ONCE(fake.x, 10 + machine.self->id);
	smp_store_release(&fake.y, 20 + machine.self->id);
	see(READ_ONCE(fake.x));
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		load,
		store,
		add_up,
		copy,
		swap,
		locked,
		two_locks,
		wrong_way_round,
		try_lock,
		look_at_lock,
		bytes,
		spin,
		wait,
		wake,
		reader,
		queue,
		queue_and_look,
		pinned,
		irqs_off,
		assert_that,
		wait_for_readers,
		give_up,
		read_twice,
		look_then_join,
		retry,
		store_both,
		see_both,
		store_and_see,
		store_and_see_the_other_way,
		release_both,
	};

	acts[nr]();
}

enum {
	MEMORY_ACTS = 11,
	ALL_ACTS = 24, /* on any memory */
	WEAK_ACTS = 25, /* from here on */
	WEAK_ACTS_NR = 5,
	ACT_SPINS = 11,
	ACT_WAKES = 13,
	ACT_RETRIES = 24,
};

#endif
