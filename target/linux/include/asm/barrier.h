/* SPDX-License-Identifier: GPL-2.0 */
/* asm/barrier.h: one CPU runs at a time: fences order nothing here and are no
 * access points; acquire and release are. */
#ifndef ASM_BARRIER_H
#define ASM_BARRIER_H

#include <asm/rwonce.h>

#define mb() barrier()
#define rmb() barrier()
#define wmb() barrier()
#define __smp_mb() barrier()
#define __smp_rmb() barrier()
#define __smp_wmb() barrier()

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
