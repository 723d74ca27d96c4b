/* SPDX-License-Identifier: MIT */
/*
 * weak.c: see weak.h. What each access does to its task's times, and barriers.
 *
 * A barrier between loads brings a task to now, not just to the newest thing that
 * it saw: plain loads are not seen here, and may be among what it orders. Nothing
 * is lost by it, as the same run is had by making the loads before it earlier.
 */
#include "weak.h"

#include <string.h>

void weak_begin(struct weak *weak, const struct target *target,
		const struct stamps *stamps)
{
	int i;

	if (weak->target != target)
		memset(weak->places, 0, sizeof(weak->places));
	weak->target = target;
	weak->stamps = stamps;
	weak->nr_regions = target->regions(weak->regions);
	weak->now = 1;
	weak->nr_commits = weak->nr_pending = 0;
	weak->open.site = NULL;
	if (weak->stale)
		memset(weak->bucket, 0, sizeof(weak->bucket));
	for (i = 0; i < WEAK_TASKS; i++) {
		weak->tasks[i].away = false;
		weak->tasks[i].nr_notes = 0;
		weak->tasks[i].left = weak->tasks[i].grace = 0;
		weak->tasks[i].past = false;
	}
}

/* ---------------------------------------------------------------- barriers */

void weak_since(struct weak *weak, int task, uint64_t time)
{
	struct weak_task *self = &weak->tasks[task];

	self->since = weak_later(self->since, time);
}

void weak_barrier(struct weak *weak, int task)
{
	struct weak_task *self = &weak->tasks[task];

	weak_flush(weak, task);
	self->since = weak->now;
	self->nr_floors = 0;
}

void weak_operation(struct weak *weak, int task, bool past)
{
	struct weak_task *self = &weak->tasks[task];

	self->past = past;
	weak->open.site = NULL; /* if a run was broken off in it */
	weak_barrier(weak, task);
	self->pointed = self->counted = 0;
	self->nr_objects = 0;
	if (self->any_number)
		memset(self->numbered, 0, sizeof(self->numbered));
	self->any_number = false;
}

/* --------------------------------------------------------------- an access */

static bool is_in_a_word(uintptr_t addr, unsigned int size)
{
	return size && addr && addr % WEAK_BYTES + size <= WEAK_BYTES;
}

/* Of an RMW, which are many: no call for each. */
static bool is_changed(const unsigned char *old, const unsigned char *new,
		       unsigned int size)
{
	while (size && old[size - 1] == new[size - 1])
		size--;
	return size;
}

bool weak_can_delay(const struct site *site, const volatile void *addr)
{
	return site->kind == MACHINE_STORES && site->order != MACHINE_FULL &&
	       is_in_a_word((uintptr_t)addr, site->size);
}

/* The compiler's own loads are over before they are made (plain.c). */
static bool is_macro(const struct target *target, const struct site *site)
{
	return site >= target->sites && site < target->sites_end;
}

/* Is it a load that could be of the past, and of what it stored itself? */
static bool is_free(const struct weak *weak, int task, const struct site *site,
		    uintptr_t addr)
{
	return weak->tasks[task].past && site->kind == MACHINE_LOADS &&
	       is_macro(weak->target, site) && is_in_a_word(addr, site->size) &&
	       !weak_is_noted(&weak->tasks[task], addr, site->size);
}

unsigned int weak_ways(struct weak *weak, int task, const struct site *site,
		       const volatile void *addr, unsigned int most)
{
	uintptr_t at = (uintptr_t)addr;
	unsigned char bytes[WEAK_BYTES];
	uint64_t low, effect;
	unsigned int nr = 0;

	if (weak->open.site || !is_free(weak, task, site, at))
		return 0;
	low = weak_lowest(weak, task, at, site->size);
	while (nr < most &&
	       weak_past(weak, at, site->size, nr + 1, low, bytes, &effect))
		nr++;
	return nr;
}

/* When the load takes effect; what it finds, if that is of the past. */
static uint64_t before_load(struct weak *weak, int task,
			    const struct site *site, uintptr_t addr,
			    unsigned int back, uint64_t at_least)
{
	unsigned char bytes[WEAK_BYTES];
	uint64_t low, effect;

	if (!is_free(weak, task, site, addr))
		return weak->now;
	low = weak_lowest(weak, task, addr, site->size);
	if (!back)
		low = weak_later(low, at_least);
	if (!weak_past(weak, addr, site->size, back, low, bytes, &effect))
		return weak->now;
	if (back) {
		weak->open.back = (uint8_t)back;
		weak_copy((void *)addr, bytes, site->size);
	}
	return effect;
}

uint64_t weak_before(struct weak *weak, int task, const struct site *site,
		     const volatile void *addr, unsigned int back,
		     uint64_t at_least)
{
	struct weak_open *open = &weak->open;

	if (open->site || site->kind > MACHINE_RMWS)
		return weak->now; /* an operand is looked for, or no access */
	*open = (struct weak_open){ .site = site,
				    .addr = (uintptr_t)addr,
				    .effect = weak->now };
	if (!is_in_a_word(open->addr, site->size))
		return open->effect;
	weak_copy(open->before, addr, site->size);
	if (site->kind == MACHINE_LOADS)
		open->effect = before_load(weak, task, site, open->addr, back,
					   at_least);
	return open->effect;
}

void weak_keep(struct weak *weak, const struct site *site,
	       const volatile void *addr)
{
	struct weak_open *open = &weak->open;

	if (open->site || !is_in_a_word((uintptr_t)addr, site->size))
		return;
	open->site = site;
	open->addr = (uintptr_t)addr;
	open->back = 0;
	open->late = false;
	open->kept = true;
	weak_copy(open->before, addr, site->size);
}

void weak_kept(struct weak *weak, const struct site *site,
	       const volatile void *addr)
{
	struct weak_open *open = &weak->open;
	unsigned char new[WEAK_BYTES];

	if (open->site != site || open->addr != (uintptr_t)addr)
		return; /* an operand */
	weak_copy(new, addr, site->size);
	if (site->kind != MACHINE_RMWS ||
	    is_changed(open->before, new, site->size))
		weak_commit(weak, open->addr, site->size, open->before, new);
	open->site = NULL;
}

void weak_delay(struct weak *weak, uint8_t until, uint8_t entry)
{
	weak->open.late = true;
	weak->open.until = until;
	weak->open.entry = entry;
}

static void after_load(struct weak *weak, int task, uint64_t value)
{
	const struct weak_open *open = &weak->open;
	struct weak_task *self = &weak->tasks[task];

	if (!self->past)
		return;
	if (open->back)
		weak_copy((void *)open->addr, open->before, open->site->size);
	weak_raise(self, open->addr, open->site->size, open->effect);
	weak_note_value(weak, self, open->site->size, value, open->effect);
	if (open->site->order == MACHINE_ACQUIRE)
		weak_since(weak, task, open->effect);
}

static void defer(struct weak *weak, int task, const unsigned char *new)
{
	const struct weak_open *open = &weak->open;
	struct weak_note note = { .addr = open->addr,
				  .site = open->site,
				  .size = open->site->size,
				  .until = open->until,
				  .entry = open->entry };

	memcpy(note.old, open->before, WEAK_BYTES);
	memcpy(note.new, new, WEAK_BYTES);
	weak_defer(weak, task, &note);
}

static void store(struct weak *weak, int task)
{
	const struct weak_open *open = &weak->open;
	const struct site *site = open->site;
	unsigned char new[WEAK_BYTES];

	weak_copy(new, (const void *)open->addr, site->size);
	if (site->order >= MACHINE_RELEASE)
		weak_flush(weak, task);
	if (open->late) {
		defer(weak, task, new);
		return;
	}
	weak_make_way(weak, task, open->addr, site->size);
	if (site->kind != MACHINE_RMWS ||
	    is_changed(open->before, new, site->size))
		weak_commit(weak, open->addr, site->size, open->before, new);
	if (weak->tasks[task].past)
		weak_raise(&weak->tasks[task], open->addr, site->size,
			   weak->now);
	if (site->order == MACHINE_FULL)
		weak_barrier(weak, task);
}

/* Performed on memory, and seen at once; what it orders it always orders. */
static void after_rmw(struct weak *weak, int task, uint64_t old)
{
	const struct weak_open *open = &weak->open;
	struct weak_task *self = &weak->tasks[task];

	store(weak, task);
	if (!self->past)
		return;
	weak_raise(self, open->addr, open->site->size, weak->now);
	weak_note_value(weak, self, open->site->size, old, weak->now);
	if (open->site->order == MACHINE_ACQUIRE)
		weak_since(weak, task, weak->now);
}

void weak_fence(struct weak *weak, int task, uint8_t order)
{
	if (weak_orders(order) == WEAK_ORDERS_LOADS)
		weak_since(weak, task, weak->now);
	else if (weak_orders(order) == WEAK_ORDERS_STORES)
		weak_flush(weak, task);
	else
		weak_barrier(weak, task);
}

/* What is no access to data that tasks share. */
static void after_else(struct weak *weak, int task, const struct site *site,
		       uint64_t old, uint64_t new)
{
	switch (site->kind) {
	case MACHINE_FENCES:
		weak_fence(weak, task, site->order);
		break;
	case MACHINE_LOCKS:
		weak_since(weak, task, weak->now);
		break;
	case MACHINE_TRYLOCKS:
		if (!old && new)
			weak_since(weak, task, weak->now);
		break;
	case MACHINE_UNLOCKS:
		weak_flush(weak, task);
		break;
	case MACHINE_SPINS:
	case MACHINE_WAITS:
	case MACHINE_WAKES:
	case MACHINE_JOINS:
		weak_barrier(weak, task);
		break;
	default:
		break;
	}
}

bool weak_after(struct weak *weak, int task, const struct site *site,
		const volatile void *addr, uint64_t old, uint64_t new)
{
	struct weak_open *open = &weak->open;
	bool late = open->late;

	if (site->kind > MACHINE_RMWS) {
		after_else(weak, task, site, old, new);
		return true;
	}
	if (open->site != site || open->addr != (uintptr_t)addr)
		return true; /* an operand */
	if (!is_in_a_word(open->addr, site->size))
		weak_barrier(weak, task);
	else if (site->kind == MACHINE_LOADS)
		after_load(weak, task, new);
	else if (site->kind == MACHINE_STORES)
		store(weak, task);
	else
		after_rmw(weak, task, old);
	open->site = NULL;
	return !late;
}
