/* SPDX-License-Identifier: GPL-2.0 */
/*
 * huge_mm.h: the tree's own, but for what its !CONFIG_TRANSPARENT_HUGEPAGE says of
 * splitting: that it was done. Here it fails, as for a folio that somebody else
 * has a reference to; there are large folios in our cache.
 */
#ifndef PAGERACE_LINUX_HUGE_MM_H
#define PAGERACE_LINUX_HUGE_MM_H

#include_next <linux/huge_mm.h>

#undef split_folio
#define split_folio(folio) ((void)(folio), -EBUSY)
#define split_folio_to_list(folio, list) ((void)(folio), (void)(list), -EBUSY)

#endif
