/* SPDX-License-Identifier: MIT */
/*
 * order.h: what happens before what by the kernel's memory model, told to
 * ThreadSanitizer in the two words that it has: release and acquire.
 *
 *     release, full   release at the address      the task's own clock
 *     wmb ... once    release at the address      its clock as of the wmb
 *     acquire         acquire at the address      into the task's clock
 *     depend          a load: as acquire; a store of what is published already:
 *                     as release. TSan knows no dependencies
 *     once ... rmb    acquire at the address      kept apart until the rmb
 *     lock            what was before the unlock goes with later stores, as of a wmb
 *     RCU             reader's exit, call_rcu() -> callback
 *     wake            waker -> waiter
 *     CPU             who has left a section without preemption or interrupts ->
 *                     who runs on that CPU later
 *     start, end      set-up -> tasks -> epilogue -> the next run
 *     handle          who got it -> who takes it
 *
 * A clock that is neither the task's own nor at an address is carried by a
 * fiber of TSan's that never runs anything. Who takes a lock is behind who had it
 * because TSan sees the atomics of both; what is told here is told at the next byte,
 * so that a fence can never pass for a lock.
 *
 * Two ways in which this says less than the model allows to be reported: a
 * once-store does not undo an earlier release at the same address, and a wmb
 * orders earlier reads too. No race is invented by either, some are missed.
 *
 * Promises: without TSan nothing here does anything (ORDER_ON is 0).
 * See: tools/memory-model/Documentation/explanation.txt; unlock-rf-lock-po in
 *   linux-kernel.cat.
 */
#ifndef SANITIZERS_ORDER_H
#define SANITIZERS_ORDER_H

#include "checker.h"
#include "tsan_glue.h"

#define ORDER_ON TSAN_ON
#define ORDER_TASKS BOOKS_TASKS
#define ORDER_CALLBACKS 256
#define ORDER_CPUS MACHINE_CPUS

/* Edges that the engine makes, so that tests can take one out. */
enum order_edge {
	ORDER_RCU_READER,
	ORDER_RCU_QUEUE,
	ORDER_WAKE,
	ORDER_START,
	ORDER_END,
	ORDER_HANDLE,
	ORDER_CPU,
	ORDER_LOCK,
};

struct order {
	unsigned int without; /* enum order_edge, a bit each */
	void *fenced[ORDER_TASKS]; /* carries the clock of the last wmb */
	void *seen[ORDER_TASKS]; /* and of what loads saw since the rmb */
	void *grace; /* and of all exits from read sections */
	void *self; /* the running task, while a carrier stands in */
	/* Addresses to release and acquire at; contents are never used. */
	char at_wmb[ORDER_TASKS], at_rmb[ORDER_TASKS], at_exit[ORDER_TASKS];
	char at_wake[ORDER_TASKS], at_end[ORDER_TASKS];
	char at_callback[ORDER_CALLBACKS], at_cpu[ORDER_CPUS];
	char at_start, at_run;
	char bytes[256]; /* for accesses of one byte, by address */
};

void order_init(struct order *order);
void order_destroy(struct order *order);

/* The running @task has performed @access, which has the order @how. */
void order_access(struct order *order, const struct access *access,
		  enum machine_order how);
/* The running @task passes a fence that is no access point. */
void order_fence(struct order *order, int task, enum machine_order how);
/* @task has left its last read section. */
void order_rcu_exit(struct order *order, int task);
/* The running task leaves a section that callback @slot waits for. */
void order_rcu_reader(struct order *order, unsigned int slot);
/*
 * The running task queues callback @slot; its grace period begins; it is about
 * to be called.
 */
void order_rcu_queue(struct order *order, unsigned int slot);
void order_rcu_begin(struct order *order, unsigned int slot);
void order_rcu_call(struct order *order, unsigned int slot);
/* The running task wakes @task; which goes on. */
void order_wake(struct order *order, int task);
void order_woken(struct order *order, int task);
/* The running task has left such a section on @cpu; it has @cpu from now on. */
void order_cpu_leave(struct order *order, int cpu);
void order_cpu_enter(struct order *order, int cpu);
/* A run begins; its set-up is over; the running task starts. */
void order_run_begin(struct order *order);
void order_start_all(struct order *order);
void order_start(struct order *order);
/* The running @task has ended; all have. */
void order_end(struct order *order, int task);
void order_join(struct order *order);
/* The handle at @handle was filled, was emptied by the running task. */
void order_give(struct order *order, const void *handle);
void order_take(struct order *order, const void *handle);

#endif
