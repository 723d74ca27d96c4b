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
#define LOOKS 64 /* places and addresses of a loop that is a thread waiting */
#define NEAR 4 /* where one of them can be, one behind the other */

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

struct look {
	uint64_t since; /* of which beginning it is; of another one it is none */
	uintptr_t where;
	const volatile void *addr;
	uint64_t value;
	uint64_t position; /* as it was looked at last */
	unsigned int times;
};

/* Of the thread that a task is. */
static struct spin {
	uint64_t since; /* how often it has begun to look */
	uint64_t position; /* in its code, if that was of interest */
	struct look looks[LOOKS];
} spins[THREADS_AT_ONCE];

static struct spin *spin_of_self(void)
{
	return &spins[machine.self->id];
}

/* That of @where and @addr, or one for it. */
static struct look *look_of(struct spin *spin, uintptr_t where,
			    const volatile void *addr)
{
	uint64_t at = (where ^ (uintptr_t)addr << 7) * 0x9fb21c651e98df25U >>
		      48;
	struct look *look, *free = NULL;
	unsigned int i;

	for (i = 0; i < NEAR; i++) {
		look = &spin->looks[(at + i) % LOOKS];
		if (look->since != spin->since)
			free = free ? free : look;
		else if (look->where == where && look->addr == addr)
			return look;
	}
	return free ? free : &spin->looks[at % LOOKS];
}

static bool is_of(const struct look *look, const struct spin *spin,
		  uintptr_t where, const volatile void *addr)
{
	return look->since == spin->since && look->where == where &&
	       look->addr == addr;
}

/*
 * The frames and callee-saved registers, as a number. It is called first of all: what
 * calls of ours leave behind differs from round to round.
 */
UNWATCHED void threads_look(uintptr_t where, const volatile void *addr)
{
	typedef uint64_t __attribute__((may_alias)) word;
	struct spin *spin;
	const struct look *look;
	const volatile word *at, *end;
	uint64_t hash = 1;

	__builtin_unwind_init();
	if (!threads.running)
		return;
	spin = spin_of_self();
	look = look_of(spin, where, addr);
	if (!is_of(look, spin, where, addr) || look->times + 1 < ROUNDS)
		return;
	at = (const void *)((const char *)__builtin_frame_address(0) - SAVES);
	for (end = threads_self()->base; at < end; at++) {
		hash = (hash ^ *at) * 0x9fb21c651e98df25U;
		hash ^= hash >> 32;
	}
	spin->position = hash;
}

void threads_looked(uintptr_t where, const volatile void *addr, uint64_t value)
{
	struct spin *spin = spin_of_self();
	struct look *look = look_of(spin, where, addr);
	unsigned int i;

	if (!is_of(look, spin, where, addr) || look->value != value) {
		*look = (struct look){ .since = spin->since,
				       .where = where,
				       .addr = addr,
				       .value = value,
				       .times = 1 };
		return;
	}
	if (++look->times < ROUNDS)
		return;
	look->times = 0;
	if (spin->position != look->position) {
		look->position = spin->position;
		return;
	}
	/* All that the loop looks at is to be looked at again. */
	for (i = 0; i < LOOKS; i++)
		spin->looks[i].times = 0;
	machine_spin(threads_own_site(MACHINE_SPINS));
}

void threads_stored(void)
{
	spin_of_self()->since++;
}
