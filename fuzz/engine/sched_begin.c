/* SPDX-License-Identifier: MIT */
/*
 * sched_begin.c: who is there when a run begins, and on which CPU; and who is still there
 * when one was broken off. See sched.c.
 */
#include "inside.h"

/* They have a CPU that is not of the @taken, or else share the first. */
static void place_callbacks(struct engine *engine, uint8_t taken)
{
	int cpu = 0;

	while (cpu < MACHINE_CPUS && (taken >> cpu & 1))
		cpu++;
	engine->shared_cpu |= cpu == MACHINE_CPUS;
	engine->tasks[TASK_RCU].m.cpu = cpu % MACHINE_CPUS;
}

/* Threads are started by others, but for the first. */
static bool is_there(const struct engine *engine, int task)
{
	const struct program_list *list = &engine->program->tasks[task];

	if (engine->target->threads)
		return task == 0;
	return list->nr && !list->irq;
}

void sched_begin(struct engine *engine)
{
	uint8_t cpus = 0;
	int i;

	engine->over = false;
	engine->fair_points = FAIR_OPERATIONS
			      << target_points_shift(engine->target);
	engine->shared_cpu = false;
	engine->hands_off = true;
	engine->fresh = false;
	engine->rounds = 0;
	engine->waiting = 0;
	for (i = 0; i < ENGINE_TASKS; i++) {
		struct task *task = &engine->tasks[i];
		const struct program_list *list = i < PROGRAM_TASKS ?
			&engine->program->tasks[i] : &engine->program->setup;
		uint8_t cpu = (uint8_t)(1U << list->cpu);

		task->m = (struct machine_task){ .id = i, .cpu = list->cpu };
		task->on = &task->fiber;
		task->list = list;
		task->state = TASK_IDLE;
		task->op = 0;
		task->lives = 0;
		task->point = 0;
		task->fair_at = engine->fair_points;
		task->fuel = 0;
		task->fail = 0;
		task->started = false;
		task->inside = false;
		task->tracking = false;
		task->waits_for = NULL;
		if (i >= PROGRAM_TASKS || !is_there(engine, i))
			continue;
		task->state = TASK_READY;
		engine->shared_cpu |= (cpus & cpu) != 0;
		cpus |= cpu;
	}
	place_callbacks(engine, cpus);
}

void sched_bury(struct engine *engine)
{
	const struct fiber *left = engine->current->on;
	int i;

	for (i = 0; i < ENGINE_TASKS; i++) {
		struct task *task = &engine->tasks[i];

		if (!task->started)
			continue;
		if (task->on != left) {
			engine->current = task;
			fiber_switch(&engine->main, task->on);
		}
		task->started = false;
		task->dead = true;
	}
}
