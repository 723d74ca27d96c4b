/* SPDX-License-Identifier: MIT */
/*
 * fiber.h: stacks that take turns on one OS thread.
 *
 * Owns: the stacks, mapped once per fiber with a guard page below.
 * Promises:
 *  1. fiber_switch(to) returns when somebody switches back; it touches nothing
 *     but the callee-saved registers.
 *  2. A fiber whose entry function is abandoned in the middle can be started
 *     afresh by fiber_start(); sanitizers are told.
 *
 * Backends: fiber_x86_64.S, fiber_aarch64.S, fiber_ucontext.c; one is built.
 */
#ifndef FUZZ_FIBER_H
#define FUZZ_FIBER_H

#include <stdbool.h>
#include <stddef.h>

#define FIBER_STACK_SIZE (256 * 1024) /* bytes; 1 MiB under ASan, MSan, TSan */

struct fiber {
	void *sp; /* backend: saved stack pointer, or ucontext_t */
	void *stack; /* lowest usable byte; NULL: the thread's own */
	size_t size;
	void (*entry)(void *arg); /* never returns */
	void *arg;
	void *fake_stack; /* ASan's, while parked */
	void *thread; /* TSan's */
	int races; /* how deep in data_race() it is, for TSan */
	const char *name; /* for its reports; NULL: none */
};

/* The calling thread's own stack as a fiber, to switch back to. */
void fiber_init_main(struct fiber *fiber);
/* Map a stack. Aborts with a message if there is no memory. */
void fiber_init(struct fiber *fiber);
void fiber_destroy(struct fiber *fiber);
/*
 * (Re)start: the next switch to @fiber calls @entry(@arg) on a fresh stack. The
 * fiber must not be running; what it had been doing is forgotten.
 */
void fiber_start(struct fiber *fiber, void (*entry)(void *arg), void *arg);
/* Is @addr on its stack? Asked of the one that runs. */
bool fiber_has(const struct fiber *fiber, const volatile void *addr);
/*
 * Zeros in the @size bytes below the frames of @fiber, which is parked: who reads
 * there what it never wrote reads the same in each run. With a backend in
 * assembly alone.
 */
void fiber_wipe(struct fiber *fiber, size_t size);
/* Park @from, which is running, and resume @to. */
void fiber_switch(struct fiber *from, struct fiber *to);
/* The same, but @from will never be resumed, only started afresh. */
void fiber_leave(struct fiber *from, struct fiber *to);

#endif
