// SPDX-License-Identifier: GPL-2.0
/*
 * witness.c: a second witness beside the books, where the kernel itself says
 * that a page goes out of the allocator's hands and comes back.
 *
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

void linux_page_out(struct page *page, int order)
{
	unsigned long pfn = page_to_pfn(page), nr = 1UL << order;

	if (!all_are(pfn, pfn + nr, false))
		machine_bug("page-given-out-twice");
	bitmap_set(out, pfn, nr);
	arch_alloc_page(pfn, order, page_address(page), nr << PAGE_SHIFT);
}

void linux_page_in(struct page *page, int order)
{
	unsigned long pfn = page_to_pfn(page), nr = 1UL << order;

	if (!all_are(pfn, pfn + nr, true))
		machine_bug("page-freed-twice");
	bitmap_clear(out, pfn, nr);
	arch_free_page(pfn, order, page_address(page), nr << PAGE_SHIFT);
}
