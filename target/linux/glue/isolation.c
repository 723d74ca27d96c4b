// SPDX-License-Identifier: GPL-2.0
/*
 * isolation.c: a pageblock whose free pages nobody may have, and back again. A folio
 * that reaches over its boundary is moved first.
 *
 * Legal use: what was not isolated is not given back, and but once.
 */
#include <linux/bitmap.h>
#include <linux/cma.h>
#include <linux/gfp.h>
#include <linux/mmzone.h>
#include <linux/page-isolation.h>
#include <linux/sched/mm.h>

#include "glue.h"
#include "mm_internal.h"
#ifdef CONFIG_CMA
#include "cma.h"
#endif

/* Those whose isolation has succeeded; who takes a bit may end it. */
static DECLARE_BITMAP(isolated, TARGET_PAGES_MAX);

/*
 * Isolating now, or ending it: whoever does keeps everybody else out, as cma_mutex
 * does, but that they do nothing where they would wait. A failed
 * alloc_contig_range() ends isolation that was not its own.
 */
static bool isolating;
static bool has_isolated; /* in this run */
static bool other_types; /* likewise: not all pageblocks are movable */

/*
 * Somebody has: nobody else may. One step: where plain accesses are access points, others run in
 * bitmap_empty() of the kernel, which does not know of it.
 */
static bool is_somebodys_turn(void)
{
	unsigned int i = 0;

	while (i < ARRAY_SIZE(isolated) && !isolated[i])
		i++;
	return isolating || i < ARRAY_SIZE(isolated);
}

bool linux_has_isolated(void)
{
	return has_isolated;
}

/*
 * Before 6.10 a free block of two pageblocks is half isolated while the zone lock is dropped.
 * Who takes it then for another type than its own gives that type to both
 * (steal_suitable_fallback()), and the isolation is gone: a VM_BUG_ON. So of isolation and
 * of what makes other types a run has one. See: ../README.md, block-half-isolated.
 */
bool linux_may_make_types(void)
{
	if (!linux_isolation_drops_the_lock())
		return true;
	other_types = other_types || !has_isolated;
	return other_types;
}

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

/*
 * Rounds without a page got or given back: whoever tries to move one gets one
 * first. 6.1 goes round for ever if it reads the size of a folio that is being
 * split: until somebody kills the task. Others have no such loop, and no end to their
 * patience. See: ../README.md, findings.
 */
#define PATIENCE (linux_isolation_drops_the_lock() ? 100 : 0)

void linux_isolate(const struct op_args *args, struct op_result *result)
{
	unsigned long start = block_start(args->index);
	unsigned int flags;

	(void)result;
	if (!has_blocks() || isolating)
		return;
	if (other_types)
		return;
	isolating = true;
	has_isolated = true;
	flags = memalloc_noreclaim_save(); /* a folio that reaches over it is moved */
	linux_patience(PATIENCE);
	if (!linux_isolate_range(start, start + pageblock_nr_pages))
		__set_bit(start / pageblock_nr_pages, isolated);
	linux_patience(0);
	memalloc_noreclaim_restore(flags);
	isolating = false;
}

void linux_unisolate(const struct op_args *args, struct op_result *result)
{
	unsigned long start = block_start(args->index);

	(void)result;
	if (!has_blocks() || isolating ||
	    !__test_and_clear_bit(start / pageblock_nr_pages, isolated))
		return;
	isolating = true;
	linux_unisolate_range(start, start + pageblock_nr_pages);
	isolating = false;
}

/*
 * What offline_pages() begins and ends with. Unlike drain_all_pages() it passes by no
 * per-CPU list that somebody is about to fill, and waits for who drains already.
 */
void linux_pcp_disable(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	zone_pcp_disable(linux_zone);
	zone_pcp_enable(linux_zone);
}

/*
 * A range of pages that may be in use: pageblocks isolated, LRU batches of all
 * CPUs drained, pages of the cache reclaimed or moved elsewhere, and what is
 * then free taken. Nobody reclaims to make room.
 */
void linux_contig(const struct op_args *args, struct op_result *result)
{
	unsigned long nr = 1UL << args->order;
	unsigned long ranges = linux_pages() / nr, start;
	unsigned int flags;

	(void)result;
	if (!ranges)
		return;
	start = args->index % ranges * nr;
	if (pageblock_align(start + nr) > linux_pages())
		return;
	if (is_somebodys_turn())
		return;
	if (other_types)
		return;
	isolating = true;
	has_isolated = true;
	flags = memalloc_noreclaim_save();
	linux_patience(PATIENCE);
	if (!linux_take_range(start, start + nr))
		free_contig_range(start, nr);
	linux_patience(0);
	memalloc_noreclaim_restore(flags);
	isolating = false;
}

#ifdef CONFIG_CMA
/*
 * A lookup that began before the pages were taken may come late: it has a reference
 * until it sees that the page is not what it looked for. cma_release() would warn,
 * and free the page under it. So lookups end first. See: ../README.md, findings.
 */
static void let_lookups_end(void)
{
	synchronize_rcu();
}

/*
 * An area of one pageblock, that of the turn: pages are taken from it, and given
 * back. Its type stays as it is: where others allocate is all that it changes.
 */
static struct cma area;
static DECLARE_BITMAP(area_bitmap, pageblock_nr_pages);

static void init_area(unsigned long start)
{
	area = (struct cma){
		.count = pageblock_nr_pages,
		.available_count = pageblock_nr_pages,
		.name = "operation",
		.nranges = 1,
		.ranges = { { .base_pfn = start,
			      .count = pageblock_nr_pages,
			      .bitmap = area_bitmap } },
		.flags = BIT(CMA_ACTIVATED),
		.nid = NUMA_NO_NODE,
	};
	spin_lock_init(&area.lock);
	area.alloc_mutex = (struct mutex)__MUTEX_INITIALIZER(area.alloc_mutex);
	bitmap_zero(area_bitmap, pageblock_nr_pages);
}

void linux_cma(const struct op_args *args, struct op_result *result)
{
	unsigned long nr = 1UL << args->order;
	struct page *page;
	unsigned int flags;

	(void)result;
	if (!has_blocks() || nr > pageblock_nr_pages || is_somebodys_turn())
		return;
	isolating = true;
	has_isolated = true;
	init_area(block_start(args->index));
	flags = memalloc_noreclaim_save();
	linux_patience(PATIENCE);
	page = cma_alloc(&area, nr, args->order, true);
	linux_patience(0);
	memalloc_noreclaim_restore(flags);
	if (page) {
		let_lookups_end();
		cma_release(&area, page, nr);
	}
	isolating = false;
}
#endif
