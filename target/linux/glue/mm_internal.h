/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mm_internal.h: the headers of mm/, which newer trees have split; and which version
 * it is, which compat*.c alone ask.
 */
#ifndef LINUX_MM_INTERNAL_H
#define LINUX_MM_INTERNAL_H

#include <linux/version.h>

#include "internal.h"
#if __has_include("mm_init.h")
#include "mm_init.h"
#endif
#if __has_include("page_alloc.h")
#include "page_alloc.h"
#endif

/* @major.@minor: the first release that has it. */
#define SINCE(major, minor)                                                    \
	(LINUX_VERSION_CODE >= KERNEL_VERSION(major, minor, 0))

#endif
