/* SPDX-License-Identifier: MIT */
/*
 * fiber_ucontext.c: the switch between fibers where we have no assembly.
 *
 * Owns: one struct parked per parked fiber, on that fiber's own stack (a fresh
 * one's at the top of it); fiber->sp points there.
 * Promises: slow (each swap is a system call that saves the signal mask) but
 * portable. ASan's own swapcontext() prints one warning per process.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#include "fiber_backend.h"
#include "start.h"

struct parked {
	ucontext_t context;
	struct fiber *self;
	struct fiber *from; /* who swaps to us, set at that time */
};

const bool fiber_swap_is_bare = false;

/* makecontext() passes ints: @high and @low are halves of a struct parked *. */
static void fiber_enter(unsigned int high, unsigned int low)
{
	uint64_t bits = (uint64_t)high << 32 | low;
	struct parked *parked = (struct parked *)(uintptr_t)bits;

	fiber_run(parked->from, parked->self);
}

void fiber_prepare(struct fiber *fiber, void *top)
{
	struct parked *parked = (struct parked *)top - 1;
	uint64_t bits = (uintptr_t)parked;
	stack_t *stack = &parked->context.uc_stack;

	if (getcontext(&parked->context)) {
		perror("fiber: getcontext");
		abort();
	}
	parked->self = fiber;
	parked->context.uc_link = NULL;
	stack->ss_sp = fiber->stack;
	stack->ss_size = (char *)parked - (char *)fiber->stack;
	makecontext(&parked->context, (void (*)(void))fiber_enter, 2,
		    (unsigned int)(bits >> 32), (unsigned int)bits);
	fiber->sp = parked;
}

struct fiber *fiber_swap(struct fiber *from, struct fiber *to)
{
	struct parked here;
	struct parked *there = to->sp;

	/* ASan would unpoison what the stack field of @here says: nothing. */
	here.context.uc_stack = (stack_t){ 0 };
	from->sp = &here;
	there->from = from;
	if (swapcontext(&here.context, &there->context)) {
		perror("fiber: swapcontext");
		abort();
	}
	return here.from;
}

/* ----------------------------------------------------------------- start.h */

void start_operation(const struct op_args *args, struct op_result *result,
		     void (*func)(const struct op_args *args,
				  struct op_result *result))
{
	func(args, result);
}

void start_interrupt(enum operation op, const struct op_args *args,
		     struct op_result *result,
		     void (*func)(enum operation op, const struct op_args *args,
				  struct op_result *result))
{
	func(op, args, result);
}

void start_callback(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	func(head);
}
