/* SPDX-License-Identifier: MIT */
/*
 * rcu.h: grace periods.
 *
 * Promises:
 *  1. A callback is due when every task that was inside a read section, or had
 *     preemption or interrupts off, when its grace period began has left that
 *     section. It begins when the callback is queued; if that was done with
 *     interrupts off, when they go on: a CPU takes up no callbacks before, and
 *     a page cache that queues a node before it unlinks it counts on that.
 *  2. Callbacks run in the order they were queued, each as an operation of the
 *     rcu task, at the next operation boundary, or whenever the schedule says
 *     so once they are due.
 *
 * See: Documentation/RCU/whatisRCU.rst; consolidated flavours since 4.20;
 *   __call_rcu_core() in kernel/rcu/tree.c; xas_delete_node() in lib/xarray.c.
 */
#ifndef FUZZ_RCU_H
#define FUZZ_RCU_H

#include "engine.h"

void rcu_reset(struct engine *engine);
void rcu_queue(struct engine *engine, struct rcu_head *head,
	       void (*func)(struct rcu_head *head));
/*
 * The running task may have left its sections: told when an operation ends,
 * and by rcu_exit(), that is by rcu_read_unlock() and when interrupts or
 * preemption go on.
 */
void rcu_left(struct engine *engine);
void rcu_exit(struct engine *engine);
bool rcu_due(struct engine *engine);
/* Take the first callback, which is due. */
struct callback rcu_take(struct engine *engine);

#endif
