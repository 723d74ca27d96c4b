/* SPDX-License-Identifier: MIT */
/* stamps.c: see stamps.h. */
#include "stamps.h"

#include <string.h>

/* A sanitizer takes these bytes for free, or for nobody's. */
#ifdef __clang__
#define UNWATCHED                                                              \
	__attribute__((noinline, no_sanitize("address", "memory", "thread")))
#else
#define UNWATCHED __attribute__((noinline, no_sanitize("address", "thread")))
#endif

UNWATCHED static uint8_t stamp_load(const unsigned char *at)
{
	return *at;
}

UNWATCHED static void stamp_store(unsigned char *at, uint8_t stamp)
{
	*at = stamp;
}

/* All of a page: who reads what nobody wrote meets the same in each run. */
UNWATCHED static void stamp_fill(unsigned char *at, size_t size)
{
	typedef uint64_t __attribute__((may_alias, aligned(1))) word;
	const word words = UINT64_C(0x0101010101010101) * STAMPS_POISON;

	for (; size >= sizeof(words); size -= sizeof(words)) {
		*(volatile word *)at = words;
		at += sizeof(words);
	}
	while (size--)
		*(volatile unsigned char *)at++ = STAMPS_POISON;
}

void stamps_reset(struct stamps *stamps, unsigned int pages)
{
	stamps->contents = NULL;
	stamps->stride = 0;
	memset(stamps->state, STAMPS_UNKNOWN, pages);
}

/* Returns: the pages of the block; 0: it has no contents to speak of. */
static unsigned long stamps_locate(struct stamps *stamps, unsigned long pfn,
				   unsigned int order, void *contents,
				   size_t bytes)
{
	if (!contents || !(bytes >> order) ||
	    pfn + (1UL << order) > TARGET_PAGES_MAX)
		return 0;
	stamps->stride = bytes >> order;
	stamps->contents = (unsigned char *)contents - pfn * stamps->stride;
	return 1UL << order;
}

int stamps_alloc(struct stamps *stamps, unsigned long pfn, unsigned int order,
		 void *contents, size_t bytes)
{
	unsigned long nr = stamps_locate(stamps, pfn, order, contents, bytes);
	unsigned char *at = contents;
	int touched = TARGET_NO_PAGE;

	for (; nr; nr--, pfn++, at += stamps->stride) {
		if (stamps->state[pfn] == STAMPS_UNKNOWN)
			stamp_fill(at, stamps->stride);
		else if (stamps->state[pfn] == STAMPS_FREE && touched < 0 &&
			 stamp_load(at) != STAMPS_POISON)
			touched = (int)pfn;
		stamps->state[pfn] = STAMPS_OUT;
	}
	return touched;
}

void stamps_free(struct stamps *stamps, unsigned long pfn, unsigned int order,
		 void *contents, size_t bytes)
{
	unsigned long nr = stamps_locate(stamps, pfn, order, contents, bytes);
	unsigned char *at = contents;

	for (; nr; nr--, pfn++, at += stamps->stride) {
		stamp_store(at, STAMPS_POISON);
		stamps->state[pfn] = STAMPS_FREE;
	}
}

int stamps_page(const struct stamps *stamps, const void *addr)
{
	size_t at;

	if (!stamps->contents)
		return TARGET_NO_PAGE;
	at = (size_t)((const unsigned char *)addr - stamps->contents) /
	     stamps->stride;
	return at < TARGET_PAGES_MAX ? (int)at : TARGET_NO_PAGE;
}

uint8_t stamps_get(const struct stamps *stamps, int pfn)
{
	return stamp_load(stamps->contents + (size_t)pfn * stamps->stride);
}

int stamps_touched(const struct stamps *stamps, unsigned int pages)
{
	unsigned int pfn;

	for (pfn = 0; pfn < pages; pfn++)
		if (stamps->state[pfn] == STAMPS_FREE &&
		    stamps_get(stamps, (int)pfn) != STAMPS_POISON)
			return (int)pfn;
	return TARGET_NO_PAGE;
}

void stamps_put(struct stamps *stamps, int pfn, unsigned int order,
		uint8_t stamp)
{
	int end = pfn + (1 << order);

	for (; pfn < end && pfn < TARGET_PAGES_MAX; pfn++)
		if (stamps->state[pfn] == STAMPS_OUT)
			stamp_store(stamps->contents +
					    (size_t)pfn * stamps->stride,
				    stamp);
}
