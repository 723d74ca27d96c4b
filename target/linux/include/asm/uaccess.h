/* SPDX-License-Identifier: GPL-2.0 */
/* asm/uaccess.h: user space is memory like any other. What leaves the kernel, or
 * arrives from a disk, is one access point, that announces its first byte. */
#ifndef ASM_UACCESS_H
#define ASM_UACCESS_H

#include <linux/string.h>
#include <asm/machine.h>

/* @from is about to be copied to @to. */
void linux_leaves(const void *to, const void *from, unsigned long n);

static __always_inline unsigned long
raw_copy_from_user(void *to, const void *from, unsigned long n)
{
	const unsigned char *first = from;

	machine_before(SITE("copy_from_user", "to", MACHINE_STORES,
			    MACHINE_PLAIN, 1),
		       to, NULL);
	__builtin_memcpy(to, from, n);
	machine_after(*first, *first);
	return 0;
}

static __always_inline unsigned long
raw_copy_to_user(void *to, const void *from, unsigned long n)
{
	const unsigned char *first = to;

	machine_before(SITE("copy_to_user", "from", MACHINE_LOADS,
			    MACHINE_PLAIN, 1),
		       from, NULL);
	linux_leaves(to, from, n);
	machine_reads(from, n);
	MACHINE_RACE_BEGIN(); /* what user space does with @to is its own affair */
	__builtin_memcpy(to, from, n);
	MACHINE_RACE_END();
	machine_after(*first, *first);
	return 0;
}

static __always_inline void machine_disk_read(void *to, unsigned char what,
					      unsigned long n)
{
	machine_before(SITE("machine_disk_read", "to", MACHINE_STORES,
			    MACHINE_PLAIN, 1),
		       to, NULL);
	machine_writes(to, n);
	__builtin_memset(to, what, n);
	machine_after(what, what);
}

#include <asm-generic/uaccess.h>

#endif
