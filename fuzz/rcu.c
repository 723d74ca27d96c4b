/* SPDX-License-Identifier: MIT */
/* rcu.c: see rcu.h. */
#include "rcu.h"

void rcu_reset(struct engine *engine)
{
	engine->rcu.first = 0;
	engine->rcu.nr = 0;
	engine->rcu.nr_run = 0;
	engine->rcu.before = NULL;
	MACHINE_SET(machine.rcu_pending, 0);
}

static bool in_section(const struct task *task)
{
	return task->m.rcu_depth || task->m.preempt_off || task->m.irq_off;
}

static uint32_t rcu_readers(const struct engine *engine)
{
	uint32_t readers = 0;
	int i;

	for (i = 0; i < ENGINE_TASKS; i++)
		if (in_section(&engine->tasks[i]))
			readers |= 1U << i;
	return readers;
}

static struct callback *rcu_at(struct rcu *rcu, unsigned int i)
{
	return &rcu->queue[(rcu->first + i) % ENGINE_CALLBACKS];
}

void rcu_queue(struct engine *engine, struct rcu_head *head,
	       void (*func)(struct rcu_head *head))
{
	struct rcu *rcu = &engine->rcu;

	ensure(rcu->nr < ENGINE_CALLBACKS);
	*rcu_at(rcu, rcu->nr++) = (struct callback){
		.head = head,
		.func = func,
		.readers = rcu_readers(engine),
	};
	MACHINE_SET(machine.rcu_pending, 1);
}

void rcu_left(struct engine *engine)
{
	const struct task *task = engine->current;
	unsigned int i;

	if (in_section(task))
		return;
	for (i = 0; i < engine->rcu.nr; i++)
		rcu_at(&engine->rcu, i)->readers &= ~(1U << task->m.id);
}

/* A plain question: what is due depends on readers, not on who asks when. */
bool rcu_due(struct engine *engine)
{
	return engine->rcu.nr && !rcu_at(&engine->rcu, 0)->readers;
}

struct callback rcu_take(struct engine *engine)
{
	struct callback callback = *rcu_at(&engine->rcu, 0);

	ensure(engine->rcu.nr && !callback.readers);
	engine->rcu.first = (engine->rcu.first + 1) % ENGINE_CALLBACKS;
	engine->rcu.nr--;
	MACHINE_SET(machine.rcu_pending, engine->rcu.nr != 0);
	return callback;
}
