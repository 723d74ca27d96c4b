/* SPDX-License-Identifier: MIT */
/*
 * msan_glue.h: what we tell MemorySanitizer, and nothing in other builds.
 *
 * MSan keeps a shadow bit for each bit of memory: is it initialised? Arguments
 * and results cross calls in a shadow of their own. Code that it did not
 * instrument (assembly) leaves both as they were, and so does a change of
 * stacks: what comes out of a switch has to be declared initialised. Where the
 * running stack lies it has to know to say where memory was allocated.
 *
 * See: sanitizer/msan_interface.h
 */
#ifndef SANITIZERS_MSAN_GLUE_H
#define SANITIZERS_MSAN_GLUE_H

#include <stddef.h>

#ifdef __has_feature /* clang */
#if __has_feature(memory_sanitizer)
#define MSAN_ON 1
#endif
#endif

#ifdef MSAN_ON

#include <sanitizer/msan_interface.h>

/* @size bytes at @addr are uninitialised: a decision by them is an error. */
static inline void msan_poison(const void *addr, size_t size)
{
	__msan_poison(addr, size);
}

/* The same, and a report names the place of this call as their origin. */
static inline void msan_fresh(const void *addr, size_t size)
{
	__msan_allocated_memory(addr, size);
}

static inline void msan_unpoison(const void *addr, size_t size)
{
	__msan_unpoison(addr, size);
}

/* The stack is about to become the @size bytes at @stack. */
static inline void msan_start_switch(const void *stack, size_t size)
{
	__msan_start_switch_fiber(stack, size);
}

/* It has. The bounds of the one that ran before come back. */
static inline void msan_finish_switch(void **stack_old, size_t *size_old)
{
	__msan_finish_switch_fiber((const void **)stack_old, size_old);
}

/* The first @nr parameters of the running function came from assembly. */
#define msan_unpoison_param(nr) __msan_unpoison_param(nr)

/* Report if any of @size bytes at @addr is uninitialised. */
static inline void msan_check(const void *addr, size_t size)
{
	__msan_check_mem_is_initialized(addr, size);
}

/* Returns: offset of the first uninitialised byte, or -1. */
static inline long msan_first_poisoned(const void *addr, size_t size)
{
	return __msan_test_shadow(addr, size);
}

#else

#define MSAN_ON 0

static inline void msan_poison(const void *addr, size_t size)
{
	(void)addr;
	(void)size;
}

static inline void msan_fresh(const void *addr, size_t size)
{
	(void)addr;
	(void)size;
}

static inline void msan_unpoison(const void *addr, size_t size)
{
	(void)addr;
	(void)size;
}

static inline void msan_start_switch(const void *stack, size_t size)
{
	(void)stack;
	(void)size;
}

static inline void msan_finish_switch(void **stack_old, size_t *size_old)
{
	(void)stack_old;
	(void)size_old;
}

#define msan_unpoison_param(nr) ((void)(nr))

static inline void msan_check(const void *addr, size_t size)
{
	(void)addr;
	(void)size;
}

static inline long msan_first_poisoned(const void *addr, size_t size)
{
	(void)addr;
	(void)size;
	return -1;
}

#endif
#endif
