/* SPDX-License-Identifier: MIT */
/*
 * atomics.c: what -fsanitize=thread calls in place of atomics, of one to eight
 * bytes. An order that is given as a number is the site's from its first visit.
 */
#include "runtime.h"

/* Those of C11, as the compiler numbers them, in the machine's words. */
static enum machine_order order_of(int order, enum machine_kind kind)
{
	switch (order) {
	case __ATOMIC_RELAXED:
		return MACHINE_ONCE;
	case __ATOMIC_CONSUME:
		return MACHINE_DEPEND;
	case __ATOMIC_ACQUIRE:
		return kind == MACHINE_STORES ? MACHINE_FULL : MACHINE_ACQUIRE;
	case __ATOMIC_RELEASE:
		return kind == MACHINE_LOADS ? MACHINE_FULL : MACHINE_RELEASE;
	default: /* of both sides: more than was asked for, rather than less */
		return MACHINE_FULL;
	}
}

/* Announce it. */
static void atomic_before(uintptr_t where, const volatile void *addr,
			  size_t size, enum machine_kind kind, int order,
			  uint64_t *operand)
{
	struct site *site;

	threads_settle();
	site = threads_site(where, kind);
	site->order = (uint8_t)order_of(order, kind);
	machine_before(site, addr, operand);
	if ((uintptr_t)addr < 65536)
		machine_bug("null-dereference");
	heap_check(addr, size);
}

/* A read-modify-write; what changes nothing is a look. */
static void atomic_after(uintptr_t where, const volatile void *addr,
			 uint64_t old, uint64_t now)
{
	machine_after(old, now);
	if (old == now)
		threads_looked(where, addr, old);
	else
		threads_stored();
}

#define ATOMIC_BITS(value) ((uint64_t)(value))

#define ATOMIC_LOAD(bits)                                                      \
	uint##bits##_t __tsan_atomic##bits##_load(                             \
		const volatile uint##bits##_t *at, int order);                 \
	uint##bits##_t __tsan_atomic##bits##_load(                             \
		const volatile uint##bits##_t *at, int order)                  \
	{                                                                      \
		uint##bits##_t got;                                            \
		threads_look(THREADS_HERE, at);                                \
		if (!threads.running)                                          \
			return __atomic_load_n(at, __ATOMIC_SEQ_CST);          \
		atomic_before(THREADS_HERE, at, sizeof(*at), MACHINE_LOADS,    \
			      order, NULL);                                    \
		got = __atomic_load_n(at, __ATOMIC_SEQ_CST);                   \
		machine_after(got, got);                                       \
		threads_looked(THREADS_HERE, at, got);                         \
		return got;                                                    \
	}

#define ATOMIC_STORE(bits)                                                     \
	void __tsan_atomic##bits##_store(volatile uint##bits##_t *at,          \
					 uint##bits##_t value, int order);     \
	void __tsan_atomic##bits##_store(volatile uint##bits##_t *at,          \
					 uint##bits##_t value, int order)      \
	{                                                                      \
		uint64_t operand = ATOMIC_BITS(value);                         \
		if (threads.running)                                           \
			atomic_before(THREADS_HERE, at, sizeof(*at),           \
				      MACHINE_STORES, order, &operand);        \
		__atomic_store_n(at, value, __ATOMIC_SEQ_CST);                 \
		if (!threads.running)                                          \
			return;                                                \
		machine_after(operand, operand);                               \
		threads_stored();                                              \
	}

/* @step performs it, with old before and value after it, as now. */
#define ATOMIC_RMW(bits, name, step)                                           \
	uint##bits##_t __tsan_atomic##bits##_##name(                           \
		volatile uint##bits##_t *at, uint##bits##_t value, int order); \
	uint##bits##_t __tsan_atomic##bits##_##name(                           \
		volatile uint##bits##_t *at, uint##bits##_t value, int order)  \
	{                                                                      \
		uint##bits##_t old, now;                                       \
		uint64_t operand = ATOMIC_BITS(value);                         \
		threads_look(THREADS_HERE, at);                                \
		if (threads.running)                                           \
			atomic_before(THREADS_HERE, at, sizeof(*at),           \
				      MACHINE_RMWS, order, &operand);          \
		old = __atomic_load_n(at, __ATOMIC_SEQ_CST);                   \
		now = (uint##bits##_t)(step);                                  \
		__atomic_store_n(at, now, __ATOMIC_SEQ_CST);                   \
		if (threads.running)                                           \
			atomic_after(THREADS_HERE, at, ATOMIC_BITS(old),       \
				     ATOMIC_BITS(now));                        \
		return old;                                                    \
	}

#define CAS(bits, name, returns, result)                                       \
	returns __tsan_atomic##bits##_compare_exchange_##name(                 \
		volatile uint##bits##_t *at, CAS_WANT_##name(bits) given,      \
		uint##bits##_t value, int order, int failing);                 \
	returns __tsan_atomic##bits##_compare_exchange_##name(                 \
		volatile uint##bits##_t *at, CAS_WANT_##name(bits) given,      \
		uint##bits##_t value, int order, int failing)                  \
	{                                                                      \
		uint##bits##_t old, want = CAS_VALUE_##name(given);            \
		uint64_t operand = ATOMIC_BITS(value);                         \
		(void)failing;                                                 \
		threads_look(THREADS_HERE, at);                                \
		if (threads.running)                                           \
			atomic_before(THREADS_HERE, at, sizeof(*at),           \
				      MACHINE_RMWS, order, &operand);          \
		old = __atomic_load_n(at, __ATOMIC_SEQ_CST);                   \
		if (old == want)                                               \
			__atomic_store_n(at, value, __ATOMIC_SEQ_CST);         \
		if (threads.running)                                           \
			atomic_after(THREADS_HERE, at, ATOMIC_BITS(old),       \
				     ATOMIC_BITS(old == want ? value : old));  \
		CAS_GIVE_##name(given, old);                                   \
		return result;                                                 \
	}

/* By address, as C11 has it, or by value, as LLVM does. */
#define CAS_WANT_strong(bits) uint##bits##_t *
#define CAS_WANT_weak(bits) uint##bits##_t *
#define CAS_WANT_val(bits) uint##bits##_t
#define CAS_VALUE_strong(given) (*(given))
#define CAS_VALUE_weak(given) (*(given))
#define CAS_VALUE_val(given) (given)
#define CAS_GIVE_strong(given, old) (*(given) = (old))
#define CAS_GIVE_weak(given, old) (*(given) = (old))
#define CAS_GIVE_val(given, old) ((void)(given))

#define ATOMIC_ALL(bits)                                                       \
	ATOMIC_LOAD(bits)                                                      \
	ATOMIC_STORE(bits)                                                     \
	ATOMIC_RMW(bits, exchange, value)                                      \
	ATOMIC_RMW(bits, fetch_add, old + value)                               \
	ATOMIC_RMW(bits, fetch_sub, old - value)                               \
	ATOMIC_RMW(bits, fetch_and, old &value)                                \
	ATOMIC_RMW(bits, fetch_or, old | value)                                \
	ATOMIC_RMW(bits, fetch_xor, old ^ value)                               \
	ATOMIC_RMW(bits, fetch_nand, ~(old & value))                           \
	CAS(bits, strong, int, old == want)                                    \
	CAS(bits, weak, int, old == want)                                      \
	CAS(bits, val, uint##bits##_t, old)

ATOMIC_ALL(8)
ATOMIC_ALL(16)
ATOMIC_ALL(32)
ATOMIC_ALL(64)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
	struct site *site;

	if (!threads.running || order == __ATOMIC_RELAXED)
		return;
	threads_settle();
	site = threads_site(THREADS_HERE, MACHINE_FENCES);
	site->order = MACHINE_FULL;
	machine_before(site, NULL, NULL);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	machine_after(0, 0);
}

void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order)
{
	(void)order;
}
