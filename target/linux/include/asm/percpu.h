/* SPDX-License-Identifier: GPL-2.0 */
/* asm/percpu.h: areas of the simulated CPUs. An operation on one's own area is
 * one step, as a single instruction of x86 is, and no access point. */
#ifndef ASM_PERCPU_H
#define ASM_PERCPU_H

#include "machine_point.h"

extern unsigned long __per_cpu_offset[];
#define __my_cpu_offset __per_cpu_offset[machine.self->cpu]

/* One section: a name that is an identifier has start and stop symbols. */
#define PER_CPU_BASE_SECTION "linux_percpu"
#define PER_CPU_SHARED_ALIGNED_SECTION ""
#define PER_CPU_ALIGNED_SECTION ""
#define PER_CPU_FIRST_SECTION ""

/* Where plain accesses are access points, reads and writes are; to change an area
 * stays one step: the compiler announces no atomic. */
#define LINUX_MINE(pcp) raw_cpu_ptr(&(pcp))
#define LINUX_MINE_OP(pcp, op, v)                                              \
	__atomic_##op(LINUX_MINE(pcp), v, __ATOMIC_RELAXED)
#define LINUX_MINE_CMPXCHG(pcp, old, v)                                        \
	__atomic_compare_exchange_n(LINUX_MINE(pcp), old, v, 0,                \
				    __ATOMIC_RELAXED, __ATOMIC_RELAXED)
/* ThreadSanitizer is told that they are marked, too. */
#ifdef MACHINE_TSAN
#define LINUX_MINE_READ(pcp) __atomic_load_n(LINUX_MINE(pcp), __ATOMIC_RELAXED)
#define LINUX_MINE_WRITE(pcp, v)                                               \
	__atomic_store_n(LINUX_MINE(pcp), v, __ATOMIC_RELAXED)
#else
#define LINUX_MINE_READ(pcp) raw_cpu_generic_read(pcp)
#define LINUX_MINE_WRITE(pcp, v) raw_cpu_generic_to_op(pcp, v, =)
#endif
#define linux_mine_cmpxchg(pcp, o, v)                                          \
	({                                                                     \
		__typeof__(pcp) old_ = (o);                                    \
		LINUX_MINE_CMPXCHG(pcp, &old_, v);                             \
		old_;                                                          \
	})

#define this_cpu_read_1(pcp) LINUX_MINE_READ(pcp)
#define this_cpu_write_1(pcp, v) LINUX_MINE_WRITE(pcp, v)
#define this_cpu_add_1(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_add, v))
#define this_cpu_and_1(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_and, v))
#define this_cpu_or_1(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_or, v))
#define this_cpu_add_return_1(pcp, v) LINUX_MINE_OP(pcp, add_fetch, v)
#define this_cpu_xchg_1(pcp, v) LINUX_MINE_OP(pcp, exchange_n, v)
#define this_cpu_cmpxchg_1(pcp, o, v) linux_mine_cmpxchg(pcp, o, v)
#define this_cpu_try_cmpxchg_1(pcp, o, v) LINUX_MINE_CMPXCHG(pcp, o, v)
#define this_cpu_read_2(pcp) LINUX_MINE_READ(pcp)
#define this_cpu_write_2(pcp, v) LINUX_MINE_WRITE(pcp, v)
#define this_cpu_add_2(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_add, v))
#define this_cpu_and_2(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_and, v))
#define this_cpu_or_2(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_or, v))
#define this_cpu_add_return_2(pcp, v) LINUX_MINE_OP(pcp, add_fetch, v)
#define this_cpu_xchg_2(pcp, v) LINUX_MINE_OP(pcp, exchange_n, v)
#define this_cpu_cmpxchg_2(pcp, o, v) linux_mine_cmpxchg(pcp, o, v)
#define this_cpu_try_cmpxchg_2(pcp, o, v) LINUX_MINE_CMPXCHG(pcp, o, v)
#define this_cpu_read_4(pcp) LINUX_MINE_READ(pcp)
#define this_cpu_write_4(pcp, v) LINUX_MINE_WRITE(pcp, v)
#define this_cpu_add_4(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_add, v))
#define this_cpu_and_4(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_and, v))
#define this_cpu_or_4(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_or, v))
#define this_cpu_add_return_4(pcp, v) LINUX_MINE_OP(pcp, add_fetch, v)
#define this_cpu_xchg_4(pcp, v) LINUX_MINE_OP(pcp, exchange_n, v)
#define this_cpu_cmpxchg_4(pcp, o, v) linux_mine_cmpxchg(pcp, o, v)
#define this_cpu_try_cmpxchg_4(pcp, o, v) LINUX_MINE_CMPXCHG(pcp, o, v)
#define this_cpu_read_8(pcp) LINUX_MINE_READ(pcp)
#define this_cpu_write_8(pcp, v) LINUX_MINE_WRITE(pcp, v)
#define this_cpu_add_8(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_add, v))
#define this_cpu_and_8(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_and, v))
#define this_cpu_or_8(pcp, v) ((void)LINUX_MINE_OP(pcp, fetch_or, v))
#define this_cpu_add_return_8(pcp, v) LINUX_MINE_OP(pcp, add_fetch, v)
#define this_cpu_xchg_8(pcp, v) LINUX_MINE_OP(pcp, exchange_n, v)
#define this_cpu_cmpxchg_8(pcp, o, v) linux_mine_cmpxchg(pcp, o, v)
#define this_cpu_try_cmpxchg_8(pcp, o, v) LINUX_MINE_CMPXCHG(pcp, o, v)

#include <asm-generic/percpu.h>

#endif
