/* SPDX-License-Identifier: MIT */
/*
 * sched.h: the scheduler: whose turn it is.
 *
 * One task runs at a time, until it reaches an access point at which the policy
 * wants another, cannot go on, or has ended its list. Then the policy's choice
 * runs, or the first task that can. Nobody starves: after as many access points
 * in one operation as FAIR_OPERATIONS long ones make, the next task in turn is
 * given the CPU.
 *
 * Promises:
 *  1. A preemption is a switch away from a runnable task inside an operation;
 *     all of them are counted. It is none if the task made no step since it got
 *     the CPU, or is about to wait: the order of steps is the same without it.
 *  2. A task inside preempt_disable() shares its CPU with nobody. Callbacks have
 *     a CPU that no task has, if there is one.
 *  3. Set-up and epilogue are alone but for callbacks, and these they can wait
 *     for.
 *  4. A run that is broken off leaves no frame behind that could run again.
 */
#ifndef FUZZ_SCHED_H
#define FUZZ_SCHED_H

#include "engine.h"

#define FAIR_OPERATIONS 8 /* long ones (target.h); few are longer */

/* A new run: tasks as the program has them, nobody started. */
void sched_begin(struct engine *engine);
/* The next operation of the running task is about to begin. Yields. */
void sched_boundary(struct engine *engine, unsigned int op);
/* It has begun; access points count from 1. */
void sched_enter(struct engine *engine);
/* It has ended. */
void sched_leave(struct engine *engine);
/* The running task has announced an access. Yields. */
void sched_point(struct engine *engine);
/* It goes on when no task of @cpu, which is its own now, is pinned. Yields. */
void sched_migrate(struct engine *engine, int cpu);
/* The running task cannot go on: let others run until it can. Yields. */
void sched_wait(struct engine *engine, enum task_state state,
		const volatile void *blocked_on);
/* Let the next in turn run, if there is one. Yields. Returns: there was. */
bool sched_relax(struct engine *engine);
/* The running task's list is at its end. Returns in the next run. */
void sched_exit(struct engine *engine);
/* Run @next now; the running task stays as it is. Yields. */
void sched_switch(struct engine *engine, struct task *next);
/*
 * The first task that can run, which in set-up and epilogue is boot; else rcu;
 * NULL: nobody.
 */
struct task *sched_first(struct engine *engine);
bool sched_can_run(struct engine *engine, struct task *task);
/* Is @task about to take a held lock, or to wait for what has not come? */
bool sched_stands(const struct task *task);
/* Is @task at its first cpu_relax(), where it lets others go first? */
bool sched_gives_way(const struct task *task);
/* @task waits no more. */
void sched_wake(struct engine *engine, struct task *task);
/* Somebody wrote @size bytes at @addr: wake who waits for it. */
void sched_written(struct engine *engine, const volatile void *addr,
		   unsigned int size);
/* Ordinal of the running task's current access point in its operation. */
unsigned int sched_current_point(const struct engine *engine);
/* Results of accesses are wanted by somebody or not. */
void sched_update_watch(struct engine *engine);
/* The run ends here with @finding. Never returns to the target. */
__attribute__((noreturn)) void sched_break_off(struct engine *engine,
					       const struct finding *finding);
/* From the main stack: unwind everybody who was broken off. */
void sched_bury(struct engine *engine);

#endif
