/* SPDX-License-Identifier: MIT */
/*
 * asan_glue.h: what we tell AddressSanitizer, and nothing in other builds.
 *
 * Promises:
 *  1. Without ASan every function here is empty and costs nothing.
 *  2. Between asan_start_switch() and asan_finish_switch() ASan creates no
 *     frame on a fake stack, so the code in between may change stacks.
 *
 * Names: a fake stack is where ASan keeps address-taken locals when it looks
 * for their use after return; each stack has its own, made on first use.
 *
 * See: sanitizer/asan_interface.h, sanitizer/common_interface_defs.h
 */
#ifndef SANITIZERS_ASAN_GLUE_H
#define SANITIZERS_ASAN_GLUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __SANITIZE_ADDRESS__ /* gcc */
#define ASAN_ON 1
#elif defined(__has_feature) /* clang */
#if __has_feature(address_sanitizer)
#define ASAN_ON 1
#endif
#endif

#ifdef ASAN_ON

#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

#define ASAN_STACK_FACTOR 4 /* how much larger stacks must be */

/* Make any access to @size bytes at @addr an error. */
static inline void asan_poison(const void *addr, size_t size)
{
	__asan_poison_memory_region(addr, size);
}

static inline void asan_unpoison(const void *addr, size_t size)
{
	__asan_unpoison_memory_region(addr, size);
}

static inline bool asan_is_poisoned(const void *addr)
{
	return __asan_address_is_poisoned(addr);
}

/*
 * The stack is about to become the @size bytes at @stack. The running one's
 * fake stack goes to @fake_stack_save, or is destroyed if that is NULL.
 */
static inline void asan_start_switch(void **fake_stack_save,
				     const void *stack, size_t size)
{
	__sanitizer_start_switch_fiber(fake_stack_save, stack, size);
}

/*
 * The switch is done, on the new stack. @fake_stack is what was saved when it
 * was left, NULL if it is fresh. The bounds of the stack that ran before come
 * back in @stack_old and @size_old.
 */
static inline void asan_finish_switch(void *fake_stack, void **stack_old,
				      size_t *size_old)
{
	__sanitizer_finish_switch_fiber(fake_stack, (const void **)stack_old,
					size_old);
}

/*
 * Nobody will go back to the parked stack of @size bytes at @stack: free its
 * fake stack, if any. ASan frees only that of a stack which is being left, so
 * we say that we enter it and leave it for good, and stay where we are.
 */
__attribute__((no_sanitize_address))
static inline void asan_forget_stack(void *fake_stack, const void *stack,
				     size_t size)
{
	void *mine, *my_stack, *ignored;
	size_t my_size;

	if (fake_stack) {
		asan_start_switch(&mine, stack, size);
		asan_finish_switch(fake_stack, &my_stack, &my_size);
		asan_start_switch(NULL, my_stack, my_size);
		asan_finish_switch(mine, &ignored, &size);
	}
}

/* Locals of the running fiber may be there, and not on its stack. */
__attribute__((no_sanitize_address)) static inline bool
asan_is_in_fake_stack(const volatile void *addr)
{
	void *fake = __asan_get_current_fake_stack();

	return fake && __asan_addr_is_in_fake_stack(
			       fake, (void *)(uintptr_t)addr, NULL, NULL);
}

#else

#define ASAN_ON 0
#define ASAN_STACK_FACTOR 1

static inline void asan_poison(const void *addr, size_t size)
{
	(void)addr;
	(void)size;
}

static inline void asan_unpoison(const void *addr, size_t size)
{
	(void)addr;
	(void)size;
}

static inline bool asan_is_poisoned(const void *addr)
{
	(void)addr;
	return false;
}

static inline void asan_start_switch(void **fake_stack_save,
				     const void *stack, size_t size)
{
	(void)fake_stack_save;
	(void)stack;
	(void)size;
}

static inline void asan_finish_switch(void *fake_stack, void **stack_old,
				      size_t *size_old)
{
	(void)fake_stack;
	(void)stack_old;
	(void)size_old;
}

static inline void asan_forget_stack(void *fake_stack, const void *stack,
				     size_t size)
{
	(void)fake_stack;
	(void)stack;
	(void)size;
}

static inline bool asan_is_in_fake_stack(const volatile void *addr)
{
	(void)addr;
	return false;
}

#endif
#endif
