// SPDX-License-Identifier: GPL-2.0
/*
 * alloc_hard.c: allocations that somebody needs more than others do: a block, however
 * hard it is to get, given back at once.
 *
 * Yields: linux_alloc_hard().
 * See: __alloc_pages_slowpath(), reserve_highatomic_pageblock() in mm/page_alloc.c.
 */
#include <linux/gfp.h>
#include <linux/mmzone.h>

#include "glue.h"

enum {
	ONCE,
	AGAIN,
	ATOMIC
};

/* It may fail when reclaim and compaction were tried. Nobody is killed for it. */
#define GFP_HARD (GFP_KERNEL | __GFP_MOVABLE | __GFP_NOWARN)

#define SHORT (linux_pages() + 1000UL) /* pages that there never are */

/* Those who are at it with little memory left. */
static unsigned int pressed;

/*
 * As if memory were short: watermarks are so high that whoever allocates goes the slow
 * way, where GFP_ATOMIC says what it may do. Since 6.7 it looks at the high one first;
 * who has raised that for kswapd meanwhile puts it back.
 */
static struct page *alloc_under_pressure(gfp_t gfp, unsigned int order)
{
	unsigned long *marks = linux_zone->_watermark;
	struct page *page;

	pressed++;
	marks[WMARK_LOW] = marks[WMARK_HIGH] = SHORT;
	page = alloc_pages(gfp, order);
	if (--pressed)
		return page;
	marks[WMARK_LOW] = 0;
	if (marks[WMARK_HIGH] == SHORT)
		marks[WMARK_HIGH] = 0;
	linux_unboost();
	return page;
}

/*
 * Who tries once ends there; who tries again goes round while there is progress. Who
 * may not sleep takes from the reserves, and has a pageblock reserved.
 *
 * One that compacts comes away with nothing if the zone has not two pageblocks: ours
 * begins at page 0, and in so small a one __reset_isolation_suitable() walks below that
 * and does not end.
 */
static struct page *alloc_block(unsigned int how, unsigned int order)
{
	if (how == ATOMIC)
		return linux_may_make_types() ?
			       alloc_under_pressure(GFP_ATOMIC | __GFP_NOWARN,
						    order) :
			       NULL;
	if (order && linux_pages() < 2 * pageblock_nr_pages)
		return NULL;
	return alloc_pages(GFP_HARD | (how == AGAIN ? __GFP_RETRY_MAYFAIL :
						      __GFP_NORETRY),
			   order);
}

void linux_alloc_hard(const struct op_args *args, struct op_result *result)
{
	unsigned int order = args->own[0];
	struct page *page = alloc_block(args->own[1], order);

	(void)result;
	if (page)
		__free_pages(page, order);
}
