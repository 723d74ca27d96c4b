/* SPDX-License-Identifier: MIT */
/*
 * sched_wake.c: who waits for what, and what wakes them; who lost the CPU. See sched.c.
 */
#include "inside.h"

void sched_lost(struct engine *engine, const struct task *task)
{
	if (engine->scene.history.nr_removals) {
		history_leave(&engine->scene, task->m.id);
		sched_update_watch(engine);
	}
	if (engine->scene.supply.nr)
		supply_look(&engine->scene, task->m.id);
}

bool sched_stands(const struct task *task)
{
	const struct machine_task *m = &task->m;
	const unsigned int *owner = (const void *)(uintptr_t)m->addr;

	if (!task->inside || !task->point || !m->site)
		return false;
	switch (m->site->kind) {
	case MACHINE_LOCKS:
		return MACHINE_GET(*owner);
	case MACHINE_SPINS:
		return task->tracking && !task->written;
	case MACHINE_WAITS:
		return !task->woken;
	default:
		return false;
	}
}

bool sched_gives_way(const struct task *task)
{
	return task->inside && task->point && !task->tracking &&
	       task->m.site->kind == MACHINE_SPINS &&
	       task->gave_way_at != task->point;
}

static bool touches(const volatile void *at, const volatile void *addr,
		    unsigned int size)
{
	return (uintptr_t)at - (uintptr_t)addr < size;
}

static bool spins_on(const struct task *task, const volatile void *addr,
		     unsigned int size)
{
	unsigned int i;

	if (!task->nr_loads || task->nr_loads > SPIN_LOADS)
		return true; /* on we do not know what */
	for (i = 0; i < task->nr_loads; i++)
		if (touches(task->loads[i], addr, size))
			return true;
	return false;
}

void sched_update_watch(struct engine *engine)
{
	MACHINE_SET(machine.watch,
		    ORDER_ON || engine->observed || engine->waiting ||
			    (engine->weak.on && !engine->hands_off) ||
			    history_wants(&engine->scene.history,
					  engine->current->m.id));
}

void sched_wake(struct engine *engine, struct task *task)
{
	task->state = TASK_READY;
	engine->waiting--;
	sched_update_watch(engine);
}

void sched_written(struct engine *engine, const volatile void *addr,
		   unsigned int size)
{
	int i;

	for (i = 0; i < ENGINE_TASKS; i++) {
		struct task *task = &engine->tasks[i];

		if (task == engine->current)
			continue;
		if (task->state == TASK_BLOCKED &&
		    touches(task->blocked_on, addr, size))
			sched_wake(engine, task);
		if (task->tracking && spins_on(task, addr, size))
			task->written = true;
		if (task->state == TASK_SPINNING && task->written)
			sched_wake(engine, task);
	}
}
