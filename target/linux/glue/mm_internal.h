/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mm_internal.h: the headers of mm/, which newer trees have split.
 */
#ifndef LINUX_MM_INTERNAL_H
#define LINUX_MM_INTERNAL_H

#include "internal.h"
#if __has_include("mm_init.h")
#include "mm_init.h"
#endif
#if __has_include("page_alloc.h")
#include "page_alloc.h"
#endif

#endif
