/* SPDX-License-Identifier: MIT */
/* arena.c: see arena.h. */
#include "arena.h"

#include <string.h>

#include "memory_glue.h"
#include "tsan_glue.h"

#define ARENA_FREE_PATTERN 0x6b

void arena_init(struct arena *arena)
{
	asan_unpoison(arena->slots, sizeof(arena->slots));
	memset(arena, 0, sizeof(*arena));
	memset(arena->slots, ARENA_FREE_PATTERN, sizeof(arena->slots));
	memory_dead(arena->slots, sizeof(arena->slots));
}

static void slot_clear(struct arena *arena, unsigned int slot)
{
	asan_unpoison(arena->slots[slot], MACHINE_OBJECT_MAX);
	tsan_forget(arena->slots[slot], MACHINE_OBJECT_MAX);
	memset(arena->slots[slot], ARENA_FREE_PATTERN, MACHINE_OBJECT_MAX);
	memory_dead(arena->slots[slot], MACHINE_OBJECT_MAX);
	arena->size[slot] = 0;
}

void arena_reset(struct arena *arena)
{
	unsigned int i;

	for (i = 0; i < arena->fresh; i++)
		slot_clear(arena, i);
	for (i = ARENA_OBJECTS; i < ARENA_SLOTS; i++)
		if (arena->size[i])
			slot_clear(arena, i);
	arena->fresh = 0;
	arena->head = 0;
	arena->nr_queued = 0;
}

/* Never-used slots first, then the one that has been free for longest. */
static int arena_take(struct arena *arena)
{
	int slot;

	if (arena->fresh < ARENA_OBJECTS)
		return (int)arena->fresh++;
	if (!arena->nr_queued)
		return -1;
	slot = arena->queue[arena->head];
	arena->head = (arena->head + 1) % ARENA_OBJECTS;
	arena->nr_queued--;
	return slot;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	int slot;

	if (!size || size > MACHINE_OBJECT_MAX)
		return NULL;
	slot = arena_take(arena);
	if (slot < 0)
		return NULL;
	arena->size[slot] = (uint16_t)size;
	memory_fresh(arena->slots[slot], size);
	return arena->slots[slot];
}

bool arena_free(struct arena *arena, void *object)
{
	const void *start;
	int slot = arena_object(arena, object, &start);

	if (slot < 0 || object != start || !arena->size[slot])
		return false;
	memset(object, ARENA_FREE_PATTERN, arena->size[slot]);
	memory_dead(arena->slots[slot], MACHINE_OBJECT_MAX);
	arena->size[slot] = 0;
	if (slot >= ARENA_OBJECTS)
		return true;
	arena->queue[(arena->head + arena->nr_queued) % ARENA_OBJECTS] =
		(uint8_t)slot;
	arena->nr_queued++;
	return true;
}

void arena_open_homes(struct arena *arena, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr && i < MACHINE_HOMES_MAX; i++) {
		void *home = arena->slots[ARENA_OBJECTS + i];

		memory_filled(home, MACHINE_OBJECT_MAX);
		arena->size[ARENA_OBJECTS + i] = MACHINE_OBJECT_MAX;
	}
}

bool arena_home_again(struct arena *arena, unsigned int nr)
{
	unsigned int slot = ARENA_OBJECTS + nr;

	if (nr >= MACHINE_HOMES_MAX || arena->size[slot])
		return false;
	arena->size[slot] = MACHINE_OBJECT_MAX;
	memory_fresh(arena->slots[slot], MACHINE_OBJECT_MAX);
	return true;
}

int arena_object(const struct arena *arena, const volatile void *addr,
		 const void **start)
{
	uintptr_t at = (uintptr_t)addr - (uintptr_t)arena->slots;

	if (at >= sizeof(arena->slots))
		return -1;
	if (start)
		*start = arena->slots[at / MACHINE_OBJECT_MAX];
	return (int)(at / MACHINE_OBJECT_MAX);
}

bool arena_live(const struct arena *arena, const volatile void *addr,
		size_t size)
{
	uintptr_t at = (uintptr_t)addr - (uintptr_t)arena->slots;
	int slot = arena_object(arena, addr, NULL);

	return slot >= 0 && at % MACHINE_OBJECT_MAX + size <= arena->size[slot];
}
