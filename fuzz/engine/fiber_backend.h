/* SPDX-License-Identifier: MIT */
/*
 * fiber_backend.h: what fiber.c asks of a machine, and what it offers back.
 *
 * Promises: a backend knows registers and stack pointers only; mapping stacks
 * and telling sanitizers is fiber.c's business.
 * Names: a fiber is fresh from fiber_prepare() until somebody swaps to it.
 */
#ifndef FUZZ_FIBER_BACKEND_H
#define FUZZ_FIBER_BACKEND_H

#include "fiber.h"

/* Assembly reaches the saved stack pointer through the fiber's own address. */
_Static_assert(offsetof(struct fiber, sp) == 0, "fiber.sp must come first");

/* Is fiber_swap() a few instructions of assembly? For the benchmark. */
extern const bool fiber_swap_is_bare;

/*
 * Make @fiber fresh: the next swap to it calls fiber_run() with nothing below
 * on its stack, of which @top is the end, aligned to 16 bytes.
 */
void fiber_prepare(struct fiber *fiber, void *top);

/*
 * Park @from and resume @to.
 * Returns: when somebody swaps back, the fiber that did.
 */
struct fiber *fiber_swap(struct fiber *from, struct fiber *to);

/* From the backend, on the stack of the fresh @self that @from swapped to. */
_Noreturn void fiber_run(struct fiber *from, struct fiber *self);

#endif
