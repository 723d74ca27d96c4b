/* SPDX-License-Identifier: GPL-2.0 */
/* asm/preempt.h: the depth is the machine's: a task with a depth keeps its CPU,
 * and is an RCU reader. */
#ifndef ASM_PREEMPT_H
#define ASM_PREEMPT_H

#include <linux/thread_info.h>
#include "machine_point.h"

#define PREEMPT_ENABLED 0
#define init_task_preempt_count(p) ((void)(p))
#define init_idle_preempt_count(p, cpu) ((void)(p))

static __always_inline int preempt_count(void)
{
	return MACHINE_GET(machine.self->preempt_off);
}

static __always_inline volatile int *preempt_count_ptr(void)
{
	return &machine.self->preempt_off;
}

static __always_inline void preempt_count_set(int count)
{
	MACHINE_SET(machine.self->preempt_off, count);
}

static __always_inline void __preempt_count_add(int depth)
{
	MACHINE_COUNT(machine.self->preempt_off, depth);
}

static __always_inline void __preempt_count_sub(int depth)
{
	MACHINE_COUNT(machine.self->preempt_off, -depth);
	if (MACHINE_GET(machine.rcu_pending))
		machine_rcu_exit();
}

/* 7.3 counts with it how deep interrupts are off. */
static __always_inline int __preempt_count_add_return(int depth)
{
	__preempt_count_add(depth);
	return preempt_count();
}

static __always_inline int __preempt_count_sub_return(int depth)
{
	__preempt_count_sub(depth);
	return preempt_count();
}

static __always_inline bool __preempt_count_dec_and_test(void)
{
	__preempt_count_sub(1);
	return false;
}

#define set_preempt_need_resched() ((void)0)
#define clear_preempt_need_resched() ((void)0)
#define test_preempt_need_resched() false
#define should_resched(depth) false

#endif
