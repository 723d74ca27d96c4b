/* SPDX-License-Identifier: MIT */
/* dpor_see.c: what a step met. See dpor_see.h. */
#include "dpor_see.h"

#include <string.h>

static struct dpor *dpor_of(struct observer *observer)
{
	return (struct dpor *)(void *)observer;
}

/* Nothing is noted of steps that are known already. */
bool dpor_is_new(const struct dpor *dpor, const struct engine *engine)
{
	return dpor->tail == TAIL_OPEN ||
	       (!engine->hands_off && dpor->at > dpor->races.nr);
}

#define PLACE_ENGINE (1ULL << 62)
#define PLACE_STACK (1ULL << 63)

uint64_t dpor_place(const struct engine *engine, uint64_t addr)
{
	uint64_t at = addr - (uintptr_t)engine;
	unsigned int i;

	if (at < sizeof(*engine))
		return PLACE_ENGINE | at;
	for (i = 0; i < ENGINE_TASKS; i++) {
		const struct fiber *fiber = &engine->tasks[i].fiber;

		at = addr - (uintptr_t)fiber->stack;
		if (at < fiber->size)
			return PLACE_STACK | (uint64_t)i << 32 | at;
	}
	return addr;
}

void dpor_add(struct dpor *dpor, unsigned int what, uint64_t at, size_t size,
	      unsigned int how)
{
	const struct part part = { at, (uint32_t)size, (uint8_t)what,
				   (uint8_t)how };

	footprint_add(&dpor->footprint, &part);
}

/*
 * Callbacks that are left when the lists have ended run then, as one step that
 * was not chosen; after that set-up's task has its turn.
 */
static void see_tail(struct dpor *dpor, const struct engine *engine)
{
	if (!engine->hands_off || !dpor->at || dpor->tail == TAIL_CLOSED)
		return;
	if (engine->current->m.id == TASK_BOOT) {
		dpor->tail = TAIL_CLOSED;
	} else if (dpor->tail == TAIL_AHEAD) {
		dpor_end_step(dpor, engine, 0);
		footprint_clear(&dpor->footprint);
		dpor->tail = TAIL_OPEN;
	}
}

static void see_touch(struct observer *observer, const struct engine *engine,
		      const struct touch *touch)
{
	struct dpor *dpor = dpor_of(observer);
	uint64_t at = touch->at;

	see_tail(dpor, engine);
	if (!dpor_is_new(dpor, engine))
		return;
	if (touch->what == TOUCH_MEMORY || touch->what == TOUCH_WAITERS)
		at = dpor_place(engine, at);
	dpor_add(dpor, touch->what, at, touch->size, touch->how);
}

/* A look-up that gets a reference has a look where the page stands. */
static bool takes_reference(const struct engine *engine,
			    const struct access *access)
{
	return access->kind == MACHINE_RMWS && access->old != access->new &&
	       engine->scene.history.ops[access->task].kind == HISTORY_LOOKUP;
}

int dpor_page_used(const struct engine *engine, const struct access *access)
{
	struct target_place place = { NULL, -1, "", -1 };

	if (access->kind != MACHINE_STORES && access->kind != MACHINE_RMWS)
		return -1;
	if (engine->target->describe)
		engine->target->describe(access->addr, &place);
	return place.thing && !strcmp(place.thing, "page") ? place.instance :
							     -1;
}

static void see_use(struct dpor *dpor, const struct engine *engine,
		    const struct access *access)
{
	int page = dpor_page_used(engine, access);
	unsigned int index;

	for (index = 0; page >= 0 && index < TARGET_INDEX_MAX; index++)
		if (dpor->stands[index] == page)
			dpor_add(dpor, TOUCH_INDICES, index, 1, TOUCH_WRITES);
}

static void see_access(struct observer *observer, const struct engine *engine,
		       const struct access *access)
{
	struct dpor *dpor = dpor_of(observer);

	see_tail(dpor, engine);
	if (!dpor_is_new(dpor, engine))
		return;
	footprint_add_access(&dpor->footprint, access,
			     dpor_place(engine, (uintptr_t)access->addr));
	if (dpor->views && takes_reference(engine, access))
		dpor_add(dpor, TOUCH_INDICES, 0, TARGET_INDEX_MAX, TOUCH_READS);
	if (dpor->spares)
		see_use(dpor, engine, access);
}

static void see_pages(struct observer *observer, const struct engine *engine,
		      unsigned long pfn, unsigned int order, bool alloc)
{
	struct dpor *dpor = dpor_of(observer);

	(void)alloc;
	see_tail(dpor, engine);
	if (dpor_is_new(dpor, engine))
		dpor_add(dpor, TOUCH_PAGES, pfn, (size_t)1 << order,
			 TOUCH_WRITES);
}

/* The last step of a run ends when the engine has taken over already. */
static bool ends_new_step(const struct dpor *dpor)
{
	return dpor->at > dpor->races.nr;
}

/* Where pages stand now; which of them did not, before. */
static void look_at_cache(struct dpor *dpor, const struct engine *engine)
{
	unsigned int index;

	if (!dpor->views)
		return;
	POSITIONS_EACH(index, &engine->scene.books.positions)
	{
		int page = history_page(engine->target, index);

		if (page != dpor->stands[index] && ends_new_step(dpor))
			dpor_add(dpor, TOUCH_INDICES, index, 1, TOUCH_WRITES);
		dpor->stands[index] = (int16_t)page;
	}
}

static void look_at_sections(struct dpor *dpor, const struct engine *engine)
{
	unsigned int i;

	for (i = 0; i < ENGINE_TASKS; i++) {
		const struct machine_task *m = &engine->tasks[i].m;
		bool inside = m->rcu_depth || m->preempt_off || m->irq_off;

		if (inside != dpor->inside[i] && ends_new_step(dpor))
			dpor_add(dpor, TOUCH_SECTIONS, i, 1, TOUCH_WRITES);
		dpor->inside[i] = inside;
	}
}

bool task_is_pinned(const struct task *task)
{
	return task->m.preempt_off || task->m.irq_off;
}

/* Who is pinned has the CPU as one has a lock, and others of it may go on later. */
static void look_at_cpu(struct dpor *dpor, const struct engine *engine,
			const struct task *task)
{
	bool pinned = task_is_pinned(task), moved = task->m.cpu != dpor->cpu;
	unsigned int how = TOUCH_READS;

	if (!engine->shared_cpu || !ends_new_step(dpor))
		return;
	if (pinned && !dpor->pinned)
		how = PART_LOCKS;
	else if (!pinned && dpor->pinned)
		how = PART_UNLOCKS;
	dpor_add(dpor, PART_CPUS, (uint64_t)dpor->cpu, 1,
		 moved ? TOUCH_WRITES : how);
	if (moved)
		dpor_add(dpor, PART_CPUS, (uint64_t)task->m.cpu, 1,
			 TOUCH_WRITES);
}

void dpor_look(struct dpor *dpor, const struct engine *engine,
	       const struct task *task)
{
	look_at_cache(dpor, engine);
	look_at_sections(dpor, engine);
	look_at_cpu(dpor, engine, task);
}

static void dpor_reset(struct observer *observer, const struct engine *engine)
{
	(void)observer, (void)engine;
}

void dpor_see(struct dpor *dpor)
{
	dpor->observer = (struct observer){ .reset = dpor_reset,
					    .access = see_access,
					    .pages = see_pages,
					    .touch = see_touch };
}

/* If it waits there at all, then for a lock: fewest.h sees to that. */
bool dpor_is_left(const struct engine *engine, const struct task *task)
{
	return task->inside && task->point && task->m.site &&
	       task->state == TASK_READY && !engine->shared_cpu &&
	       task->m.site->kind != MACHINE_SPINS &&
	       task->m.site->kind != MACHINE_WAITS;
}
