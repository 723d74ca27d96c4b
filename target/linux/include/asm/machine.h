/* SPDX-License-Identifier: GPL-2.0 */
/*
 * asm/machine.h: the simulated machine, for the other headers of this folder.
 *
 * Every marked access of kernel code goes through one of these four. They are
 * expanded in functions that are always inlined, so that each caller is a site
 * of its own.
 * See: target/machine_point.h, target/linux/site.h.
 */
#ifndef ASM_MACHINE_H
#define ASM_MACHINE_H

#include <linux/types.h>
#include "machine_point.h"
#include "site.h"

/*
 * ThreadSanitizer is told by the machine what is before what: by each accessor's own
 * order. All of them being full would hide races.
 */
#ifdef MACHINE_TSAN
#define LINUX_SEQ_CST __ATOMIC_RELAXED
#else
#define LINUX_SEQ_CST __ATOMIC_SEQ_CST
#endif

/* The bits of a scalar, whatever its type (pte_t is a struct). */
#define machine_bits(x)                                                        \
	({                                                                     \
		uint64_t bits_ = 0;                                            \
		__builtin_memcpy(&bits_, &(x), sizeof(x));                     \
		bits_;                                                         \
	})

/*
 * Of itself glue makes no plain accesses: it says so where it makes them for the kernel.
 * What was done before the last machine_parts(@at) is before what follows machine_joins().
 */
#ifdef MACHINE_TSAN
void __tsan_read_range(void *at, unsigned long size);
void __tsan_write_range(void *at, unsigned long size);
void __tsan_acquire(void *at);
void __tsan_release(void *at);
#define machine_reads(at, size) __tsan_read_range((void *)(at), size)
#define machine_writes(at, size) __tsan_write_range(at, size)
#define machine_joins(at) __tsan_acquire(at)
#define machine_parts(at) __tsan_release(at)
#else
#define machine_reads(at, size) ((void)0)
#define machine_writes(at, size) ((void)0)
#define machine_joins(at) ((void)0)
#define machine_parts(at) ((void)0)
#endif

/* @load: expression that reads *@at. */
#define machine_load(name, text, at, order, load)                              \
	({                                                                     \
		__auto_type got_ = *(at);                                      \
		machine_before(SITE(name, text, MACHINE_LOADS, order,          \
				    sizeof(*(at))), at, NULL);                 \
		got_ = (load);                                                 \
		machine_after(machine_bits(got_), machine_bits(got_));         \
		got_;                                                          \
	})

#endif
