// SPDX-License-Identifier: GPL-2.0
/*
 * workqueue.c: what kworkers would do. Who waits for work does it, on the CPU
 * that it was queued for; until somebody waits it is not begun. One at a time
 * waits: lru_add_drain_all() has a mutex, and nobody else has work.
 *
 * Yields: flush_work().
 * See: kernel/workqueue.c.
 */
#include <linux/workqueue.h>

#include "mm_internal.h"
#include "glue.h"

/* Nothing in it is looked at. */
static char percpu_queue;

void linux_workqueue_init(void)
{
	mm_percpu_wq = (struct workqueue_struct *)(void *)&percpu_queue;
}

/* While it is pending, its CPU stands where the kernel has its pool. */
bool queue_work_on(int cpu, struct workqueue_struct *queue,
		   struct work_struct *work)
{
	(void)queue;
	if (atomic_long_read(&work->data) & WORK_STRUCT_PENDING)
		return false;
	atomic_long_set(&work->data, WORK_STRUCT_PENDING |
					     (long)cpu << WORK_OFFQ_POOL_SHIFT);
	return true;
}

bool flush_work(struct work_struct *work)
{
	unsigned long data = (unsigned long)atomic_long_read(&work->data);
	int home = machine.self->cpu;

	if (!(data & WORK_STRUCT_PENDING))
		return false;
	machine_migrate(SITE("flush_work", "migrate(cpu)", MACHINE_PREEMPT_ONS,
			     MACHINE_PLAIN, 0),
			(int)(data >> WORK_OFFQ_POOL_SHIFT));
	atomic_long_set(&work->data, 0);
	work->func(work);
	machine_migrate(SITE("flush_work", "migrate(home)", MACHINE_PREEMPT_ONS,
			     MACHINE_PLAIN, 0),
			home);
	return true;
}
