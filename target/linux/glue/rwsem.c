// SPDX-License-Identifier: GPL-2.0
/*
 * rwsem.c: reader-writer semaphores, on the machine's scheduler: a count of
 * readers, or -1.
 *
 * Yields: in every function.
 * See: kernel/locking/rwsem.c.
 */
#include <linux/rwsem.h>

#include "glue.h"

int down_read_trylock(struct rw_semaphore *sem)
{
	return atomic_long_fetch_add_unless(&sem->count, 1, -1) != -1;
}

int down_write_trylock(struct rw_semaphore *sem)
{
	return atomic_long_cmpxchg(&sem->count, 0, -1) == 0;
}

static void sleep_until(struct rw_semaphore *sem, int (*trylock)(struct rw_semaphore *))
{
	if (preempt_count() || irqs_disabled())
		machine_bug("scheduling-while-atomic");
	for (;;) {
		machine_prepare_to_wait(sem);
		if (trylock(sem))
			break;
		machine_wait(SITE("down", "", MACHINE_WAITS, MACHINE_FULL, 0));
	}
	machine_finish_wait();
}

void down_read(struct rw_semaphore *sem)
{
	sleep_until(sem, down_read_trylock);
}

void down_write(struct rw_semaphore *sem)
{
	sleep_until(sem, down_write_trylock);
}

void up_read(struct rw_semaphore *sem)
{
	atomic_long_dec_return_release(&sem->count);
	machine_wake(SITE("up_read", "", MACHINE_WAKES, MACHINE_FULL, 0), sem);
}

void up_write(struct rw_semaphore *sem)
{
	atomic_long_set_release(&sem->count, 0);
	machine_wake(SITE("up_write", "", MACHINE_WAKES, MACHINE_FULL, 0), sem);
}
