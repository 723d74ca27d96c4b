// SPDX-License-Identifier: GPL-2.0
/*
 * witness.c: a second witness beside the books, where the kernel itself says
 * that a page goes out of the allocator's hands and comes back.
 *
 * Yields: never, but when a page goes to who reads ahead. The kernel's own bitmap_set() may, between load and store,
 * where plain accesses are access points: pages of several tasks share a word.
 * See: arch_alloc_page(), arch_free_page() in mm/page_alloc.c.
 */
#include <linux/bitmap.h>

#include "glue.h"

#undef arch_alloc_page
#undef arch_free_page
void arch_alloc_page(unsigned long pfn, unsigned int order, void *contents,
		     size_t bytes);
void arch_free_page(unsigned long pfn, unsigned int order, void *contents,
		    size_t bytes);

static DECLARE_BITMAP(out, TARGET_PAGES_MAX);
/* First pages of larger blocks that were freed, until a grace period was waited for. */
static DECLARE_BITMAP(began_large, TARGET_PAGES_MAX);

/* Boot gives all pages to the allocator. */
void linux_witness_reset(void)
{
	bitmap_fill(out, TARGET_PAGES_MAX);
}

static bool all_are(unsigned long pfn, unsigned long end, bool wanted)
{
	for (; pfn < end; pfn++)
		if (((out[BIT_WORD(pfn)] & BIT_MASK(pfn)) != 0) != wanted)
			return false;
	return true;
}

static void set_all(unsigned long *bits, unsigned long pfn, unsigned long end,
		    bool value)
{
	for (; pfn < end; pfn++)
		if (value)
			bits[BIT_WORD(pfn)] |= BIT_MASK(pfn);
		else
			bits[BIT_WORD(pfn)] &= ~BIT_MASK(pfn);
}

void linux_page_out(struct page *page, int order)
{
	unsigned long pfn = page_to_pfn(page), nr = 1UL << order;

	if (!all_are(pfn, pfn + nr, false))
		machine_bug("page-given-out-twice");
	linux_progress();
	linux_block_out((unsigned int)order);
	set_all(out, pfn, pfn + nr, true);
	arch_alloc_page(pfn, order, page_address(page), nr << PAGE_SHIFT);
	if (began_large[BIT_WORD(pfn)] & BIT_MASK(pfn) &&
	    linux_wait_before_readahead((unsigned int)order))
		set_all(began_large, pfn, pfn + 1, false);
}

void linux_page_in(struct page *page, int order)
{
	unsigned long pfn = page_to_pfn(page), nr = 1UL << order;

	if (!all_are(pfn, pfn + nr, true))
		machine_bug("page-freed-twice");
	linux_progress();
	set_all(out, pfn, pfn + nr, false);
	if (order && !linux_booting)
		set_all(began_large, pfn, pfn + 1, true);
	arch_free_page(pfn, order, page_address(page), nr << PAGE_SHIFT);
}
