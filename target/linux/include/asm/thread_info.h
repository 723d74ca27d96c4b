/* SPDX-License-Identifier: GPL-2.0 */
/* asm/thread_info.h: nothing but flags: who runs is the machine's business. */
#ifndef ASM_THREAD_INFO_H
#define ASM_THREAD_INFO_H

#define THREAD_SIZE_ORDER 2
#define THREAD_SIZE (1UL << (THREAD_SIZE_ORDER + 12))
#ifndef __ASSEMBLY__
struct thread_info {
	unsigned long flags;
	unsigned long syscall_work;
	int preempt_count;
	unsigned int cpu;
};
#define INIT_THREAD_INFO(task) { 0 }
#endif
#define TIF_SYSCALL_TRACE 0
#define TIF_NOTIFY_RESUME 1
#define TIF_SIGPENDING 2
#define TIF_NEED_RESCHED 3
#define TIF_NOTIFY_SIGNAL 4
#define TIF_MEMDIE 5
#define TIF_POLLING_NRFLAG 6
#define TIF_UPROBE 7
#define TIF_RESTORE_SIGMASK 8
#define TIF_NEED_RESCHED_LAZY 9
#define _TIF_NEED_RESCHED (1 << TIF_NEED_RESCHED)
#define _TIF_NEED_RESCHED_LAZY (1 << TIF_NEED_RESCHED_LAZY)
#define _TIF_SIGPENDING (1 << TIF_SIGPENDING)

#endif
