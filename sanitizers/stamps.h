/* SPDX-License-Identifier: MIT */
/*
 * stamps.h: stamps: the first byte of each page says who wrote to it last.
 *
 *     0xaa         nobody, since it was freed or first handed out
 *     1 .. 64      the disk, of the file at index 0 .. 63 (machine_disk_read)
 *     0x80 ..      whoever owns it: the task to which it was handed out
 *
 * They lie in the pages themselves, where a stale write meets them. Beside them
 * is kept only which pages are out and which are free, as the target says by
 * arch_alloc_page() and arch_free_page(). Of a target that is not stamped
 * (target.h) nothing is known.
 *
 * Promises:
 *  1. A page bears the poison when it is freed, and when it is first handed out
 *     in a run: no run sees what the one before left.
 *  2. A page that is handed out while it is out keeps what it bears.
 *
 * See: mm/page_poison.c.
 */
#ifndef SANITIZERS_STAMPS_H
#define SANITIZERS_STAMPS_H

#include "target.h"

#define STAMPS_POISON 0xaa /* PAGE_POISON */
#define STAMPS_OWNER 0x80 /* of task 0 */

enum stamps_state {
	STAMPS_UNKNOWN, /* it was not handed out in this run */
	STAMPS_OUT,
	STAMPS_FREE,
};

struct stamps {
	unsigned char *contents; /* of page 0; NULL: nobody has said where */
	size_t stride; /* bytes of a page */
	uint8_t state[TARGET_PAGES_MAX];
};

void stamps_reset(struct stamps *stamps, unsigned int pages);
/*
 * 2^@order pages at @pfn, with @bytes of contents, are handed out. Returns: the
 * first that was free and bears something else than the poison, or NO_PAGE.
 */
int stamps_alloc(struct stamps *stamps, unsigned long pfn, unsigned int order,
		 void *contents, size_t bytes);
/* They are freed. */
void stamps_free(struct stamps *stamps, unsigned long pfn, unsigned int order,
		 void *contents, size_t bytes);
/* The page whose contents @addr lies in, or NO_PAGE. */
int stamps_page(const struct stamps *stamps, const void *addr);
/* Of a page that is not STAMPS_UNKNOWN. */
uint8_t stamps_get(const struct stamps *stamps, int pfn);
/*
 * Does @stamp, which a reader of @index got, belong there: the disk's or, of a target
 * with large folios, zero, as a hole is made in the middle of one?
 */
static inline bool stamps_readable(const struct target *target,
				   unsigned long index, uint8_t stamp)
{
	return stamp == MACHINE_DISK(index) || (!stamp && target->order);
}
/* The first of @pages that is free and bears something else than the poison. */
int stamps_touched(const struct stamps *stamps, unsigned int pages);
/* Each of 2^@order pages at @pfn that is out. */
void stamps_put(struct stamps *stamps, int pfn, unsigned int order,
		uint8_t stamp);

#endif
