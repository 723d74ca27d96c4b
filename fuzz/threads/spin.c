/* SPDX-License-Identifier: MIT */
/*
 * spin.c: a thread that waits in a loop without saying so.
 *
 * If it has seen the same values at the same places a few times, stored nothing, and
 * is where it was, with the stack and registers that it had, then the next round is as
 * the last one: it is cpu_relax() that it means. A loop that counts is none.
 */
#include <string.h>

#include "runtime.h"

#define ROUNDS 8

#ifdef __clang__
#define UNWATCHED                                                              \
	__attribute__((noinline, no_sanitize("address", "memory", "thread",    \
					     "undefined")))
#else
#define UNWATCHED                                                              \
	__attribute__((noinline, no_sanitize("address", "thread", "undefined")))
#endif

/* The frames of the running thread, with its callee-saved registers. */
UNWATCHED static uint64_t position(const struct thread *self)
{
	typedef uint64_t __attribute__((may_alias)) word;
	const volatile word *at, *end = self->base;
	uint64_t hash = 1;

	__builtin_unwind_init();
	for (at = __builtin_frame_address(0); at < end; at++) {
		hash = (hash ^ *at) * 0x9fb21c651e98df25U;
		hash ^= hash >> 32;
	}
	return hash;
}

void threads_looked(uintptr_t where, const volatile void *addr, uint64_t value)
{
	struct thread *self = threads_self();
	struct threads_look *look = &self->looks[where % THREADS_LOOKS];
	uint64_t now;

	if (look->where != where || look->addr != addr ||
	    look->value != value) {
		*look = (struct threads_look){ where, addr, value, 1, 0 };
		return;
	}
	if (++look->times < ROUNDS)
		return;
	look->times = 0;
	now = position(self);
	if (now == look->position)
		machine_spin(threads_own_site(MACHINE_SPINS));
	look->position = now;
}

void threads_stored(void)
{
	struct thread *self = threads_self();
	unsigned int i;

	for (i = 0; i < THREADS_LOOKS; i++)
		self->looks[i].where = 0;
}
