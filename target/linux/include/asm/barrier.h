/* SPDX-License-Identifier: GPL-2.0 */
/* asm/barrier.h: fences are told to the machine and are no access points, as each
 * stands between two; acquire and release are. */
#ifndef ASM_BARRIER_H
#define ASM_BARRIER_H

#include <asm/rwonce.h>

#define LINUX_FENCE(order)                                                     \
	do {                                                                   \
		barrier();                                                     \
		machine_fence(order);                                          \
	} while (0)
#define mb() LINUX_FENCE(MACHINE_FULL)
#define rmb() LINUX_FENCE(MACHINE_RMB)
#define wmb() LINUX_FENCE(MACHINE_WMB)
#define __smp_mb() LINUX_FENCE(MACHINE_FULL)
#define __smp_rmb() LINUX_FENCE(MACHINE_RMB)
#define __smp_wmb() LINUX_FENCE(MACHINE_WMB)

#define __smp_load_acquire(p)                                                  \
	({                                                                     \
		__typeof__(p) at_ = (p);                                       \
		machine_before(SITE("smp_load_acquire", #p, MACHINE_LOADS,     \
				    MACHINE_ACQUIRE, sizeof(*at_)), at_, NULL);\
		__unqual_scalar_typeof(*(p)) got_ = __READ_ONCE(*at_);         \
		machine_after(machine_bits(got_), machine_bits(got_));         \
		(__typeof__(*(p)))got_;                                        \
	})
#define __smp_store_release(p, value)                                          \
	do {                                                                   \
		__typeof__(p) at_ = (p);                                       \
		__unqual_scalar_typeof(*(p)) put_ = (value);                   \
		machine_before(SITE("smp_store_release", #p, MACHINE_STORES,   \
				    MACHINE_RELEASE, sizeof(*at_)), at_, NULL);\
		__WRITE_ONCE(*at_, put_);                                      \
		machine_after(machine_bits(put_), machine_bits(put_));         \
	} while (0)

#include <asm-generic/barrier.h>

#endif
