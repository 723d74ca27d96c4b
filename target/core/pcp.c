/* SPDX-License-Identifier: MIT */
/*
 * pcp.c: per-CPU lists of free blocks in front of the buddy.
 *
 * Promises:
 *  1. lists[k] holds blocks of order k; count is their sum in pages and is
 *     only read and written under pcp->lock.
 *  2. With high 0 a freed block goes on to the buddy in the same call.
 *  3. A free leaves the lists below high, or no longer than they were: a batch
 *     may have made them longer.
 *  4. pcp->lock is taken by trylock on the allocation and free paths: whoever
 *     meets a drain goes to the buddy instead of waiting.
 *
 * Yields: at pcp->lock and zone->lock. Between the two the CPU holds pcp->lock
 *   with preemption off; only other CPUs can run.
 * See: 4b23a68f9536 (6.0) "protect PCP lists with a spinlock",
 *   66eca1021a42 (6.11), free_pcppages_bulk(), nr_pcp_free().
 */
#include "zone.h"

void pcp_init(struct per_cpu_pages *pcp, int high, int batch)
{
	unsigned int order;

	spin_lock_init(&pcp->lock);
	pcp->count = 0;
	pcp->high = high;
	pcp->batch = batch;
	pcp->free_factor = 0;
	for (order = 0; order <= PCP_ORDER_MAX; order++)
		INIT_LIST_HEAD(&pcp->lists[order]);
}

static struct per_cpu_pages *this_cpu_pageset(void)
{
	return &core.pageset[smp_processor_id()];
}

/* Returns: the first order from @order on, round about, that has a block. */
static unsigned int next_list(struct per_cpu_pages *pcp, unsigned int order)
{
	unsigned int tries;

	for (tries = 0; list_empty(&pcp->lists[order]); tries++) {
		VM_BUG_ON(tries > PCP_ORDER_MAX, "pcp-counts-what-is-not-there");
		order = order == PCP_ORDER_MAX ? 0 : order + 1;
	}
	return order;
}

/* Free about @count pages, starting with blocks of @order, oldest first. */
static void free_pcppages_bulk(struct zone *zone, struct per_cpu_pages *pcp,
			       int count, unsigned int order)
{
	unsigned long flags;

	if (count > pcp->count)
		count = pcp->count;
	spin_lock_irqsave(&zone->lock, flags);
	while (count > 0) {
		struct page *page;

		order = next_list(pcp, order);
		page = list_entry(pcp->lists[order].prev, struct page, lru);
		list_del(&page->lru);
		count -= (int)BIT(order);
		pcp->count -= (int)BIT(order);
		__free_one_page(zone, page, order, false);
	}
	spin_unlock_irqrestore(&zone->lock, flags);
}

/* How many pages to give back when the lists are full. */
static int nr_pcp_free(struct per_cpu_pages *pcp)
{
	int most = pcp->high - pcp->batch;
	int nr = pcp->batch << pcp->free_factor;

	if (pcp->high < pcp->batch)
		return 1;
	if (nr < most)
		pcp->free_factor++;
	if (nr > most)
		nr = most;
	return nr < pcp->batch ? pcp->batch : nr;
}

bool free_unref_page_commit(struct zone *zone, struct page *page,
			    unsigned int order)
{
	struct per_cpu_pages *pcp = this_cpu_pageset();
	unsigned long flags;
	int before;

	if (!spin_trylock_irqsave(&pcp->lock, flags))
		return false;
	before = pcp->count;
	list_add(&page->lru, &pcp->lists[order]);
	pcp->count += (int)BIT(order);
	if (pcp->count >= pcp->high)
		free_pcppages_bulk(zone, pcp, nr_pcp_free(pcp), order);
	VM_BUG_ON(pcp->count >= pcp->high && pcp->count > before,
		  "per-cpu-lists-overfull");
	spin_unlock_irqrestore(&pcp->lock, flags);
	return true;
}

/* Fill lists[@order] with a batch from the buddy. */
static void rmqueue_bulk(struct zone *zone, struct per_cpu_pages *pcp,
			 unsigned int order)
{
	int blocks = pcp->batch;
	unsigned long flags;

	if (blocks > 1)
		blocks = blocks >> order > 2 ? blocks >> order : 2;
	spin_lock_irqsave(&zone->lock, flags);
	while (blocks-- > 0) {
		struct page *page = __rmqueue(zone, order);

		if (!page)
			break;
		list_add_tail(&page->lru, &pcp->lists[order]);
		pcp->count += (int)BIT(order);
	}
	spin_unlock_irqrestore(&zone->lock, flags);
}

struct page *rmqueue_pcplist(struct zone *zone, unsigned int order)
{
	struct per_cpu_pages *pcp = this_cpu_pageset();
	struct page *page = NULL;
	unsigned long flags;

	if (!spin_trylock_irqsave(&pcp->lock, flags))
		return NULL;
	pcp->free_factor >>= 1;
	if (list_empty(&pcp->lists[order]))
		rmqueue_bulk(zone, pcp, order);
	if (!list_empty(&pcp->lists[order])) {
		page = list_entry(pcp->lists[order].next, struct page, lru);
		list_del(&page->lru);
		pcp->count -= (int)BIT(order);
	}
	spin_unlock_irqrestore(&pcp->lock, flags);
	return page;
}

static void drain_pages(struct zone *zone, struct per_cpu_pages *pcp)
{
	unsigned long flags;

	local_irq_save(flags);
	spin_lock(&pcp->lock);
	if (pcp->count)
		free_pcppages_bulk(zone, pcp, pcp->count, 0);
	spin_unlock(&pcp->lock);
	local_irq_restore(flags);
}

void drain_local_pages(void)
{
	drain_pages(&core.zone, this_cpu_pageset());
}

void drain_all_pages(void)
{
	int cpu;

	for (cpu = 0; cpu < MACHINE_CPUS; cpu++)
		drain_pages(&core.zone, &core.pageset[cpu]);
}
