/* SPDX-License-Identifier: MIT */
/*
 * execute.h: the operation layer: one operation from handles to handles.
 *
 * Promises:
 *  1. An operation takes its handle when it begins and stores what it got when
 *     it ends; no two tasks spend one reference. A result whose handle is
 *     taken, or that names none, is kept without a name until the epilogue.
 *  2. Use is legal (target.h): what is not is a no-op.
 *  3. The books are kept here and nowhere else, and the checkers asked.
 *
 * Yields: at boundaries, and wherever the target does.
 */
#ifndef FUZZ_EXECUTE_H
#define FUZZ_EXECUTE_H

#include "engine.h"

void execute_reset(struct engine *engine);
/* Play the list of the running task, from its first operation to its last. */
void execute_list(struct engine *engine);
/* Can the next operation of @task's list interrupt the running task? */
bool execute_may_interrupt(const struct engine *engine,
			   const struct task *task);
/* The next operation of @task's list, nested on the running task's CPU. */
void execute_interrupt(struct engine *engine, struct task *task);
/* One RCU callback, as an operation of the running task. */
void execute_callback(struct engine *engine);
/*
 * What a CPU alone may empty, before what is on it could pass for lost: the
 * running task goes round all CPUs.
 */
void execute_drain_cpus(struct engine *engine);
/* Give back everything that handles still hold; drain per-CPU lists. */
void execute_epilogue(struct engine *engine);

#endif
