/* SPDX-License-Identifier: GPL-2.0 */
/* asm/atomic.h: atomic counters are access points. Those that change the counter
 * under a condition are one step, as where cmpxchg loops are, they end with one. */
#ifndef ASM_ATOMIC_H
#define ASM_ATOMIC_H

#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/cmpxchg.h>

#define LINUX_ATOMIC(kind, type)                                               \
	LINUX_READ_SET(kind, type)                                             \
	LINUX_ADDS(kind, type)                                                 \
	LINUX_LOGIC(kind, type)                                                \
	LINUX_CONDITIONS(kind, type)

/* One step on v->counter: @step sets old and new. */
#define LINUX_STEP(name, type, kind_, order, step)                             \
	type old, new;                                                         \
	machine_before(SITE(name, "", kind_, order, sizeof(type)),             \
		       &v->counter, NULL);                                     \
	step;                                                                  \
	machine_after((uint64_t)old, (uint64_t)new)

#define LINUX_READ_SET(kind, type)                                             \
static __always_inline type arch_##kind##_read(const kind##_t *v)              \
{                                                                              \
	LINUX_STEP(#kind "_read", type, MACHINE_LOADS, MACHINE_ONCE,           \
		   old = new = __atomic_load_n(&v->counter, __ATOMIC_RELAXED));\
	return old;                                                            \
}                                                                              \
static __always_inline void arch_##kind##_set(kind##_t *v, type i)             \
{                                                                              \
	LINUX_STEP(#kind "_set", type, MACHINE_STORES, MACHINE_ONCE,           \
		   (old = new = i,                                             \
		    __atomic_store_n(&v->counter, i, __ATOMIC_RELAXED)));      \
}

/* void, add_return, fetch_add */
#define LINUX_RMW(kind, type, op, builtin, after)                              \
static __always_inline void arch_##kind##_##op(type i, kind##_t *v)            \
{                                                                              \
	LINUX_STEP(#kind "_" #op, type, MACHINE_RMWS, MACHINE_ONCE,            \
		   (old = builtin(&v->counter, i, LINUX_SEQ_CST),            \
		    new = (after)));                                           \
}                                                                              \
static __always_inline type arch_##kind##_fetch_##op(type i, kind##_t *v)      \
{                                                                              \
	LINUX_STEP(#kind "_fetch_" #op, type, MACHINE_RMWS, MACHINE_FULL,      \
		   (old = builtin(&v->counter, i, LINUX_SEQ_CST),            \
		    new = (after)));                                           \
	return old;                                                            \
}
#define LINUX_RMW_RETURN(kind, type, op, builtin, after)                       \
static __always_inline type arch_##kind##_##op##_return(type i, kind##_t *v)   \
{                                                                              \
	LINUX_STEP(#kind "_" #op "_return", type, MACHINE_RMWS, MACHINE_FULL,  \
		   (old = builtin(&v->counter, i, LINUX_SEQ_CST),            \
		    new = (after)));                                           \
	return new;                                                            \
}
/* inc, dec: as add, sub, with a name of their own */
#define LINUX_BY_ONE(kind, type, op, i)                                        \
static __always_inline void arch_##kind##_##op(kind##_t *v)                    \
{                                                                              \
	LINUX_STEP(#kind "_" #op, type, MACHINE_RMWS, MACHINE_ONCE,            \
		   (old = __atomic_fetch_add(&v->counter, i, LINUX_SEQ_CST), \
		    new = old + (i)));                                         \
}                                                                              \
static __always_inline bool arch_##kind##_##op##_and_test(kind##_t *v)         \
{                                                                              \
	LINUX_STEP(#kind "_" #op "_and_test", type, MACHINE_RMWS, MACHINE_FULL,\
		   (old = __atomic_fetch_add(&v->counter, i, LINUX_SEQ_CST), \
		    new = old + (i)));                                         \
	return !new;                                                           \
}
#define LINUX_ADDS(kind, type)                                                 \
	LINUX_RMW(kind, type, add, __atomic_fetch_add, old + i)                \
	LINUX_RMW_RETURN(kind, type, add, __atomic_fetch_add, old + i)         \
	LINUX_RMW(kind, type, sub, __atomic_fetch_sub, old - i)                \
	LINUX_RMW_RETURN(kind, type, sub, __atomic_fetch_sub, old - i)         \
	LINUX_BY_ONE(kind, type, inc, 1)                                       \
	LINUX_BY_ONE(kind, type, dec, -1)                                      \
static __always_inline bool arch_##kind##_sub_and_test(type i, kind##_t *v)    \
{                                                                              \
	LINUX_STEP(#kind "_sub_and_test", type, MACHINE_RMWS, MACHINE_FULL,    \
		   (old = __atomic_fetch_sub(&v->counter, i, LINUX_SEQ_CST),\
		    new = old - i));                                           \
	return !new;                                                           \
}
#define LINUX_LOGIC(kind, type)                                                \
	LINUX_RMW(kind, type, and, __atomic_fetch_and, old & i)                \
	LINUX_RMW(kind, type, or, __atomic_fetch_or, old | i)                  \
	LINUX_RMW(kind, type, xor, __atomic_fetch_xor, old ^ i)

#define LINUX_CMPXCHG(kind, type, op, order)                                   \
	static __always_inline type arch_##kind##_##op(kind##_t *v, type want, \
						       type value)             \
	{                                                                      \
		LINUX_STEP(#kind "_" #op, type, MACHINE_RMWS, order,           \
			   (old = want,                                        \
			    new = __atomic_compare_exchange_n(                 \
					  &v->counter, &old, value, 0,         \
					  LINUX_SEQ_CST,                    \
					  LINUX_SEQ_CST) ?                  \
					  value :                              \
					  old));                               \
		return old;                                                    \
	}
#define LINUX_CONDITIONS(kind, type)                                           \
	LINUX_CMPXCHG(kind, type, cmpxchg, MACHINE_FULL)                       \
	LINUX_CMPXCHG(kind, type, cmpxchg_relaxed, MACHINE_ONCE)               \
	static __always_inline type arch_##kind##_xchg(kind##_t *v,            \
						       type value)             \
	{                                                                      \
		LINUX_STEP(#kind "_xchg", type, MACHINE_RMWS, MACHINE_FULL,    \
			   (new = value,                                       \
			    old = __atomic_exchange_n(&v->counter, value,      \
						      LINUX_SEQ_CST)));     \
		return old;                                                    \
	}                                                                      \
	static __always_inline type arch_##kind##_fetch_add_unless(            \
		kind##_t *v, type a, type u)                                   \
	{                                                                      \
		LINUX_STEP(#kind "_add_unless", type, MACHINE_RMWS,            \
			   MACHINE_FULL,                                       \
			   (old = __atomic_load_n(&v->counter,                 \
						  __ATOMIC_RELAXED),           \
			    new = old == u ? old : old + a,                    \
			    new == old ? (void)0 :                             \
			    __atomic_store_n(&v->counter, new,                 \
					     __ATOMIC_RELAXED)));              \
		return old;                                                    \
	}

LINUX_ATOMIC(atomic, int)
#define ATOMIC64_INIT(i) { (i) }
LINUX_ATOMIC(atomic64, s64)

/* That they exist is told to the generic headers by these. */
#define arch_atomic_add arch_atomic_add
#define arch_atomic_sub arch_atomic_sub
#define arch_atomic_inc arch_atomic_inc
#define arch_atomic_dec arch_atomic_dec
#define arch_atomic_and arch_atomic_and
#define arch_atomic_or arch_atomic_or
#define arch_atomic_xor arch_atomic_xor
#define arch_atomic_add_return arch_atomic_add_return
#define arch_atomic_sub_return arch_atomic_sub_return
#define arch_atomic_inc_and_test arch_atomic_inc_and_test
#define arch_atomic_dec_and_test arch_atomic_dec_and_test
#define arch_atomic_sub_and_test arch_atomic_sub_and_test
#define arch_atomic_fetch_add arch_atomic_fetch_add
#define arch_atomic_fetch_sub arch_atomic_fetch_sub
#define arch_atomic_fetch_and arch_atomic_fetch_and
#define arch_atomic_fetch_or arch_atomic_fetch_or
#define arch_atomic_fetch_xor arch_atomic_fetch_xor
#define arch_atomic_cmpxchg arch_atomic_cmpxchg
#define arch_atomic_cmpxchg_relaxed arch_atomic_cmpxchg_relaxed
#define arch_atomic_xchg arch_atomic_xchg
#define arch_atomic_fetch_add_unless arch_atomic_fetch_add_unless
#define arch_atomic64_add arch_atomic64_add
#define arch_atomic64_sub arch_atomic64_sub
#define arch_atomic64_inc arch_atomic64_inc
#define arch_atomic64_dec arch_atomic64_dec
#define arch_atomic64_and arch_atomic64_and
#define arch_atomic64_or arch_atomic64_or
#define arch_atomic64_xor arch_atomic64_xor
#define arch_atomic64_add_return arch_atomic64_add_return
#define arch_atomic64_sub_return arch_atomic64_sub_return
#define arch_atomic64_inc_and_test arch_atomic64_inc_and_test
#define arch_atomic64_dec_and_test arch_atomic64_dec_and_test
#define arch_atomic64_sub_and_test arch_atomic64_sub_and_test
#define arch_atomic64_fetch_add arch_atomic64_fetch_add
#define arch_atomic64_fetch_sub arch_atomic64_fetch_sub
#define arch_atomic64_fetch_and arch_atomic64_fetch_and
#define arch_atomic64_fetch_or arch_atomic64_fetch_or
#define arch_atomic64_fetch_xor arch_atomic64_fetch_xor
#define arch_atomic64_cmpxchg arch_atomic64_cmpxchg
#define arch_atomic64_cmpxchg_relaxed arch_atomic64_cmpxchg_relaxed
#define arch_atomic64_xchg arch_atomic64_xchg
#define arch_atomic64_fetch_add_unless arch_atomic64_fetch_add_unless

#endif
