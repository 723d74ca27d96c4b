/* SPDX-License-Identifier: GPL-2.0 */
/* asm/bug.h: what the kernel calls a bug ends the run. */
#ifndef ASM_BUG_H
#define ASM_BUG_H

#include <linux/compiler.h>
#include "machine_point.h"

void linux_bug(const char *function) __attribute__((noreturn));
void linux_warn(const char *function);

#define HAVE_ARCH_BUG
#define BUG() linux_bug(__func__)
#define HAVE_ARCH_WARN_ON
#define __WARN() linux_warn(__func__)
#define __WARN_FLAGS(...) linux_warn(__func__) /* what it is given varies */
#define WARN_ON(condition)                                                     \
	({                                                                     \
		int warned_ = !!(condition);                                   \
		if (unlikely(warned_))                                         \
			linux_warn(__func__);                        \
		unlikely(warned_);                                             \
	})

#include <asm-generic/bug.h>

#endif
