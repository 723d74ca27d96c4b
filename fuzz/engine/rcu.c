/* SPDX-License-Identifier: MIT */
/*
 * rcu.c: grace periods.
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
#include "inside.h"

void rcu_tell(const struct engine *engine)
{
	const struct weak *weak = &engine->weak;

	MACHINE_SET(machine.rcu_pending,
		    ORDER_ON || engine->touched || engine->rcu.nr ||
			    (weak->on && weak->nr_pending));
}

void rcu_reset(struct engine *engine)
{
	engine->rcu.first = 0;
	engine->rcu.nr = 0;
	engine->rcu.nr_run = 0;
	engine->rcu.before = NULL;
	rcu_tell(engine);
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

/* A grace period begins: who is inside is looked at. */
static void rcu_begins(struct engine *engine, unsigned int slot)
{
	reorder_sync(engine, engine->current);
	engine->rcu.queue[slot].start = engine->weak.now;
	order_rcu_begin(&engine->order, slot);
	observe_touch(engine, TOUCH_SECTIONS, 0, ENGINE_TASKS, TOUCH_READS);
}

static unsigned int rcu_slot(const struct rcu *rcu, unsigned int i)
{
	return (rcu->first + i) % ENGINE_CALLBACKS;
}

static struct callback *rcu_at(struct rcu *rcu, unsigned int i)
{
	return &rcu->queue[rcu_slot(rcu, i)];
}

void rcu_queue(struct engine *engine, struct rcu_head *head,
	       void (*func)(struct rcu_head *head))
{
	struct rcu *rcu = &engine->rcu;
	unsigned int slot = rcu_slot(rcu, rcu->nr);
	bool waits = engine->current->m.irq_off;

	ensure(rcu->nr < ENGINE_CALLBACKS);
	order_rcu_queue(&engine->order, slot);
	observe_touch(engine, TOUCH_CALLBACKS, ENGINE_CALLBACKS, 1,
		      TOUCH_WRITES);
	observe_touch(engine, TOUCH_CALLBACKS, slot, 1, TOUCH_ENABLES);
	*rcu_at(rcu, rcu->nr++) = (struct callback){
		.head = head,
		.func = func,
		.readers = rcu_readers(engine),
		.waits = waits,
		.task = engine->current->m.id,
	};
	if (!waits)
		rcu_begins(engine, slot);
	rcu_tell(engine);
}

void rcu_left(struct engine *engine)
{
	const struct task *task = engine->current;
	uint32_t mine = 1U << task->m.id;
	bool inside = in_section(task);
	unsigned int i;

	if (engine->weak.on && !inside)
		weak_section_end(&engine->weak, task->m.id);
	if (task->m.irq_off)
		return;
	for (i = 0; i < engine->rcu.nr; i++) {
		struct callback *callback = rcu_at(&engine->rcu, i);
		unsigned int slot = rcu_slot(&engine->rcu, i);

		if (callback->waits && callback->task == task->m.id) {
			callback->waits = false;
			callback->readers |= rcu_readers(engine);
			rcu_begins(engine, slot);
		}
		if (inside || !(callback->readers & mine))
			continue;
		order_rcu_reader(&engine->order, slot);
		observe_touch(engine, TOUCH_CALLBACKS, slot, 1, TOUCH_ENABLES);
		callback->readers &= ~mine;
		callback->waited |= mine;
	}
}

uint64_t rcu_look(struct engine *engine)
{
	const struct rcu *rcu = &engine->rcu;
	int task = engine->current->m.id;
	uint64_t newest = 0;
	unsigned int i;

	if (!in_section(engine->current))
		return 0;
	weak_since(&engine->weak, task, engine->weak.tasks[task].grace);
	for (i = 0; i < rcu->nr; i++) {
		const struct callback *callback = &rcu->queue[rcu_slot(rcu, i)];

		if (!callback->waits && callback->start > newest)
			newest = callback->start;
	}
	return newest;
}

void rcu_read_back(struct engine *engine, uint64_t effect)
{
	const struct task *task = engine->current;
	unsigned int i;

	for (i = 0; i < engine->rcu.nr && in_section(task); i++) {
		struct callback *callback = rcu_at(&engine->rcu, i);

		if (!callback->waits && effect < callback->start)
			callback->readers |= 1U << task->m.id;
	}
}

void rcu_exit(struct engine *engine)
{
	const struct task *task = engine->current;

	if (!in_section(task)) {
		order_rcu_exit(&engine->order, task->m.id);
		order_cpu_leave(&engine->order, task->m.cpu);
		observe_touch(engine, TOUCH_SECTIONS, (uintptr_t)task->m.id, 1,
			      TOUCH_WRITES);
	}
	rcu_left(engine);
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
	reorder_grace(engine, &callback);
	order_rcu_call(&engine->order, engine->rcu.first);
	observe_touch(engine, TOUCH_CALLBACKS, engine->rcu.first, 1,
		      TOUCH_ENABLES);
	engine->rcu.first = (engine->rcu.first + 1) % ENGINE_CALLBACKS;
	engine->rcu.nr--;
	rcu_tell(engine);
	return callback;
}
