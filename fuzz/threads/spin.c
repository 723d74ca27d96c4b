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

/* Callee-saved registers stand so many bytes below a frame's address. */
#ifdef __x86_64__
#define SAVES 40
#else
#define SAVES 0
#endif

static struct threads_look *look_of(struct thread *self, uintptr_t where)
{
	return &self->looks[where % THREADS_LOOKS];
}

/*
 * The frames and callee-saved registers, as a number. It is called first of all: what
 * calls of ours leave behind differs from round to round.
 */
UNWATCHED void threads_look(uintptr_t where, const volatile void *addr)
{
	typedef uint64_t __attribute__((may_alias)) word;
	struct thread *self;
	const struct threads_look *look;
	const volatile word *at, *end;
	uint64_t hash = 1;

	__builtin_unwind_init();
	if (!threads.running)
		return;
	self = threads_self();
	look = look_of(self, where);
	if (look->where != where || look->addr != addr ||
	    look->times + 1 < ROUNDS)
		return;
	at = (const void *)((const char *)__builtin_frame_address(0) - SAVES);
	for (end = self->base; at < end; at++) {
		hash = (hash ^ *at) * 0x9fb21c651e98df25U;
		hash ^= hash >> 32;
	}
	self->position = hash;
}

void threads_looked(uintptr_t where, const volatile void *addr, uint64_t value)
{
	struct thread *self = threads_self();
	struct threads_look *look = look_of(self, where);
	unsigned int i;

	if (look->where != where || look->addr != addr ||
	    look->value != value) {
		*look = (struct threads_look){ where, addr, value, 1, 0 };
		return;
	}
	if (++look->times < ROUNDS)
		return;
	look->times = 0;
	if (self->position != look->position) {
		look->position = self->position;
		return;
	}
	/* All that the loop looks at is to be looked at again. */
	for (i = 0; i < THREADS_LOOKS; i++)
		self->looks[i].times = 0;
	machine_spin(threads_own_site(MACHINE_SPINS));
}

void threads_stored(void)
{
	struct thread *self = threads_self();
	unsigned int i;

	for (i = 0; i < THREADS_LOOKS; i++)
		self->looks[i].where = 0;
}
