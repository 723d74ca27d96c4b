// SPDX-License-Identifier: GPL-2.0
/*
 * tsan.c: volatile accesses, as ThreadSanitizer understands them: relaxed atomics.
 *
 * READ_ONCE(), WRITE_ONCE() and __data_racy are volatile. Told to, the compiler calls
 * one of these before each, as it does for KCSAN; the access itself comes after it. A
 * load is announced by a load, a store by a read-modify-write that changes nothing: both
 * jump, so that the frame that is reported is the kernel's.
 * See: -tsan-distinguish-volatile in ../linux.cmake; kernel/kcsan/core.c.
 */
#include "machine_point.h"

#ifdef MACHINE_TSAN

#define VOLATILE(name, size, bits)                                             \
	__asm__(".pushsection .text.__tsan_" name "read" size ", \"ax\"\n"     \
		".globl __tsan_" name "read" size "\n"                         \
		"__tsan_" name "read" size ":\n"                               \
		"xorl %esi, %esi\n"                                            \
		"jmp __tsan_atomic" bits "_load\n"                             \
		".popsection\n"                                                \
		".pushsection .text.__tsan_" name "write" size ", \"ax\"\n"    \
		".globl __tsan_" name "write" size "\n"                        \
		"__tsan_" name "write" size ":\n"                              \
		"xorl %esi, %esi\n"                                            \
		"xorl %edx, %edx\n"                                            \
		"jmp __tsan_atomic" bits "_fetch_or\n"                         \
		".popsection\n")

VOLATILE("volatile_", "1", "8");
VOLATILE("volatile_", "2", "16");
VOLATILE("volatile_", "4", "32");
VOLATILE("volatile_", "8", "64");

#endif
