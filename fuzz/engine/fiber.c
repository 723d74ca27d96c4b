/* SPDX-License-Identifier: MIT */
/*
 * fiber.c: mapped stacks, and what sanitizers must hear when they change.
 *
 *	low                                              high
 *	| guard page | stack ......................... |
 *	             ^ fiber->stack                    ^ + fiber->size
 *
 * Owns: nothing beyond the mappings.
 * Promises: without a sanitizer fiber_switch() is a jump to fiber_swap().
 *
 * Whoever resumes after a switch learns from ASan or MSan the bounds of the
 * stack that ran before it. For a mapped fiber they are those we gave; for the
 * thread's own stack this is how its struct fiber gets them, in time for the
 * way back.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fiber.h"
#include "fiber_backend.h"
#include "memory_glue.h"
#include "tsan_glue.h"

#define RED_ZONE 128 /* below its stack pointer a leaf may use */
#define STACK_FACTOR (TSAN_ON || MSAN_ON ? 4 : ASAN_STACK_FACTOR)

static size_t guard_size(void)
{
	return sysconf(_SC_PAGESIZE);
}

_Noreturn static void die(const char *why)
{
	perror(why);
	abort();
}

void fiber_init_main(struct fiber *fiber)
{
	*fiber = (struct fiber){ .thread = tsan_self() };
}

void fiber_init(struct fiber *fiber)
{
	size_t guard = guard_size();
	size_t size = FIBER_STACK_SIZE * STACK_FACTOR;
	char *map;

	map = mmap(NULL, guard + size, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK,
		   -1, 0);
	if (map == MAP_FAILED)
		die("fiber: no memory for a stack");
	if (mprotect(map, guard, PROT_NONE))
		die("fiber: no guard page");
	*fiber = (struct fiber){ .stack = map + guard, .size = size };
}

/* Forget what @fiber had been doing: frames, shadow, fake stack, thread. */
static void fiber_clear(struct fiber *fiber)
{
	asan_forget_stack(fiber->fake_stack, fiber->stack, fiber->size);
	asan_unpoison(fiber->stack, fiber->size);
	tsan_destroy(fiber->thread, fiber->races);
	msan_unpoison(fiber->stack, fiber->size);
	fiber->fake_stack = NULL;
	fiber->thread = NULL;
	fiber->races = 0;
}

void fiber_destroy(struct fiber *fiber)
{
	size_t guard = guard_size();

	fiber_clear(fiber);
	if (munmap((char *)fiber->stack - guard, guard + fiber->size))
		die("fiber: stack not unmapped");
	*fiber = (struct fiber){ 0 };
}

void fiber_start(struct fiber *fiber, void (*entry)(void *arg), void *arg)
{
	fiber_clear(fiber);
	fiber->entry = entry;
	fiber->arg = arg;
	fiber->thread = tsan_create(fiber->name ? fiber->name : "fiber");
	fiber_prepare(fiber, (char *)fiber->stack + fiber->size);
}

bool fiber_has(const struct fiber *fiber, const volatile void *addr)
{
	uintptr_t at = (uintptr_t)addr - (uintptr_t)fiber->stack;

	return at < fiber->size || asan_is_in_fake_stack(addr);
}

void fiber_wipe(struct fiber *fiber, size_t size)
{
	char *end = (char *)fiber->sp - RED_ZONE;
	size_t room = (size_t)(end - (char *)fiber->stack);

	if (!fiber_swap_is_bare)
		return; /* where its frames end it does not say */
	if (size > room)
		size = room;
	memset(end - size, 0, size);
}

void fiber_run(struct fiber *from, struct fiber *self)
{
	msan_unpoison_param(2);
	asan_finish_switch(NULL, &from->stack, &from->size);
	msan_finish_switch(&from->stack, &from->size);
	self->entry(self->arg);
	fputs("fiber: an entry function returned\n", stderr);
	abort();
}

void fiber_switch(struct fiber *from, struct fiber *to)
{
	struct fiber *before;

	asan_start_switch(&from->fake_stack, to->stack, to->size);
	msan_start_switch(to->stack, to->size);
	tsan_switch(to->thread);
	before = fiber_swap(from, to);
	msan_unpoison(&before, sizeof(before));
	asan_finish_switch(from->fake_stack, &before->stack, &before->size);
	msan_finish_switch(&before->stack, &before->size);
}

void fiber_leave(struct fiber *from, struct fiber *to)
{
	from->fake_stack = NULL;
	asan_start_switch(NULL, to->stack, to->size);
	msan_start_switch(to->stack, to->size);
	tsan_switch(to->thread);
	fiber_swap(from, to);
	fputs("fiber: resumed after it had left\n", stderr);
	abort();
}
