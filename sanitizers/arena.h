/* SPDX-License-Identifier: MIT */
/*
 * arena.h: the arena: objects that live and die within a run.
 *
 * A fixed number of slots: those never used come first, then what was freed, in
 * that order; free slots are filled with a pattern, in each run anew, fresh ones
 * with another: what a target did not write is the same in every run. Sanitizers
 * are told who owns what (memory_glue.h). Behind them are homes: slots that always
 * the same object comes back to.
 *
 * Promises:
 *  1. After arena_reset() objects come in the same order in every run.
 *  2. Reset costs as much as the run before used.
 */
#ifndef SANITIZERS_ARENA_H
#define SANITIZERS_ARENA_H

#include "target.h"

#define ARENA_OBJECTS 128
#define ARENA_SLOTS (ARENA_OBJECTS + MACHINE_HOMES_MAX)

struct arena {
	_Alignas(64) unsigned char slots[ARENA_SLOTS][MACHINE_OBJECT_MAX];
	uint16_t size[ARENA_SLOTS]; /* bytes in use; 0: free */
	uint8_t queue[ARENA_OBJECTS]; /* freed slots, oldest first */
	unsigned int fresh; /* slots from here on were never used */
	unsigned int head, nr_queued;
};

void arena_init(struct arena *arena);
void arena_reset(struct arena *arena);
void *arena_alloc(struct arena *arena, size_t size);
/* Returns: false if @object is not the start of a live object. */
bool arena_free(struct arena *arena, void *object);
/* After a reset: the first @nr homes are live, with what is in them. */
void arena_open_homes(struct arena *arena, unsigned int nr);
/* Returns: false, it is live. */
bool arena_home_again(struct arena *arena, unsigned int nr);
/* Number of the slot that @addr lies in, or -1; @start: where it begins. */
int arena_object(const struct arena *arena, const volatile void *addr,
		 const void **start);
/* Does a live object begin at @addr? */
static inline bool arena_is_object(const struct arena *arena,
				   const volatile void *addr)
{
	uintptr_t at = (uintptr_t)addr - (uintptr_t)arena->slots;

	return at < sizeof(arena->slots) && at % MACHINE_OBJECT_MAX == 0 &&
	       arena->size[at / MACHINE_OBJECT_MAX];
}
/* Do all of @size bytes at @addr lie in one live object? */
bool arena_live(const struct arena *arena, const volatile void *addr,
		size_t size);

#endif
