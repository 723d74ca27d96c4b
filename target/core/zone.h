/* SPDX-License-Identifier: MIT */
/*
 * zone.h: the zone with its free areas, the per-CPU page lists, and the whole
 * state of the core.
 *
 *     struct core
 *       mapping ---- i_pages (xa_lock, xa_head) ---> xa_nodes ---> pages
 *       zone ------- lock, free_area[0 .. MAX_ORDER]
 *       pageset[] -- one per CPU: lock, count, lists[0 .. PCP_ORDER_MAX]
 *       mem_map[] -- one struct page a page frame
 *
 * Owns: all memory of the core but the tree nodes (machine_alloc).
 * See: include/linux/mmzone.h.
 */
#ifndef CORE_ZONE_H
#define CORE_ZONE_H

#include "page.h"
#include "xarray.h"

/* Blocks up to this order ride the per-CPU lists (PAGE_ALLOC_COSTLY_ORDER). */
#define PCP_ORDER_MAX 3

struct free_area {
	struct list_head free_list;
	unsigned long nr_free; /* blocks */
};

struct zone {
	spinlock_t lock;
	unsigned long spanned_pages;
	struct free_area free_area[MAX_ORDER + 1];
};

struct per_cpu_pages {
	spinlock_t lock;
	int count; /* pages on all lists */
	int high; /* pages above which some go back to the buddy */
	int batch; /* pages moved at once */
	int free_factor; /* frees in a row scale the batch up */
	struct list_head lists[PCP_ORDER_MAX + 1];
};

struct address_space {
	struct xarray i_pages;
	unsigned long nrpages;
};

struct core {
	struct address_space mapping;
	struct zone zone;
	struct per_cpu_pages pageset[MACHINE_CPUS];
	struct page mem_map[TARGET_PAGES_MAX];
};

extern struct core core;

/* ------------------------------------------------- buddy.c, under zone->lock */

void buddy_init(struct zone *zone, unsigned long pages);
/*
 * The caller's 2^@order pages at @page become free and merge upward. @to_tail:
 * at the end of the list, for blocks that had better stay whole.
 */
void __free_one_page(struct zone *zone, struct page *page, unsigned int order,
		     bool to_tail);
/* Returns: the first block of @order or of the smallest order above, split. */
struct page *__rmqueue(struct zone *zone, unsigned int order);

/* ---------------------------------------- pcp.c, each takes pcp->lock itself */

void pcp_init(struct per_cpu_pages *pcp, int high, int batch);
/* Yields. Returns: a block, or NULL if the lock or the zone has none to give */
struct page *rmqueue_pcplist(struct zone *zone, unsigned int order);
/* Yields. Returns: false if the lock is held: free to the buddy instead. */
bool free_unref_page_commit(struct zone *zone, struct page *page,
			    unsigned int order);
/* Yields. All of one CPU's, or everybody's, cached blocks to the buddy. */
void drain_local_pages(void);
void drain_all_pages(void);

/* --------------------------------------------------------- page_alloc.c */

void core_init(const struct target_config *config);
/* Yields. Returns: 2^@order pages, count 1 on the first; NULL: none left. */
struct page *alloc_pages(unsigned int order, bool compound);
/* Yields. Drop the owner's reference on a block it allocated with @order. */
void __free_pages(struct page *page, unsigned int order);
/* Yields. Drop a reference; the last one frees page or compound block. */
void put_page(struct page *page);
/* Yields. @page has a count of 0 and nobody can find it any more. */
void free_unref_page(struct page *page, unsigned int order);

#endif
