/* SPDX-License-Identifier: MIT */
/*
 * books.h: the books: who owns which page, by what operations were asked and
 * what they answered.
 *
 * Kept by the operation layer, alike on every target. References that a target
 * takes and drops within one call are no entries.
 *
 * Promises:
 *  1. held[p] counts the handles that own page p or, for the first page of a
 *     block, the block. An owner that gives up is struck when its operation
 *     begins; an owner that gains is entered when its operation ends.
 *  2. Nothing in here is written by a target.
 *
 * Yields: never.
 */
#ifndef SANITIZERS_BOOKS_H
#define SANITIZERS_BOOKS_H

#include "positions.h"

#define BOOKS_TASKS 10
/* Blocks with a handle, at once: an operation brings one, there are 80 of them. */
#define BOOKS_OWNED 128

struct books_page {
	int16_t head; /* first page of the block it was last handed out in */
	uint8_t order; /* of that block, in the head's entry */
	uint8_t held; /* handles on the block, in the head's entry */
	uint8_t at; /* its place in owned[], while held */
	uint8_t splits; /* that are under way */
	/* Of a held head: 1 + the position that it was found at, or 0: allocated. */
	uint8_t place;
	uint8_t stamp; /* that its owner put on each page, or 0: none */
};

struct books {
	unsigned int pages;
	unsigned int in_flight; /* operations begun and not ended */
	struct positions positions; /* in the cache, that operations named */
	unsigned int nr_owned;
	int16_t owned[BOOKS_OWNED]; /* heads of the blocks that are held */
	struct books_page page[TARGET_PAGES_MAX];
};

void books_reset(struct books *books, unsigned int pages);
/*
 * A handle on the block of 2^@order pages at @pfn appears. Of a folio found in
 * the cache the order is what the target says: no more than there is room for.
 */
void books_hold(struct books *books, int pfn, unsigned int order);
/*
 * The same, of a folio found at position @index; and of a block whose pages got @stamp. The
 * first handle's word stands until the last is gone.
 */
void books_hold_found(struct books *books, int pfn, unsigned int order,
		      unsigned long index);
void books_hold_stamped(struct books *books, int pfn, unsigned int order,
			uint8_t stamp);
/* A handle goes. */
void books_release(struct books *books, int pfn);
/*
 * The block at @pfn may be in pieces: handles are on its first page alone, and
 * the others may have owners before the split ends.
 */
void books_split_begin(struct books *books, int pfn);
/* Nobody splits it any more: a block of 2^@order pages. */
void books_split_end(struct books *books, int pfn, unsigned int order);
/* Returns: the first page of the held block that covers @pfn, or NO_PAGE. */
int books_owner(const struct books *books, int pfn);

#endif
