/* SPDX-License-Identifier: MIT */
/*
 * inside.h: the engine's inward face: what its files know of each other.
 *
 *     engine.c    one run, from set-up to quiescence
 *     snapshot.c  the target as its init() left it, put back
 *     sched.c     whose turn it is; sched_begin.c, sched_wake.c
 *     execute.c   one operation, from handles to handles
 *     handles.c   what operations got, by name, and what that pins; call.h
 *     rcu.c       grace periods
 *     reorder.c   weak memory
 *     machine.c   what targets are linked with, in terms of the others;
 *                 machine_threads.c
 *     observe.c   what happens, shown to whoever looks on
 *     touch.c     what operations meet beside accesses
 *     bail.c      out of a run that kills
 *
 * Each file's header says what it promises. Everybody else includes engine.h,
 * policy.h or observer.h; a test sees to it.
 */
#ifndef FUZZ_INSIDE_H
#define FUZZ_INSIDE_H

#include "engine.h"
#include "operation.h"

/* ---------------------------------------------------------------- engine.c */

/* A run was left by a jump to the main stack: nothing of it goes on. */
void engine_abandon(struct engine *engine);

/* -------------------------------------------------------------- snapshot.c */

/* Bring @target up with @config, or put it back as that left it. */
void snapshot_restore(struct snapshot *snapshot, const struct target *target,
		      const struct target_config *config);
void snapshot_destroy(struct snapshot *snapshot);

/* ----------------------------------------------------------------- sched.c */

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
/* @task waits no more. */
void sched_wake(struct engine *engine, struct task *task);
/* Somebody wrote @size bytes at @addr: wake who waits for it. */
void sched_written(struct engine *engine, const volatile void *addr,
		   unsigned int size);
/* @task has just lost the CPU to the running task: checkers look. */
void sched_lost(struct engine *engine, const struct task *task);
/* Results of accesses are wanted by somebody or not. */
void sched_update_watch(struct engine *engine);
/* From the main stack: unwind everybody who was broken off. */
void sched_bury(struct engine *engine);

/* --------------------------------------------------------------- execute.c */

/* Play the list of the running task, from its first operation to its last. */
void execute_list(struct engine *engine);
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

/* --------------------------------------------------------------- handles.c */

void handles_reset(struct engine *engine);
/* The handle of @kind that a program calls @name, or NULL. */
struct handle *handles_find(struct engine *engine, enum handle_kind kind,
			    uint8_t name);
/* Into @to; NULL, or taken: kept without a name. */
void handles_store(struct engine *engine, struct handle *to,
		   const struct handle *handle);

/*
 * The result of @op, a block of 2^@order pages or what was found at @index, comes
 * into a handle.
 */
void hold_page(struct engine *engine, enum operation op, int pfn,
	       unsigned int order, unsigned long index);
/* A handle on @pfn was taken: is it still what it was? */
void hold_judge(struct engine *engine, int pfn);

/* ------------------------------------------------------------------- rcu.c */

void rcu_reset(struct engine *engine);
/* From now on the ends of sections are told, if there is anybody to tell. */
void rcu_tell(const struct engine *engine);
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

/*
 * The running task is about to load. In a section it sees nothing from before the
 * periods that have ended. Returns: when the last one began that it may be a
 * reader of.
 */
uint64_t rcu_look(struct engine *engine);
/* Its section is as old as what it has seen: of @effect. */
void rcu_read_back(struct engine *engine, uint64_t effect);

/* --------------------------------------------------------------- reorder.c */

/* Of what follows, what has no question in front asks engine.weak.on itself. */

/* A run begins, under its policy. */
void reorder_reset(struct engine *engine);
/* If it is on: is it to be asked at the next access of the running task? */
static inline bool reorder_looks(const struct engine *engine)
{
	const struct weak *weak = &engine->weak;

	return weak->on && !engine->hands_off &&
	       (weak->stale || weak->tasks[engine->current->m.id].nr_notes);
}
/* Is the policy to be asked about the access that @task is about to make? */
static inline bool reorder_asks(const struct task *task)
{
	return task->asks && task->fuel == MACHINE_GET(machine.fuel);
}
void reorder_make(struct engine *engine);
bool reorder_made(struct engine *engine, uint64_t old, uint64_t new);
/* If it is on: around each access, in which nobody else runs. */
static inline void reorder_before(struct engine *engine)
{
	const struct task *task = engine->current;
	struct weak *weak = &engine->weak;

	if (engine->hands_off)
		return;
	if (reorder_asks(task) || weak_attends(weak, task->m.id))
		reorder_make(engine);
	else if (weak->stale && (task->m.site->kind == MACHINE_STORES ||
				 task->m.site->kind == MACHINE_RMWS))
		weak_keep(weak, task->m.site, task->m.addr);
}
/* Returns: true if others see it. */
static inline bool reorder_after(struct engine *engine, uint64_t old,
				 uint64_t new)
{
	const struct machine_task *m = &engine->current->m;
	struct weak *weak = &engine->weak;

	if (weak->open.site && weak->open.kept)
		weak_kept(weak, m->site, m->addr);
	else if (!engine->hands_off &&
		 (weak->open.site ||
		  (m->site->kind > MACHINE_RMWS && weak_attends(weak, m->id))))
		return reorder_made(engine, old, new);
	return true;
}
/* If it is on: @task loses the CPU to @next; it gets it back. */
void reorder_leave(struct engine *engine, const struct task *task,
		   const struct task *next);
void reorder_return(struct engine *engine, struct task *task);
/* All that @task did is seen, and it sees what is there. */
void reorder_sync(struct engine *engine, const struct task *task);
/* The running task's operation begins, and ends. */
void reorder_begin(struct engine *engine);
void reorder_end(struct engine *engine);
/* @callback is about to run. */
void reorder_grace(struct engine *engine, const struct callback *callback);

/* --------------------------------------------------------------- machine.c */

/* From now on @engine is the machine; NULL: nobody is. */
void machine_attach(struct engine *engine);
struct engine *machine_engine(void);

/* --------------------------------------------------------------- observe.c */

/* From here on those that @options (NULL: none) name look on. */
void observe(struct engine *engine, const struct run_options *options);
/* Each shows the running task's step to all of them: observer.h. */
void observe_reset(const struct engine *engine);
void observe_begin(const struct engine *engine, enum operation op,
		   const struct op_args *args);
void observe_access(const struct engine *engine, const struct access *access);
void observe_fence(const struct engine *engine, uint8_t order);
void observe_dead_access(const struct engine *engine);
void observe_landed(const struct engine *engine, const struct access *access,
		    const struct site *site);
void observe_pages(const struct engine *engine, unsigned long pfn,
		   unsigned int order, bool alloc);
void observe_touch(const struct engine *engine, enum touch_what what,
		   uintptr_t at, size_t size, enum touch_how how);
void observe_end(const struct engine *engine, const struct op_result *result);
void observe_settled(const struct engine *engine, enum operation op,
		     const struct op_result *result);
void observe_passed(const struct engine *engine, enum passed why);

/* ----------------------------------------------------------------- touch.c */

/* An operation begins or ends: whether one is under way is asked by checkers. */
void touch_flight(const struct engine *engine, enum touch_how how);
/* The books, or the target, change or see who has these pages. */
void touch_pages(const struct engine *engine, int pfn, unsigned int order,
		 enum touch_how how);
void touch_range(const struct engine *engine, int task);
void touch_handle(const struct engine *engine, const struct handle *handle);
/* What checkers look at when an operation ends. */
void touch_result(const struct engine *engine, const struct op_end *end);

#endif
