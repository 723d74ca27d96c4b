/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pagevec.h: the kernel's, or what it is called since 7.x.
 */
#if __has_include_next(<linux/pagevec.h>)
#include_next <linux/pagevec.h>
#else
#include <linux/folio_batch.h>
#endif
