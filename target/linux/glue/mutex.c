// SPDX-License-Identifier: GPL-2.0
/*
 * mutex.c: mutexes, on the machine's scheduler: one word, the owner.
 *
 * Yields: in every function.
 * See: kernel/locking/mutex.c.
 */
#include <linux/mutex.h>

#include "glue.h"

/* One step. Returns: true if the mutex is ours now. */
int mutex_trylock(struct mutex *lock)
{
	return atomic_long_cmpxchg(&lock->owner, 0, 1 + machine.self->id) == 0;
}

void mutex_lock(struct mutex *lock)
{
	if (preempt_count() || irqs_disabled())
		machine_bug("scheduling-while-atomic");
	for (;;) {
		machine_prepare_to_wait(lock);
		if (mutex_trylock(lock))
			break;
		machine_wait(SITE("mutex_lock", "", MACHINE_WAITS, MACHINE_FULL,
				  0));
	}
	machine_finish_wait();
}

void mutex_unlock(struct mutex *lock)
{
	atomic_long_set_release(&lock->owner, 0);
	machine_wake(SITE("mutex_unlock", "", MACHINE_WAKES, MACHINE_FULL, 0),
		     lock);
}
