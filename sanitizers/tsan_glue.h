/* SPDX-License-Identifier: MIT */
/*
 * tsan_glue.h: what we tell ThreadSanitizer, and nothing in other builds.
 *
 * Each task is a thread to it, and so is nobody else: only targets are
 * instrumented, and between tsan_ignore_begin() and _end() even the memory
 * functions of libc, which it intercepts, say nothing.
 *
 * Promises:
 *  1. Without TSan every function here is empty and costs nothing.
 *  2. No function here makes an order but tsan_release() and tsan_acquire():
 *     what was released at an address is before what acquires there later.
 *
 * PAGERACE_TSAN is the build's word for it: files that are not instrumented
 * cannot tell by the compiler's.
 * See: sanitizer/tsan_interface.h; order.h for who calls what.
 */
#ifndef SANITIZERS_TSAN_GLUE_H
#define SANITIZERS_TSAN_GLUE_H

#include <stddef.h>

#ifdef PAGERACE_TSAN

#define TSAN_ON 1

void *__tsan_create_fiber(unsigned int flags);
void *__tsan_get_current_fiber(void);
void __tsan_destroy_fiber(void *fiber);
void __tsan_switch_to_fiber(void *fiber, unsigned int flags);
void __tsan_set_fiber_name(void *fiber, const char *name);
void __tsan_acquire(void *addr);
void __tsan_release(void *addr);
void __tsan_ignore_thread_begin(void);
void __tsan_ignore_thread_end(void);
void __tsan_write_range(void *addr, unsigned long size);
void __tsan_java_free(unsigned long addr, unsigned long size);
void __tsan_java_move(unsigned long from, unsigned long to, unsigned long size);

static inline void *tsan_self(void)
{
	return __tsan_get_current_fiber();
}

/* From now on it is @thread that runs. Without an edge between the two. */
static inline void tsan_switch(void *thread)
{
	__tsan_switch_to_fiber(thread, 1);
}

/* The running thread's accesses say nothing from here to there. */
static inline void tsan_ignore_begin(void)
{
	__tsan_ignore_thread_begin();
}

static inline void tsan_ignore_end(void)
{
	__tsan_ignore_thread_end();
}

/* A new thread, its accesses ignored until it says otherwise. */
static inline void *tsan_create(const char *name)
{
	void *self = tsan_self(), *thread = __tsan_create_fiber(0);

	__tsan_set_fiber_name(thread, name);
	tsan_switch(thread);
	tsan_ignore_begin();
	tsan_switch(self);
	return thread;
}

/* Not the running one, and parked with its accesses ignored, and @more times so. */
static inline void tsan_destroy(void *thread, int more)
{
	void *self = tsan_self();

	if (!thread)
		return;
	tsan_switch(thread);
	for (; more >= 0; more--)
		tsan_ignore_end();
	tsan_switch(self);
	__tsan_destroy_fiber(thread);
}

static inline void tsan_acquire(const volatile void *addr)
{
	__tsan_acquire((void *)(size_t)addr);
}

static inline void tsan_release(const volatile void *addr)
{
	__tsan_release((void *)(size_t)addr);
}

/*
 * What happened there before is forgotten, races too: where TSan has reported one, or
 * passed it over, it hears of no read any more. Nobody is in the middle of anything.
 * See: DoReportRace() in tsan_rtl_access.cpp; tsan_interface_java.cpp.
 */
#define TSAN_NOTHING 4096
extern char tsan_nothing[TSAN_NOTHING]; /* nobody touches it */
static inline void tsan_forget(void *addr, size_t size)
{
	unsigned long at = ((unsigned long)addr + 7) & ~7UL;
	unsigned long end = ((unsigned long)addr + size) & ~7UL, some;

	for (; at < end; at += some) {
		some = end - at < TSAN_NOTHING ? end - at : TSAN_NOTHING;
		__tsan_java_free(at, some);
		__tsan_java_move((unsigned long)tsan_nothing, at, some);
	}
}

/* As if the caller wrote there: what is given back is nobody's to read. */
static inline void tsan_write(void *addr, size_t size)
{
	__tsan_write_range(addr, size);
}

#else

#define TSAN_ON 0

static inline void *tsan_create(const char *name)
{
	(void)name;
	return NULL;
}

static inline void *tsan_self(void)
{
	return NULL;
}

static inline void tsan_destroy(void *thread, int more)
{
	(void)thread;
	(void)more;
}

static inline void tsan_switch(void *thread)
{
	(void)thread;
}

static inline void tsan_acquire(const volatile void *addr)
{
	(void)addr;
}

static inline void tsan_release(const volatile void *addr)
{
	(void)addr;
}

static inline void tsan_ignore_begin(void)
{
}

static inline void tsan_ignore_end(void)
{
}

static inline void tsan_forget(void *addr, size_t size)
{
	(void)addr;
	(void)size;
}

static inline void tsan_write(void *addr, size_t size)
{
	(void)addr;
	(void)size;
}

#endif
#endif
