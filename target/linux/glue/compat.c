// SPDX-License-Identifier: GPL-2.0
/*
 * compat.c: where the kernel's versions differ; files are in compat_file.c, what is
 * mapped in compat_mmap.c. Nowhere else in this folder is a version asked for.
 */
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/list_lru.h>
#include <linux/mmdebug.h>
#include <linux/mmzone.h>
#include <linux/page-isolation.h>
#include <linux/pagevec.h>
#include <linux/percpu.h>
#include <linux/rmap.h>
#include <linux/slab.h>
#include <linux/timer.h>

#include "mm_internal.h"
#include "glue.h"

/* ------------------------------------------------------------- struct page */

unsigned int linux_order_of(const struct page *head)
{
#if SINCE(6, 6)
	return (unsigned int)(((const struct folio *)head)->_flags_1 & 0xff);
#else
	return head[1].compound_order;
#endif
}

/*
 * 6.9: a folio of two pages has no room for the list of those to be split.
 * Before, readahead took single pages instead.
 */
unsigned int linux_cache_order(unsigned int order)
{
#if !SINCE(6, 9)
	if (order == 1)
		return 0;
#endif
	return order;
}

bool linux_is_buddy_type(uint64_t page_type)
{
#if SINCE(6, 11)
	return (unsigned int)page_type >> 24 == PGTY_buddy;
#else
	return (page_type & (PAGE_TYPE_BASE | PG_buddy)) == PAGE_TYPE_BASE;
#endif
}

bool linux_is_buddy(const struct page *page)
{
	return linux_is_buddy_type(page->page_type);
}

/* ---------------------------------------------------------------- start-up */

#ifdef TREE_HAS_ZONE_LIMITS /* It asks where zones end, and is called early. */
void __init arch_zone_limits_init(unsigned long *max_pfn)
{
	max_pfn[ZONE_NORMAL] = linux_pages();
}

void linux_init_zones(void)
{
	mm_core_init_early();
}
#else
void linux_init_zones(void)
{
	unsigned long max_pfn[MAX_NR_ZONES] = { 0 };

	max_pfn[ZONE_NORMAL] = linux_pages();
	free_area_init(max_pfn);
}
#endif

void linux_give_block(unsigned long pfn, unsigned int order)
{
#ifdef TREE_HAS_ZONE_LIMITS
	memblock_free_pages(pfn, order);
#else
	memblock_free_pages(pfn_to_page(pfn), pfn, order);
#endif
}

/* From 7.x on the caller may have a policy of nodes. */
struct folio *linux_alloc_folio(gfp_t gfp, unsigned int order)
{
#ifdef TREE_HAS_FOLIO_POLICY
	return filemap_alloc_folio(gfp, order, NULL);
#else
	return filemap_alloc_folio(gfp, order);
#endif
}

/* --------------------------------------------------------------- isolation */

/* Some time after 6.12 a pageblock that is isolated keeps its type. */
#ifdef PAGEBLOCK_ISO_MASK
#define IS_ISOLATED(bits) (((bits) & PAGEBLOCK_ISO_MASK) != 0)
#else
#define IS_ISOLATED(bits) is_migrate_isolate((bits) & MIGRATETYPE_MASK)
#endif

bool linux_is_isolated_block(unsigned long pfn)
{
	unsigned long bit = (pfn >> pageblock_order) * NR_PAGEBLOCK_BITS;
	unsigned long word = linux_zone->pageblock_flags[bit / BITS_PER_LONG];

	return IS_ISOLATED(word >> bit % BITS_PER_LONG);
}

int linux_isolate_range(unsigned long start, unsigned long end)
{
#ifdef TREE_HAS_ISOLATE_MODES
	return start_isolate_page_range(start, end, PB_ISOLATE_MODE_OTHER);
#else
	return start_isolate_page_range(start, end, MIGRATE_MOVABLE, 0,
					GFP_KERNEL | __GFP_NOWARN);
#endif
}

void linux_unisolate_range(unsigned long start, unsigned long end)
{
#ifdef TREE_HAS_ISOLATE_MODES
	undo_isolate_page_range(start, end);
#else
	undo_isolate_page_range(start, end, MIGRATE_MOVABLE);
#endif
}

bool linux_isolation_drops_the_lock(void)
{
	return !SINCE(6, 10);
}

bool linux_warns_of_late_lookups(void)
{
	return !SINCE(7, 0);
}

/* A range for anybody, not for CMA. */
int linux_take_range(unsigned long start, unsigned long end)
{
#ifdef TREE_HAS_ACR_FLAGS
	acr_flags_t whose = ACR_FLAGS_NONE;
#else
	unsigned int whose = MIGRATE_MOVABLE;
#endif

	return alloc_contig_range(start, end, whose, GFP_KERNEL | __GFP_NOWARN);
}

/* ------------------------------------------------------------ per-CPU lists */

static void set_pcp_of_cpu(struct per_cpu_pages *pcp, int high, int batch)
{
	pcp->high = high;
	pcp->batch = batch;
#if SINCE(6, 7) /* The mark moves between two others. */
	pcp->high_min = high;
	pcp->high_max = high;
#endif
}

void linux_set_pcp(int high, int batch)
{
	struct zone *zone = linux_zone;
	int cpu;

	for_each_possible_cpu(cpu) set_pcp_of_cpu(
		per_cpu_ptr(zone->per_cpu_pageset, cpu), high, batch);
	zone->pageset_batch = batch;
#if SINCE(6, 7)
	zone->pageset_high_min = high;
	zone->pageset_high_max = high;
#else
	zone->pageset_high = high;
#endif
}

/*
 * The LRU batches of a CPU: static in mm/swap.c, made visible by link.sh, which
 * also says how large they are. They stand in a row, as the locks between them
 * are empty; that for rotation was on its own before 6.12.
 */
extern unsigned char lru_row[] __asm__("cpu_fbatches");
extern const unsigned long linux_lru_bytes;
#if !SINCE(6, 12)
extern unsigned char lru_alone[] __asm__("lru_rotate");
#else
#define lru_alone NULL
#endif

const struct folio_batch *linux_lru_batch(int cpu, unsigned int i)
{
	unsigned int nr = linux_lru_bytes / sizeof(struct folio_batch);
	const unsigned char *at = NULL;

	if (i < nr)
		at = lru_row + i * sizeof(struct folio_batch);
	else if (i == nr)
		at = lru_alone;
	if (!at)
		return NULL;
	return (const struct folio_batch *)(at + __per_cpu_offset[cpu]);
}

/* ------------------------------------------------------------------- slabs */

/* 6.12: arguments of a cache come in a struct. */
#if SINCE(6, 12)
struct kmem_cache *__kmem_cache_create_args(const char *name, unsigned int size,
					    struct kmem_cache_args *args,
					    slab_flags_t flags)
{
	(void)name, (void)flags;
	return linux_cache_create(size, args->ctor);
}
#else
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, slab_flags_t flags,
				     void (*construct)(void *object))
{
	(void)name, (void)align, (void)flags;
	return linux_cache_create(size, construct);
}
#endif

/* 6.10: allocators are called through hooks that note who asks. */
#if SINCE(6, 10)
#define ALLOCATOR(name) name##_noprof
void __percpu *pcpu_alloc_noprof(size_t size, size_t align, bool reserved,
				 gfp_t gfp)
{
	(void)reserved, (void)gfp;
	return linux_percpu_alloc(size, align);
}
#else
#define ALLOCATOR(name) name
void __percpu *__alloc_percpu(size_t size, size_t align)
{
	return linux_percpu_alloc(size, align);
}
#endif

void *ALLOCATOR(kmem_cache_alloc_lru)(struct kmem_cache *cache,
				      struct list_lru *lru, gfp_t gfp)
{
	(void)lru, (void)gfp;
	return linux_cache_alloc(cache);
}

void *ALLOCATOR(kmem_cache_alloc)(struct kmem_cache *cache, gfp_t gfp)
{
	(void)gfp;
	return linux_cache_alloc(cache);
}

/* ------------------------------------------------- stubs, as in stubs.c */

/* 6.8: the list is found by the object; the other call says which one. */
#if SINCE(6, 8)
#define LIST_LRU(name) name##_obj
#else
#define LIST_LRU(name) name
#endif

/* Tree nodes of shadow entries alone: one list, and nobody shrinks it. */
static DEFINE_SPINLOCK(shadow_nodes_lock);
static LIST_HEAD(shadow_nodes_list);

bool LIST_LRU(list_lru_add)(struct list_lru *lru, struct list_head *item)
{
	(void)lru;
	spin_lock(&shadow_nodes_lock);
	list_add_tail(item, &shadow_nodes_list);
	spin_unlock(&shadow_nodes_lock);
	return true;
}

bool LIST_LRU(list_lru_del)(struct list_lru *lru, struct list_head *item)
{
	(void)lru;
	spin_lock(&shadow_nodes_lock);
	list_del_init(item);
	spin_unlock(&shadow_nodes_lock);
	return true;
}

/* 6.3: batches of mlocked folios, not pages. */
#if SINCE(6, 3)
#define MLOCK(name) mlock_##name
#else
#define MLOCK(name) mlock_page_##name
#endif

/* No page is mlocked, so that no CPU has a batch of them. */
void MLOCK(drain_local)(void)
{
}

void MLOCK(drain_remote)(int cpu)
{
	(void)cpu;
}

/* 6.9: who only looks at a page says so. */
#if SINCE(6, 9)
#define SEEN const
#else
#define SEEN
#endif

/* No shrinker is registered. In 6.1 it stands where it is called. */
unsigned long shrink_slab(gfp_t gfp, int node, struct mem_cgroup *group,
			  int priority);
unsigned long shrink_slab(gfp_t gfp, int node, struct mem_cgroup *group,
			  int priority)
{
	(void)gfp, (void)node, (void)group, (void)priority;
	return 0;
}

/* khugepaged is not started. From 6.6 on reclaim counts what it takes. */
bool current_is_khugepaged(void);
bool current_is_khugepaged(void)
{
	return false;
}

#ifdef TREE_HAS_INODE_LRU_LIST
#define inode_add_lru inode_lru_list_add
#endif
/* The inode is in use: it is on no list of unused ones. */
void inode_add_lru(struct inode *inode)
{
	(void)inode;
}

#ifdef TREE_HAS_TIMER_INIT_KEY
#define init_timer_key timer_init_key
#endif
/* Writers are not throttled: no timer is started. */
void init_timer_key(struct timer_list *timer,
		    void (*function)(struct timer_list *timer),
		    unsigned int flags, const char *name,
		    struct lock_class_key *key)
{
	(void)timer, (void)function, (void)flags, (void)name, (void)key;
}

/* For a trace event that nobody listens to. */
#ifndef TREE_HAS_JIFFIES_TO_USECS
unsigned int jiffies_to_usecs(const unsigned long jiffies)
{
	return (unsigned int)jiffies * (USEC_PER_SEC / HZ);
}
#endif

const struct page *linux_dumped;
bool linux_dumped_by_vm;

/* Some dump one and go on. */
void dump_page(SEEN struct page *page, const char *reason)
{
	linux_dumped = page;
	linux_dumped_by_vm = reason && !strncmp(reason, "VM_", 3);
}
