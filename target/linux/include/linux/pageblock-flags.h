/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pageblock-flags.h: the kernel's, with pageblocks that may be smaller than a huge page.
 *
 * As CONFIG_PAGE_BLOCK_MAX_ORDER of 7.x has it; older ones are told so here.
 */
#ifndef LINUX_PAGEBLOCK_FLAGS_H
#define LINUX_PAGEBLOCK_FLAGS_H

#include_next <linux/pageblock-flags.h>

#undef pageblock_order
#define pageblock_order CONFIG_PAGE_BLOCK_MAX_ORDER

#endif
