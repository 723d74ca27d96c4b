/* SPDX-License-Identifier: MIT */
/* record.c: see record.h. */
#include "record.h"

#include <string.h>

#include "hash.h"
#include "operation.h"
#include "timeline.h"

static struct record *record_of(struct observer *observer)
{
	return (struct record *)(void *)observer;
}

static void record_reset(struct observer *observer, const struct engine *engine)
{
	struct record *record = record_of(observer);

	record->nr = 0;
	record->dropped = 0;
	record->nr_locks = 0;
	record->nr_landings = 0;
	record->nr_hints = 0;
	memset(record->held, 0, sizeof(record->held));
	memset(record->last, 0, sizeof(record->last));
	record->target = engine->target;
	if (record->timeline)
		timeline_start(record->timeline, engine);
}

static void record_sample(struct record *record, const struct engine *engine)
{
	if (record->timeline)
		timeline_sample(record->timeline, engine, record->nr);
}

static void record_settled(struct observer *observer,
			   const struct engine *engine, enum operation op,
			   const struct op_result *result)
{
	(void)op, (void)result;
	record_sample(record_of(observer), engine);
}

/* Above it Linux counts interrupts. */
#define PREEMPT_DEPTH 0xff

/* Of an access all but the values is there already: it is the common one. */
static struct step *record_step(struct record *record,
				const struct engine *engine,
				enum step_kind kind)
{
	bool access = kind == STEP_ACCESS;
	const struct task *task = engine->current;
	struct step *step = &record->steps[record->nr];

	if (record->nr == RECORD_STEPS) {
		record->dropped++;
		return NULL;
	}
	record->nr++;
	*step = (struct step){
		.kind = (uint8_t)kind,
		.task = (uint8_t)task->m.id,
		.op = (uint8_t)task->op,
		.operation = record->operation[task->m.id],
		.point = access ? (uint16_t)sched_current_point(engine) : 0,
		.setup = engine->hands_off,
		.reads = MACHINE_GET(task->m.rcu_depth) > 0,
		.pinned = MACHINE_GET(task->m.preempt_off) & PREEMPT_DEPTH &&
			  !MACHINE_GET(task->m.irq_off),
		.locks = record->held[task->m.id],
		.site = access ? task->m.site : NULL,
		.addr = access ? task->m.addr : NULL,
	};
	return step;
}

static void record_begin(struct observer *observer, const struct engine *engine,
			 enum operation op, const struct op_args *args)
{
	struct record *record = record_of(observer);
	struct step *step;

	record->operation[engine->current->m.id] = (uint8_t)op;
	record->last[engine->current->m.id] = NULL;
	step = record_step(record, engine, STEP_BEGIN);
	if (!step)
		return;
	step->pages[0] = (int16_t)args->pfn;
	step->nr_pages = args->pfn >= 0;
	step->valued = operation_takes(op, engine->target) == HANDLE_OWN;
	step->new = (uint64_t)args->handle;
	record_sample(record, engine);
}

static void record_end(struct observer *observer, const struct engine *engine,
		       const struct op_result *result)
{
	struct step *step = record_step(record_of(observer), engine, STEP_END);
	unsigned int i;

	if (!step)
		return;
	for (i = 0; i < result->nr; i++)
		step->pages[i] = (int16_t)result->pfn[i];
	step->nr_pages = (uint8_t)result->nr;
	step->valued = result->valued;
	step->new = (uint64_t)result->value;
}

static uint32_t lock_bit(struct record *record, const volatile void *lock)
{
	unsigned int i = 0;

	while (i < record->nr_locks && record->locks[i] != lock)
		i++;
	if (i == RECORD_LOCKS)
		return 0;
	if (i == record->nr_locks)
		record->locks[record->nr_locks++] = lock;
	return 1U << i;
}

/* A lock counts as held from the step after it was taken. */
static void note_lock(struct record *record, const struct machine_task *m,
		      uint64_t new)
{
	uint8_t kind = m->site->kind;

	if (kind == MACHINE_LOCKS || (kind == MACHINE_TRYLOCKS && new))
		record->held[m->id] |= lock_bit(record, m->addr);
	if (kind == MACHINE_UNLOCKS)
		record->held[m->id] &= ~lock_bit(record, m->addr);
}

static inline void record_values(struct record *record,
				 const struct engine *engine, uint64_t old,
				 uint64_t new)
{
	const struct machine_task *m = &engine->current->m;
	struct step *step = record_step(record, engine, STEP_ACCESS);

	if (step) {
		step->old = old;
		step->new = new;
	}
	record->last[m->id] = step;
	note_lock(record, m, new);
	record_sample(record, engine);
}

static void record_access(struct observer *observer,
			  const struct engine *engine,
			  const struct access *access)
{
	const struct weak_open *open = &engine->weak.open;
	struct record *record = record_of(observer);
	struct step *step;

	record_values(record, engine, access->old, access->new);
	step = record->last[access->task];
	if (!engine->weak.on || !step || open->site != step->site)
		return;
	if (open->late)
		step->reordered = STEP_LATE;
	else if (open->back)
		step->reordered = STEP_STALE | open->back;
}

static void record_landed(struct observer *observer,
			  const struct engine *engine,
			  const struct access *access, const struct site *site)
{
	struct record *record = record_of(observer);

	(void)engine;
	if (record->nr_landings < RECORD_LANDINGS)
		record->landings[record->nr_landings++] = (struct landing){
			.after = record->nr,
			.task = (uint8_t)access->task,
			.size = (uint8_t)access->size,
			.site = site,
			.addr = access->addr,
			.value = access->new,
		};
}

static void record_fence(struct observer *observer, const struct engine *engine,
			 uint8_t order)
{
	struct step *step = record_of(observer)->last[engine->current->m.id];

	if (step)
		step->fences |= weak_orders(order) & 3;
}

static void record_dead_access(struct observer *observer,
			       const struct engine *engine)
{
	struct record *record = record_of(observer);

	record_values(record, engine, 0, 0);
	if (!record->dropped)
		record->steps[record->nr - 1].dead = true;
}

static void record_touch(struct observer *observer, const struct engine *engine,
			 const struct touch *touch)
{
	struct record *record = record_of(observer);

	if (touch->what != TOUCH_MEMORY && touch->what != TOUCH_WAITERS)
		return;
	record->hints[record->nr_hints++ % RECORD_HINTS] = (struct hint){
		.before = record->nr,
		.task = (uint8_t)engine->current->m.id,
		.wait = touch->what == TOUCH_WAITERS,
		.addr = (const volatile void *)touch->at,
		.size = touch->size,
	};
}

static void record_pages(struct observer *observer, const struct engine *engine,
			 unsigned long pfn, unsigned int order, bool alloc)
{
	struct record *record = record_of(observer);
	struct step *step = record->last[engine->current->m.id];

	(void)alloc;
	if (!step || step->nr_moved)
		return;
	step->moved = (int16_t)pfn;
	step->nr_moved = (uint16_t)(1U << order);
}

struct observer *record_observer(struct record *record)
{
	if (!record)
		return NULL;
	record->observer = (struct observer){
		.reset = record_reset,
		.begin = record_begin,
		.access = record_access,
		.landed = record_landed,
		.fence = record_fence,
		.dead_access = record_dead_access,
		.pages = record_pages,
		.end = record_end,
		.settled = record_settled,
		/* It costs something, and is for people only. */
		.touch = record->timeline ? record_touch : NULL,
	};
	return &record->observer;
}

const struct hint *record_hint(const struct record *record,
			       const volatile void *addr, bool wait,
			       unsigned int before)
{
	unsigned int i;

	for (i = 0; i < record->nr_hints && i < RECORD_HINTS; i++) {
		const struct hint *hint =
			&record->hints[(record->nr_hints - 1 - i) %
				       RECORD_HINTS];

		if (hint->before <= before && hint->wait == wait &&
		    (uintptr_t)addr - (uintptr_t)hint->addr < hint->size)
			return hint;
	}
	return NULL;
}

bool step_writes(const struct step *step)
{
	switch (step->site->kind) {
	case MACHINE_STORES:
	case MACHINE_RMWS:
	case MACHINE_LOCKS:
	case MACHINE_TRYLOCKS:
	case MACHINE_UNLOCKS:
		return true;
	default:
		return false;
	}
}

bool steps_conflict(const struct step *a, const struct step *b)
{
	uintptr_t at = (uintptr_t)a->addr, to = (uintptr_t)b->addr;

	if (a->kind != STEP_ACCESS || b->kind != STEP_ACCESS || !at || !to ||
	    a->task == b->task)
		return false;
	return at < to + b->site->size && to < at + a->site->size &&
	       (step_writes(a) || step_writes(b));
}

/* ASan prepares the stack for @place at the begin of who has it. */
__attribute__((noinline)) int step_page(const struct target *target,
					const struct step *step)
{
	struct target_place place;

	if (step->kind != STEP_ACCESS || !step->addr || !target->describe)
		return TARGET_NO_PAGE;
	target->describe(step->addr, &place);
	return place.thing && !strcmp(place.thing, "page") ? place.instance :
							     TARGET_NO_PAGE;
}

/* Does @step touch the struct page of a page that moves after @mover? */
static bool touches_moved(const struct record *record, const struct step *mover,
			  const struct step *step)
{
	int page;

	if (!mover->nr_moved)
		return false;
	page = step_page(record->target, step);
	return page >= mover->moved && page < mover->moved + mover->nr_moved;
}

bool steps_race(const struct record *record, const struct step *a,
		const struct step *b)
{
	return steps_conflict(a, b) ||
	       (a->task != b->task && (touches_moved(record, a, b) ||
				       touches_moved(record, b, a)));
}

/* ----------------------------------------------------------------- digest */

static uint32_t digest_place(uint32_t hash, const struct engine *engine,
			     const volatile void *addr)
{
	struct target_place place = { NULL, -1, "", -1 };

	if (engine->target->describe && addr)
		engine->target->describe(addr, &place);
	if (!place.thing)
		return hash_word(hash, 1);
	hash = hash_string(hash, place.thing);
	hash = hash_word(hash, (uint32_t)place.instance);
	hash = hash_string(hash, place.field);
	return hash_word(hash, (uint32_t)place.element);
}

/* A value that is an address enters as what it points to. */
static uint32_t digest_value(uint32_t hash, const struct engine *engine,
			     uint64_t value)
{
	if (value < 1U << 16 || value > UINT64_MAX - (1U << 16) ||
	    value >> 16 == UINT32_MAX >> 16)
		return hash_word(hash, (uint32_t)value);
	return digest_place(hash, engine, (const void *)(uintptr_t)value);
}

static uint32_t digest_step(uint32_t hash, const struct engine *engine,
			    const struct step *step)
{
	unsigned int i;

	hash = hash_word(hash, (uint32_t)step->kind << 24 |
				       (uint32_t)step->task << 16 |
				       (uint32_t)step->op << 8 |
				       step->operation);
	if (step->kind == STEP_ACCESS) {
		hash = hash_word(hash, step->site->hash ^ step->point);
		hash = digest_place(hash, engine, step->addr);
		hash = digest_value(hash, engine, step->old);
		hash = digest_value(hash, engine, step->new);
		if (step->reordered)
			hash = hash_word(hash, step->reordered);
	}
	for (i = 0; step->kind == STEP_END && i < step->nr_pages; i++)
		hash = hash_word(hash, (uint32_t)step->pages[i]);
	if (step->kind == STEP_END && step->valued)
		hash = hash_word(hash, (uint32_t)step->new);
	return hash;
}

uint32_t record_digest(const struct record *record, const struct engine *engine)
{
	uint32_t hash = HASH_START;
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		hash = digest_step(hash, engine, &record->steps[i]);
	for (i = 0; i < record->nr_landings; i++)
		hash = hash_word(hash, record->landings[i].after << 8 |
					       record->landings[i].task);
	hash = hash_word(hash, record->dropped);
	if (engine->verdict.finding.checker)
		hash = hash_string(hash, engine->verdict.finding.id);
	return hash;
}
