/* SPDX-License-Identifier: MIT */
/*
 * memory_glue.h: what sanitizers hear when memory of a run changes hands.
 *
 *                      AddressSanitizer     MemorySanitizer
 *	memory_fresh()   may be touched       uninitialised
 *	memory_filled()  may be touched       uninitialised
 *	memory_dead()    may not be touched   uninitialised
 *
 * Without one, what nobody has written yet is a pattern, so that who reads it
 * nevertheless meets the same in each run.
 */
#ifndef SANITIZERS_MEMORY_GLUE_H
#define SANITIZERS_MEMORY_GLUE_H

#include <string.h>

#include "asan_glue.h"
#include "msan_glue.h"

#define MEMORY_FRESH 0x5a /* POISON_INUSE of include/linux/poison.h */

/* @size bytes at @addr have a new owner, who has not written to them yet. */
static inline void memory_fresh(void *addr, size_t size)
{
	asan_unpoison(addr, size);
	memset(addr, MEMORY_FRESH, size);
	msan_fresh(addr, size);
}

/* The same, of what somebody else has filled: stamps.h. */
static inline void memory_filled(void *addr, size_t size)
{
	asan_unpoison(addr, size);
	msan_fresh(addr, size);
}

/* Nobody owns @size bytes at @addr any more. */
static inline void memory_dead(const void *addr, size_t size)
{
	asan_poison(addr, size);
	msan_poison(addr, size);
}

#endif
