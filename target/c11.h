/* SPDX-License-Identifier: MIT */
/*
 * c11.h: the names of <stdatomic.h>, <pthread.h>, <semaphore.h> and <threads.h>
 * over the machine, for code of user space that can include one header: in place
 * of those, or after them.
 *
 * Promises:
 *  1. Each use of atomic_*() is an access point of the order that it names, and a
 *     constant has to name it. The weak compare-exchange fails as the strong one.
 *  2. Mutexes, condition variables and the rest are those of machine_mutex.h and
 *     machine_gates.h. sched_yield() and thrd_yield() are cpu_relax(): the loop
 *     around them waits for somebody's store.
 *  3. sleep() and its like let others go first; time does not pass.
 * Limits: an atomic is an integer or a pointer; plain use of one (x++, x = 1) is
 *   no access point. In C++, _Atomic(T) is T. Tasks are the program's: threads
 *   are neither created nor joined.
 * Yields: in each of them, but for the inits.
 */
#ifndef TARGET_C11_H
#define TARGET_C11_H

#ifdef __cplusplus
#include <cstddef>
#include <cstdint>
#else
#include <stdatomic.h>
#include <threads.h>
#endif
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <time.h>
#include <unistd.h>

#include "machine.h"
#include "machine_gates.h"

/* ---------------------------------------------------------------- atomics */

#ifdef __cplusplus
#define C11_AUTO auto
#define C11_BARE(p) __typeof__(*(p))
#define _Atomic(T) T
enum memory_order {
	memory_order_relaxed = __ATOMIC_RELAXED,
	memory_order_consume = __ATOMIC_CONSUME,
	memory_order_acquire = __ATOMIC_ACQUIRE,
	memory_order_release = __ATOMIC_RELEASE,
	memory_order_acq_rel = __ATOMIC_ACQ_REL,
	memory_order_seq_cst = __ATOMIC_SEQ_CST,
};
typedef bool atomic_bool;
typedef char atomic_char;
typedef int atomic_int;
typedef unsigned int atomic_uint;
typedef long atomic_long;
typedef unsigned long atomic_ulong;
typedef long long atomic_llong;
typedef unsigned long long atomic_ullong;
typedef size_t atomic_size_t;
typedef intptr_t atomic_intptr_t;
typedef uintptr_t atomic_uintptr_t;
#define ATOMIC_FLAG_INIT { false }
struct atomic_flag {
	bool value;
};
#define C11_FLAG(p) (&(p)->value)
#else
#define C11_AUTO __auto_type
/* What is read of an atomic is none. */
#define C11_BARE(p) __typeof__((void)0, *(p))
#define C11_FLAG(p) ((bool *)(p)) /* of both compilers it is nothing else */
#endif

#undef atomic_init
#undef atomic_load
#undef atomic_load_explicit
#undef atomic_store
#undef atomic_store_explicit
#undef atomic_exchange
#undef atomic_exchange_explicit
#undef atomic_compare_exchange_strong
#undef atomic_compare_exchange_strong_explicit
#undef atomic_compare_exchange_weak
#undef atomic_compare_exchange_weak_explicit
#undef atomic_fetch_add
#undef atomic_fetch_add_explicit
#undef atomic_fetch_sub
#undef atomic_fetch_sub_explicit
#undef atomic_fetch_or
#undef atomic_fetch_or_explicit
#undef atomic_fetch_xor
#undef atomic_fetch_xor_explicit
#undef atomic_fetch_and
#undef atomic_fetch_and_explicit
#undef atomic_flag_test_and_set
#undef atomic_flag_test_and_set_explicit
#undef atomic_flag_clear
#undef atomic_flag_clear_explicit
#undef atomic_thread_fence
#undef atomic_signal_fence

#define C11_LOAD_ORDER(o)                                                      \
	((o) == memory_order_relaxed ? MACHINE_ONCE :                          \
	 (o) == memory_order_consume ? MACHINE_DEPEND :                        \
	 (o) == memory_order_acquire ? MACHINE_ACQUIRE :                       \
				       MACHINE_FULL)
#define C11_STORE_ORDER(o)                                                     \
	((o) == memory_order_relaxed ? MACHINE_ONCE :                          \
	 (o) == memory_order_release ? MACHINE_RELEASE :                       \
				       MACHINE_FULL)
/* Of both sides: more than was asked for, rather than less. */
#define C11_RMW_ORDER(o)                                                       \
	((o) == memory_order_relaxed ? MACHINE_ONCE :                          \
	 (o) == memory_order_acquire ? MACHINE_ACQUIRE :                       \
	 (o) == memory_order_release ? MACHINE_RELEASE :                       \
				       MACHINE_FULL)
#define C11_SITE(name, text, kind, order, at)                                  \
	SITE(name, text, kind, order, sizeof(*(at)))

#define atomic_init(p, v)                                                      \
	({                                                                     \
		C11_AUTO given_ = (p);                                         \
		*(C11_BARE(given_) *)(uintptr_t)given_ = (v);                  \
	})

#define C11_LOAD(p, o, text)                                                   \
	({                                                                     \
		C11_AUTO given_ = (p);                                         \
		C11_BARE(given_) *at_ = (C11_BARE(given_) *)(uintptr_t)given_, \
				 got_;                                         \
		uint64_t answer_ = 0;                                          \
		if (machine_before(C11_SITE("atomic_load", text,               \
					    MACHINE_LOADS, C11_LOAD_ORDER(o),  \
					    at_),                              \
				   at_, &answer_))                             \
			got_ = (C11_BARE(given_))(uintptr_t)answer_;           \
		else                                                           \
			got_ = __atomic_load_n(at_, o);                        \
		machine_after(MACHINE_BITS(got_), MACHINE_BITS(got_));         \
		got_;                                                          \
	})
#define atomic_load_explicit(p, o) C11_LOAD(p, o, #p)
#define atomic_load(p) C11_LOAD(p, memory_order_seq_cst, #p)

#define C11_STORE(p, v, o, text)                                               \
	({                                                                     \
		C11_AUTO given_ = (p);                                         \
		C11_BARE(given_) *at_ = (C11_BARE(given_) *)(uintptr_t)given_, \
				 put_ = (v);                                   \
		uint64_t taken_ = MACHINE_BITS(put_);                          \
		if (!machine_before(C11_SITE("atomic_store", text,             \
					     MACHINE_STORES,                   \
					     C11_STORE_ORDER(o), at_),         \
				    at_, &taken_))                             \
			__atomic_store_n(at_, put_, o);                        \
		machine_after(MACHINE_BITS(put_), MACHINE_BITS(put_));         \
	})
#define atomic_store_explicit(p, v, o) C11_STORE(p, v, o, #p)
#define atomic_store(p, v) C11_STORE(p, v, memory_order_seq_cst, #p)

/* @step performs it, and sets old_ and new_ from operand_. */
#define C11_RMW(name, p, v, o, text, step)                                     \
	({                                                                     \
		C11_AUTO given_ = (p);                                         \
		C11_BARE(given_) *at_ = (C11_BARE(given_) *)(uintptr_t)given_, \
				 old_, new_, operand_ = (v);                   \
		uint64_t bits_ = MACHINE_BITS(operand_);                       \
		machine_before(C11_SITE(name, text, MACHINE_RMWS,              \
					C11_RMW_ORDER(o), at_),                \
			       at_, &bits_);                                   \
		step;                                                          \
		machine_after(MACHINE_BITS(old_), MACHINE_BITS(new_));         \
		old_;                                                          \
	})
#define C11_EXCHANGE(p, v, o, text)                                            \
	C11_RMW("atomic_exchange", p, v, o, text,                              \
		(new_ = operand_, old_ = __atomic_exchange_n(at_, new_, o)))
#define atomic_exchange_explicit(p, v, o) C11_EXCHANGE(p, v, o, #p)
#define atomic_exchange(p, v) C11_EXCHANGE(p, v, memory_order_seq_cst, #p)

#define C11_FETCH(what, sign, p, v, o, text)                                   \
	C11_RMW("atomic_fetch_" #what, p, v, o, text,                          \
		(old_ = __atomic_fetch_##what(at_, operand_, o),               \
		 new_ = old_ sign operand_))
#define atomic_fetch_add_explicit(p, v, o) C11_FETCH(add, +, p, v, o, #p)
#define atomic_fetch_sub_explicit(p, v, o) C11_FETCH(sub, -, p, v, o, #p)
#define atomic_fetch_or_explicit(p, v, o) C11_FETCH(or, |, p, v, o, #p)
#define atomic_fetch_xor_explicit(p, v, o) C11_FETCH(xor, ^, p, v, o, #p)
#define atomic_fetch_and_explicit(p, v, o) C11_FETCH(and, &, p, v, o, #p)
#define atomic_fetch_add(p, v) C11_FETCH(add, +, p, v, memory_order_seq_cst, #p)
#define atomic_fetch_sub(p, v) C11_FETCH(sub, -, p, v, memory_order_seq_cst, #p)
#define atomic_fetch_or(p, v) C11_FETCH(or, |, p, v, memory_order_seq_cst, #p)
#define atomic_fetch_xor(p, v) C11_FETCH(xor, ^, p, v, memory_order_seq_cst, #p)
#define atomic_fetch_and(p, v) C11_FETCH(and, &, p, v, memory_order_seq_cst, #p)

#define C11_CAS(name, p, e, d, s, f, text)                                     \
	({                                                                     \
		C11_AUTO given_ = (p);                                         \
		C11_BARE(given_) *at_ = (C11_BARE(given_) *)(uintptr_t)given_; \
		C11_BARE(given_) *want_ = (e), old_ = *want_, new_ = (d);      \
		uint64_t bits_ = MACHINE_BITS(new_);                           \
		bool done_;                                                    \
		machine_before(C11_SITE(name, text, MACHINE_RMWS,              \
					C11_RMW_ORDER(s), at_),                \
			       at_, &bits_);                                   \
		done_ = __atomic_compare_exchange_n(at_, &old_, new_, 0, s,    \
						    f);                        \
		machine_after(MACHINE_BITS(old_),                              \
			      MACHINE_BITS(done_ ? new_ : old_));              \
		*want_ = old_;                                                 \
		done_;                                                         \
	})
#define C11_CAS_STRONG "atomic_compare_exchange_strong"
#define C11_CAS_WEAK "atomic_compare_exchange_weak"
#define atomic_compare_exchange_strong_explicit(p, e, d, s, f)                 \
	C11_CAS(C11_CAS_STRONG, p, e, d, s, f, #p)
#define atomic_compare_exchange_weak_explicit(p, e, d, s, f)                   \
	C11_CAS(C11_CAS_WEAK, p, e, d, s, f, #p)
#define atomic_compare_exchange_strong(p, e, d)                                \
	C11_CAS(C11_CAS_STRONG, p, e, d, memory_order_seq_cst,                 \
		memory_order_seq_cst, #p)
#define atomic_compare_exchange_weak(p, e, d)                                  \
	C11_CAS(C11_CAS_WEAK, p, e, d, memory_order_seq_cst,                   \
		memory_order_seq_cst, #p)

#define C11_SET(p, o, text)                                                    \
	C11_RMW("atomic_flag_test_and_set", C11_FLAG(p), true, o, text,        \
		(new_ = operand_, old_ = __atomic_exchange_n(at_, new_, o)))
#define atomic_flag_test_and_set_explicit(p, o) C11_SET(p, o, #p)
#define atomic_flag_test_and_set(p) C11_SET(p, memory_order_seq_cst, #p)
#define atomic_flag_clear_explicit(p, o) C11_STORE(C11_FLAG(p), false, o, #p)
#define atomic_flag_clear(p)                                                   \
	C11_STORE(C11_FLAG(p), false, memory_order_seq_cst, #p)

/* One that orders nothing is none. */
#define atomic_thread_fence(o)                                                 \
	do {                                                                   \
		if ((o) != memory_order_relaxed)                               \
			MACHINE_FENCE("atomic_thread_fence", MACHINE_FULL, o); \
	} while (0)
#define atomic_signal_fence(o) __atomic_signal_fence(o)

#include "c11_thread.h"

#endif
