/* SPDX-License-Identifier: GPL-2.0 */
/* asm/rwonce.h: marked loads and stores are access points. */
#ifndef ASM_RWONCE_H
#define ASM_RWONCE_H

#include <asm-generic/rwonce.h>
#include <asm/machine.h>

/* An address may be followed: the order that rcu_dereference() counts on. */
#ifdef MACHINE_TSAN
#define LINUX_LOADS(x)                                                         \
	(__builtin_classify_type(x) == 5 ? MACHINE_DEPEND : MACHINE_ONCE)
#else
#define LINUX_LOADS(x) MACHINE_ONCE
#endif

#undef READ_ONCE
#define READ_ONCE(x)                                                           \
	({                                                                     \
		__typeof__(&(x)) at_ = &(x);                                   \
		machine_before(SITE("READ_ONCE", #x, MACHINE_LOADS,            \
				    LINUX_LOADS(x), sizeof(*at_)),             \
			       at_, NULL);                                     \
		__unqual_scalar_typeof(x) got_ = __READ_ONCE(*at_);            \
		machine_after(machine_bits(got_), machine_bits(got_));         \
		got_;                                                          \
	})

#undef WRITE_ONCE
#define WRITE_ONCE(x, value)                                                   \
	do {                                                                   \
		__typeof__(&(x)) at_ = &(x);                                   \
		__unqual_scalar_typeof(x) put_ = (value);                      \
		machine_before(SITE("WRITE_ONCE", #x, MACHINE_STORES,          \
				    MACHINE_ONCE, sizeof(*at_)), at_, NULL);   \
		__WRITE_ONCE(*at_, put_);                                      \
		machine_after(machine_bits(put_), machine_bits(put_));         \
	} while (0)

#endif
