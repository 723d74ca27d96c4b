/* SPDX-License-Identifier: MIT */
/*
 * seen.c: what a task has seen: when its next load may take effect at the earliest,
 * by what it saw or stored there and by what its address may be made of.
 */
#include "weak.h"

/* ------------------------------------------------------------------ floors */

static uint64_t floor_of(const struct weak_task *self, uintptr_t addr,
			 size_t size)
{
	uint64_t low = 0;
	unsigned int i;

	for (i = 0; i < self->nr_floors; i++) {
		const struct weak_floor *at = &self->floors[i];

		if (at->addr < addr + size && addr < at->addr + at->size)
			low = weak_later(low, at->time);
	}
	return low;
}

void weak_raise(struct weak_task *self, uintptr_t addr, size_t size,
		uint64_t time)
{
	struct weak_floor *at = self->floors;
	unsigned int i = 0;

	while (i < self->nr_floors &&
	       (at[i].addr != addr || at[i].size != size))
		i++;
	if (i == WEAK_FLOORS) { /* of any bytes, then */
		self->since = weak_later(self->since, time);
		return;
	}
	if (i == self->nr_floors)
		at[self->nr_floors++] =
			(struct weak_floor){ .addr = addr, .size = size };
	at[i].time = weak_later(at[i].time, time);
}

/* ------------------------------------------------------------ dependencies */

static bool is_known(const struct weak_task *self, int object)
{
	unsigned int i;

	for (i = 0; i < self->nr_objects; i++)
		if (self->objects[i] == object)
			return true;
	return false;
}

/*
 * Pages are found by number, too, and by an order from their buddy: of a value
 * that is none of these nothing depends.
 */
static void note_number(struct weak_task *self, uint64_t value, uint64_t effect)
{
	uint64_t *at = &self->numbered[value % WEAK_NUMBERS];

	if (value >= TARGET_PAGES_MAX)
		return;
	*at = weak_later(*at, effect);
	self->any_number = true;
}

/* When page @object can have been found by number at the earliest. */
static uint64_t lowest_numbered(const struct weak_task *self, int object)
{
	unsigned int pfn = (unsigned int)(object - WEAK_PAGE), i;
	uint64_t low = self->numbered[pfn % WEAK_NUMBERS];

	for (i = 0; i < self->nr_objects; i++) {
		unsigned int other =
			(unsigned int)(self->objects[i] - WEAK_PAGE) ^ pfn;

		if (self->objects[i] >= WEAK_PAGE && other &&
		    !(other & (other - 1)))
			low = weak_later(low,
					 self->numbered[__builtin_ctz(other)]);
	}
	return low;
}

void weak_note_value(struct weak *weak, struct weak_task *self,
		     unsigned int size, uint64_t value, uint64_t effect)
{
	uint64_t bare = value & ~(uint64_t)7; /* tags off */
	int object;

	if (size < sizeof(void *) || !weak_is_pointer(weak, bare)) {
		self->counted = weak_later(self->counted, effect);
		note_number(self, value, effect);
		return;
	}
	self->pointed = weak_later(self->pointed, effect);
	object = weak_object(weak, (void *)(uintptr_t)bare);
	if (object != WEAK_NO_OBJECT && !is_known(self, object) &&
	    self->nr_objects < WEAK_OBJECTS)
		self->objects[self->nr_objects++] = object;
}

uint64_t weak_lowest(struct weak *weak, int task, uintptr_t addr, size_t size)
{
	const struct weak_task *self = &weak->tasks[task];
	int object = weak_object(weak, (const void *)addr);
	uint64_t low = weak_later(self->since, floor_of(self, addr, size));

	low = weak_later(low, self->pointed);
	if (object == WEAK_SCALAR)
		return low;
	if (object == WEAK_NO_OBJECT || !is_known(self, object))
		return weak->now;
	return weak_later(low, object < WEAK_PAGE ?
				       self->counted :
				       lowest_numbered(self, object));
}
