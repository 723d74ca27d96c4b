/* SPDX-License-Identifier: MIT */
/*
 * policy_pos.c: POS, partial order sampling: each event that a task is about to
 * make has a priority, drawn when the task comes to it; the first that can be made
 * is. Those that are in conflict with it draw anew: so both orders of two that
 * conflict stay as likely as each other, whatever decided about others before.
 *
 * Yuan, Yang, Gu, "Partial order aware concurrency sampling", CAV 2018.
 *
 * An event is an access, or the begin of an operation or interrupt, which is in
 * conflict with nothing. Left out: what operations meet beside accesses (handles,
 * grace periods) draws nothing anew. Added: a task that loops (chance.h, promise 4)
 * comes last until it is chosen.
 */
#include "chance.h"

static void pos_begin(struct chance *chance, const struct engine *engine)
{
	unsigned int i;

	(void)engine;
	for (i = 0; i < CHANCE_TASKS; i++)
		chance->pos.priority[i] = rng_next(&chance->walk.rng);
}

static bool pos_overlap(const struct machine_task *a,
			const struct machine_task *b)
{
	uintptr_t at = (uintptr_t)a->addr, to = (uintptr_t)b->addr;

	return at < to + b->site->size && to < at + a->site->size;
}

static bool pos_conflict(const struct machine_task *a,
			 const struct machine_task *b)
{
	return a && b && (chance_writes(a) || chance_writes(b)) &&
	       pos_overlap(a, b);
}

static unsigned int pos_pick(struct chance *chance, const struct engine *engine,
			     uint32_t can)
{
	uint32_t *priority = chance->pos.priority;
	unsigned int first = chance_first(priority, can);
	const struct task *task = &engine->tasks[first];

	if (task->list->irq && task->state == TASK_IDLE) /* its begin is over */
		priority[first] = rng_next(&chance->walk.rng);
	return first;
}

static void pos_step(struct chance *chance, const struct engine *engine,
		     const struct task *task)
{
	const struct machine_task *access = chance_access(task);
	unsigned int i;

	for (i = 0; i < CHANCE_TASKS; i++) {
		const struct task *other = &engine->tasks[i];

		if (other == task || pos_conflict(access, chance_access(other)))
			chance->pos.priority[i] = rng_next(&chance->walk.rng);
	}
}

static void pos_looped(struct chance *chance, unsigned int task)
{
	chance->pos.priority[task] = 0;
}

const struct chance_way chance_pos = {
	.name = "pos",
	.about = "a priority for each event, anew for those in conflict",
	.begin = pos_begin,
	.pick = pos_pick,
	.step = pos_step,
	.looped = pos_looped,
};
