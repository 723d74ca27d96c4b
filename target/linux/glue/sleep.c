// SPDX-License-Identifier: GPL-2.0
/*
 * sleep.c: tasks that sleep and are woken, on the machine's scheduler.
 *
 * Yields: in every function but linux_tasks_reset().
 * See: kernel/sched/core.c.
 */
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/wake_q.h>

#include "glue.h"

static struct task_struct task[LINUX_TASKS];
static struct signal_struct nobody;
/* Written by init() alone; so who reads it does not share it. */
struct task_struct *linux_tasks[LINUX_TASKS] LINUX_UNTOUCHED;

void linux_tasks_reset(void)
{
	int i;

	for (i = 0; i < LINUX_TASKS; i++) {
		linux_tasks[i] = &task[i];
		task[i].signal = &nobody; /* the allocator's slow path asks */
		task[i].pid = i;
	}
}

static void judge_atomic(void)
{
	if (preempt_count() || irqs_disabled())
		machine_bug("scheduling-while-atomic");
}

void schedule(void)
{
	struct task_struct *self = current;

	judge_atomic();
	while (self->__state != TASK_RUNNING) {
		machine_prepare_to_wait(self);
		machine_wait(SITE("schedule", "", MACHINE_WAITS, MACHINE_FULL,
				  0));
		machine_finish_wait();
	}
}

/*
 * Nobody counts jiffies: the time is over when others have had a turn, and have
 * changed something if it is not the first time. So who sleeps and looks again goes
 * round as often as there is anything new to see; who would for ever is a finding.
 * A daemon does not look for anything: it has been asleep when others have had a turn.
 */
signed long schedule_timeout(signed long timeout)
{
	struct task_struct *self = current;
	bool woken;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	judge_atomic();
	if (linux_daemon_naps())
		machine_rest(SITE("schedule_timeout", "nap", MACHINE_SPINS,
				  MACHINE_ONCE, 0));
	else
		machine_spin(SITE("schedule_timeout", "", MACHINE_SPINS,
				  MACHINE_ONCE, 0));
	woken = self->__state == TASK_RUNNING;
	self->__state = TASK_RUNNING;
	return woken ? timeout : 0;
}

signed long schedule_timeout_uninterruptible(signed long timeout)
{
	current->__state = TASK_UNINTERRUPTIBLE;
	return schedule_timeout(timeout);
}

void io_schedule(void)
{
	schedule();
}

/* Returns: was it asleep in one of the states @state? */
int wake_up_state(struct task_struct *who, unsigned int state)
{
	machine_wake(SITE("wake_up_state", "", MACHINE_WAKES, MACHINE_FULL, 0),
		     who);
	if (!(who->__state & state))
		return 0;
	who->__state = TASK_RUNNING;
	return 1;
}

int wake_up_process(struct task_struct *who)
{
	return wake_up_state(who, TASK_NORMAL);
}

int default_wake_function(struct wait_queue_entry *entry, unsigned int mode,
			  int flags, void *key)
{
	(void)flags, (void)key;
	return wake_up_state(entry->private, mode);
}

void linux_patience(unsigned long asked)
{
	current->nvcsw = asked;
	current->nivcsw = asked;
	if (asked)
		return;
	sigdelset(&current->pending.signal, SIGKILL);
	clear_thread_flag(TIF_SIGPENDING);
}

void linux_progress(void)
{
	current->nivcsw = current->nvcsw;
}

/* Its task has gone round for so long that somebody kills it. */
static void lose_patience(void)
{
	struct task_struct *self = current;

	if (!self->nivcsw || --self->nivcsw)
		return;
	sigaddset(&self->pending.signal, SIGKILL);
	set_thread_flag(TIF_SIGPENDING);
}

int __cond_resched(void)
{
	judge_atomic();
	lose_patience();
	machine_before(SITE("cond_resched", "", MACHINE_PREEMPT_ONS,
			    MACHINE_PLAIN, 0), NULL, NULL);
	machine_after(0, 0);
	return 0;
}
