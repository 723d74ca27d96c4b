// SPDX-License-Identifier: GPL-2.0
/*
 * isolation.c: a pageblock whose free pages nobody may have, and back again.
 *
 * Legal use: what was not isolated is not given back, and but once. What
 * alloc_contig_range() does between the two is not here.
 */
#include <linux/bitmap.h>
#include <linux/mmzone.h>
#include <linux/page-isolation.h>

#include "glue.h"

/* Those whose isolation has succeeded; who takes a bit may end it. */
static DECLARE_BITMAP(isolated, TARGET_PAGES_MAX);

/* First page of the pageblock that @index falls on, taken round. */
static unsigned long block_start(unsigned long index)
{
	unsigned long blocks = linux_pages() / pageblock_nr_pages;

	return blocks ? index % blocks * pageblock_nr_pages : 0;
}

/* A zone smaller than a pageblock has none to take out. */
static bool has_blocks(void)
{
	return linux_pages() >= pageblock_nr_pages;
}

void linux_isolate(const struct op_args *args, struct op_result *result)
{
	unsigned long start = block_start(args->index);

	(void)result;
	if (has_blocks() &&
	    !start_isolate_page_range(start, start + pageblock_nr_pages,
				      MIGRATE_MOVABLE, 0, __GFP_NOWARN))
		__set_bit(start / pageblock_nr_pages, isolated);
}

void linux_unisolate(const struct op_args *args, struct op_result *result)
{
	unsigned long start = block_start(args->index);

	(void)result;
	if (has_blocks() &&
	    __test_and_clear_bit(start / pageblock_nr_pages, isolated))
		undo_isolate_page_range(start, start + pageblock_nr_pages,
					MIGRATE_MOVABLE);
}
