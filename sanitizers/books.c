/* SPDX-License-Identifier: MIT */
/* books.c: see books.h. */
#include "books.h"

#include <stdlib.h>

void books_reset(struct books *books, unsigned int pages)
{
	unsigned int i;

	books->pages = pages;
	books->in_flight = 0;
	books->positions = (struct positions){ { 0 } };
	books->nr_owned = 0;
	for (i = 0; i < pages; i++)
		books->page[i] = (struct books_page){ .head = (int16_t)i };
}

/* From @pfn on 2^@order pages are one block. */
static void books_join(struct books *books, int pfn, unsigned int order)
{
	int i;

	if (pfn + (1 << order) > (int)books->pages)
		order = 0;
	books->page[pfn].order = (uint8_t)order;
	for (i = pfn; i < pfn + (1 << order); i++)
		books->page[i].head = (int16_t)pfn;
}

/* The first handle on a block: its pages are one block from now on. */
static void books_enter(struct books *books, int pfn, unsigned int order)
{
	struct books_page *head = &books->page[pfn];

	books_join(books, pfn, order);
	if (books->nr_owned == BOOKS_OWNED)
		abort(); /* cannot be: see BOOKS_OWNED */
	head->at = (uint8_t)books->nr_owned;
	books->owned[books->nr_owned++] = (int16_t)pfn;
}

static void books_strike(struct books *books, int pfn)
{
	uint8_t at = books->page[pfn].at;
	int16_t last;

	if (at >= books->nr_owned || books->owned[at] != pfn)
		return;
	last = books->owned[--books->nr_owned];
	books->owned[at] = last;
	books->page[last].at = at;
}

static void books_enter_as(struct books *books, int pfn, unsigned int order,
			   uint8_t place, uint8_t stamp)
{
	struct books_page *head = &books->page[pfn];

	if (head->held++)
		return;
	books_enter(books, pfn, order);
	head->place = place;
	head->stamp = stamp;
}

void books_hold(struct books *books, int pfn, unsigned int order)
{
	books_enter_as(books, pfn, order, 0, 0);
}

void books_hold_found(struct books *books, int pfn, unsigned int order,
		      unsigned long index)
{
	unsigned long first = index >> order << order;

	books_enter_as(books, pfn, order, (uint8_t)(first + 1), 0);
}

void books_hold_stamped(struct books *books, int pfn, unsigned int order,
			uint8_t stamp)
{
	books_enter_as(books, pfn, order, 0, stamp);
}

void books_release(struct books *books, int pfn)
{
	if (books->page[pfn].held && !--books->page[pfn].held)
		books_strike(books, pfn);
}

void books_split_begin(struct books *books, int pfn)
{
	int i, end = pfn + (1 << books->page[pfn].order);

	books->page[pfn].splits++;
	books->page[pfn].order = 0;
	for (i = pfn; i < end; i++)
		books->page[i].head = (int16_t)i;
}

void books_split_end(struct books *books, int pfn, unsigned int order)
{
	if (!--books->page[pfn].splits)
		books_join(books, pfn, order);
}

int books_owner(const struct books *books, int pfn)
{
	int head = books->page[pfn].head;
	const struct books_page *page = &books->page[head];

	if (!page->held || pfn >= head + (1 << page->order))
		return TARGET_NO_PAGE;
	return head;
}
