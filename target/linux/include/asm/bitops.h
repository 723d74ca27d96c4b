/* SPDX-License-Identifier: GPL-2.0 */
/* asm/bitops.h: atomic bit operations are access points, and so is test_bit():
 * page flags are tested by it. The others are plain. */
#ifndef ASM_BITOPS_H
#define ASM_BITOPS_H

#ifndef _LINUX_BITOPS_H
#error only <linux/bitops.h> can be included directly
#endif
#include <asm/barrier.h>

#include <asm-generic/bitops/builtin-__ffs.h>
#include <asm-generic/bitops/builtin-__fls.h>
#include <asm-generic/bitops/builtin-ffs.h>
#include <asm-generic/bitops/builtin-fls.h>
#include <asm-generic/bitops/ffz.h>
#include <asm-generic/bitops/fls64.h>
#include <asm-generic/bitops/sched.h>
#include <asm-generic/bitops/hweight.h>

#define LINUX_WORD(nr, addr) ((unsigned long *)(addr) + (nr) / BITS_PER_LONG)
#define LINUX_BIT(nr) (1UL << ((nr) % BITS_PER_LONG))

#define LINUX_BIT_LOAD(name, order)                                            \
	static __always_inline bool _##name(                                   \
		unsigned long nr, const volatile unsigned long *addr)          \
	{                                                                      \
		const unsigned long *at = LINUX_WORD(nr, addr);                \
		unsigned long got;                                             \
                                                                               \
		machine_before(SITE(#name, "", MACHINE_LOADS, order,           \
				    sizeof(*at)),                              \
			       at, NULL);                                      \
		got = __atomic_load_n(at, __ATOMIC_RELAXED);                   \
		machine_after(got, got);                                       \
		return (got & LINUX_BIT(nr)) != 0;                             \
	}
LINUX_BIT_LOAD(test_bit, MACHINE_ONCE)
LINUX_BIT_LOAD(test_bit_acquire, MACHINE_ACQUIRE)

/* A step on the word of bit @nr; the result is the word as it was. */
#define LINUX_BIT_STEP(name, order, builtin, mask, after)                      \
	unsigned long *at = LINUX_WORD(nr, addr), bit = LINUX_BIT(nr), old;    \
	machine_before(SITE(name, "", MACHINE_RMWS, order, sizeof(*at)), at,   \
		       NULL);                                                  \
	old = builtin(at, mask, LINUX_SEQ_CST);                                \
	machine_after(old, after)

#define LINUX_BIT_VOID(name, order, builtin, mask, after)                      \
static __always_inline void name(long nr, volatile unsigned long *addr)        \
{                                                                              \
	LINUX_BIT_STEP(#name, order, builtin, mask, after);                    \
}
#define LINUX_BIT_TEST(name, order, builtin, mask, after)                      \
static __always_inline bool name(long nr, volatile unsigned long *addr)        \
{                                                                              \
	LINUX_BIT_STEP(#name, order, builtin, mask, after);                    \
	return (old & bit) != 0;                                               \
}

LINUX_BIT_VOID(set_bit, MACHINE_ONCE, __atomic_fetch_or, bit, old | bit)
LINUX_BIT_VOID(clear_bit, MACHINE_ONCE, __atomic_fetch_and, ~bit, old & ~bit)
LINUX_BIT_VOID(change_bit, MACHINE_ONCE, __atomic_fetch_xor, bit, old ^ bit)
LINUX_BIT_VOID(clear_bit_unlock, MACHINE_RELEASE, __atomic_fetch_and, ~bit,
	       old & ~bit)
LINUX_BIT_TEST(test_and_set_bit, MACHINE_FULL, __atomic_fetch_or, bit,
	       old | bit)
LINUX_BIT_TEST(test_and_clear_bit, MACHINE_FULL, __atomic_fetch_and, ~bit,
	       old & ~bit)
LINUX_BIT_TEST(test_and_change_bit, MACHINE_FULL, __atomic_fetch_xor, bit,
	       old ^ bit)
LINUX_BIT_TEST(test_and_set_bit_lock, MACHINE_ACQUIRE, __atomic_fetch_or, bit,
	       old | bit)
#define __clear_bit_unlock clear_bit_unlock

/* Drops the lock bit; was bit 7 (there are waiters) set? One step, as on x86. */
static __always_inline bool
clear_bit_unlock_is_negative_byte(long nr, volatile unsigned long *addr)
{
	LINUX_BIT_STEP("clear_bit_unlock_is_negative_byte", MACHINE_RELEASE,
		       __atomic_fetch_and, ~bit, old & ~bit);
	return (old & BIT(7)) != 0;
}
#define clear_bit_unlock_is_negative_byte clear_bit_unlock_is_negative_byte

static __always_inline bool
xor_unlock_is_negative_byte(unsigned long mask, volatile unsigned long *addr)
{
	unsigned long nr = 0;

	LINUX_BIT_STEP("xor_unlock_is_negative_byte", MACHINE_RELEASE,
		       __atomic_fetch_xor, mask, old ^ mask);
	(void)bit;
	return (old & BIT(7)) != 0;
}
#define xor_unlock_is_negative_byte xor_unlock_is_negative_byte

#define arch___set_bit generic___set_bit
#define ___set_bit generic___set_bit
#define arch___clear_bit generic___clear_bit
#define ___clear_bit generic___clear_bit
#define arch___change_bit generic___change_bit
#define ___change_bit generic___change_bit
#define arch___test_and_set_bit generic___test_and_set_bit
#define ___test_and_set_bit generic___test_and_set_bit
#define arch___test_and_clear_bit generic___test_and_clear_bit
#define ___test_and_clear_bit generic___test_and_clear_bit
#define arch___test_and_change_bit generic___test_and_change_bit
#define ___test_and_change_bit generic___test_and_change_bit
#define arch_test_bit generic_test_bit
#define arch_test_bit_acquire generic_test_bit_acquire

#include <asm-generic/bitops/le.h>

#endif
