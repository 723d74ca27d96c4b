/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pageblock-flags.h: the kernel's, with pageblocks of the size of a huge page.
 *
 * As CONFIG_HUGETLB_PAGE has it: the largest block is two of them, on x86 too.
 */
#ifndef LINUX_PAGEBLOCK_FLAGS_H
#define LINUX_PAGEBLOCK_FLAGS_H

#include_next <linux/pageblock-flags.h>

#undef pageblock_order
#define pageblock_order CONFIG_PAGE_BLOCK_ORDER

#endif
