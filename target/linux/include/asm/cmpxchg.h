/* SPDX-License-Identifier: GPL-2.0 */
/* asm/cmpxchg.h: exchanges are access points. */
#ifndef ASM_CMPXCHG_H
#define ASM_CMPXCHG_H

#include <asm/machine.h>

#define arch_xchg(p, value)                                                    \
	({                                                                     \
		__typeof__(p) at_ = (p);                                       \
		__typeof__(*at_) new_ = (__typeof__(*at_))(value), old_;       \
		machine_before(SITE("xchg", #p, MACHINE_RMWS, MACHINE_FULL,    \
				    sizeof(*at_)),                             \
			       at_, NULL);                                     \
		old_ = __atomic_exchange_n(at_, new_, LINUX_SEQ_CST);          \
		machine_after(machine_bits(old_), machine_bits(new_));         \
		old_;                                                          \
	})

#define arch_cmpxchg(p, want, value)                                           \
	({                                                                     \
		__typeof__(p) at_ = (p);                                       \
		__typeof__(*at_) old_ = (__typeof__(*at_))(want);              \
		__typeof__(*at_) new_ = (__typeof__(*at_))(value);             \
		machine_before(SITE("cmpxchg", #p, MACHINE_RMWS, MACHINE_FULL, \
				    sizeof(*at_)),                             \
			       at_, NULL);                                     \
		if (__atomic_compare_exchange_n(at_, &old_, new_, 0,           \
						LINUX_SEQ_CST, LINUX_SEQ_CST)) \
			machine_after(machine_bits(old_), machine_bits(new_)); \
		else                                                           \
			machine_after(machine_bits(old_), machine_bits(old_)); \
		old_;                                                          \
	})
#define arch_cmpxchg64 arch_cmpxchg
#define arch_cmpxchg_local arch_cmpxchg
#define arch_cmpxchg64_local arch_cmpxchg
#define arch_cmpxchg_relaxed arch_cmpxchg
#define arch_cmpxchg_acquire arch_cmpxchg
#define arch_cmpxchg_release arch_cmpxchg
#define arch_xchg_relaxed arch_xchg
#define arch_xchg_acquire arch_xchg
#define arch_xchg_release arch_xchg

#endif
