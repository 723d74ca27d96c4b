/* SPDX-License-Identifier: MIT */
/*
 * memory_glue.h: what sanitizers hear when memory of a run changes hands.
 *
 *                      AddressSanitizer     MemorySanitizer
 *	memory_fresh()   may be touched       uninitialised
 *	memory_dead()    may not be touched   uninitialised
 *
 * Promises: empty without a sanitizer.
 */
#ifndef SANITIZERS_MEMORY_GLUE_H
#define SANITIZERS_MEMORY_GLUE_H

#include "asan_glue.h"
#include "msan_glue.h"

/* @size bytes at @addr have a new owner, who has not written to them yet. */
static inline void memory_fresh(const void *addr, size_t size)
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
