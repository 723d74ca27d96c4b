/* SPDX-License-Identifier: GPL-2.0 */
/*
 * glue.h: what the files of this folder share: a machine's worth of memory,
 * one zone, files.
 *
 * Owns: the names with linux_; everything else is the kernel's.
 */
#ifndef LINUX_GLUE_H
#define LINUX_GLUE_H

#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>

#include "promises.h"
#include "target.h"

#define LINUX_TASKS 10 /* those of the engine */
#define LINUX_ORDER_MAX 6 /* of the largest block: prepare.sh */

/* Outside of what a run restores. */
#define LINUX_UNTOUCHED __attribute__((section(".bss.linux_untouched")))

/* The last page that dump_page() was told of; by VM_BUG_ON_PAGE() and its like: what
 * comes next is about it. */
extern const struct page *linux_dumped;
extern bool linux_dumped_by_vm;
#define linux_zone (&NODE_DATA(0)->node_zones[ZONE_NORMAL])

/* boot.c */
void linux_init(const struct target_config *config);
int linux_regions(struct target_region *regions);
unsigned int linux_pages(void);

/* file.c; the number of a file that is none: LINUX_FILES. */
#define LINUX_FILES 2
void linux_files_init(void);
/* Its inode, or where it comes to be. */
struct inode *linux_file(unsigned int file);
bool linux_file_there(unsigned int file);
void linux_files_region(struct target_region *region);
/* Around what is about the file at @position. */
void linux_file_open(unsigned long position);
void linux_file_close(unsigned long position);
void linux_evict(const struct op_args *args, struct op_result *result);
unsigned int linux_file_of(const struct address_space *mapping);

/* The file that @position is in. */
static inline struct inode *linux_file_at(unsigned long position)
{
	return linux_file((unsigned int)target_file(position));
}

static inline struct address_space *linux_mapping_at(unsigned long position)
{
	return &linux_file_at(position)->i_data;
}

/* Of what stands at @index of a file; of none it is one all the same. */
static inline unsigned long linux_position(const struct address_space *mapping,
					   pgoff_t index)
{
	return target_position(linux_file_of(mapping) % LINUX_FILES,
			       target_index(index));
}

static inline bool linux_is_of_file(const struct folio *folio)
{
	return linux_file_of(folio->mapping) < LINUX_FILES;
}

/* memory.c: @bytes zeroed, aligned, that last until the next init. */
void *linux_boot_alloc(size_t bytes, size_t align);
void linux_memory_reset(void);
void linux_memory_regions(struct target_region *boot,
			  struct target_region *contents);
void linux_percpu_reset(void);
void linux_percpu_region(struct target_region *region);

void __percpu *linux_percpu_alloc(size_t size, size_t align);

/* slab.c */
struct kmem_cache *linux_cache_create(size_t size,
				      void (*construct)(void *object));
void *linux_cache_alloc(struct kmem_cache *cache);
/* Was there no memory for one, in this run? */
bool linux_cache_refused(void);

/* compat.c */
unsigned int linux_order_of(const struct page *head);
/* Order of the folio that goes into the cache when one of @order is wanted. */
unsigned int linux_cache_order(unsigned int order);
bool linux_is_buddy(const struct page *page);
bool linux_is_buddy_type(uint64_t page_type);
/* Boot: the zone, which has all pages; and a block of them to the allocator. */
void linux_init_zones(void);
void linux_give_block(unsigned long pfn, unsigned int order);
struct folio *linux_alloc_folio(gfp_t gfp, unsigned int order);
/* Of all CPUs, and what zone_pcp_enable() puts back. */
void linux_set_pcp(int high, int batch);
/* Returns: the @i-th LRU batch of @cpu; NULL: it has no more. */
const struct folio_batch *linux_lru_batch(int cpu, unsigned int i);

/* Start and end are page numbers; 0: done. */
int linux_isolate_range(unsigned long start, unsigned long end);
void linux_unisolate_range(unsigned long start, unsigned long end);
int linux_take_range(unsigned long start, unsigned long end);
/* Of the pageblock of @pfn; nobody may look at the same time. */
bool linux_is_isolated_block(unsigned long pfn);
/* A free block of two pageblocks can be half isolated. See: fd919a85cd55. */
bool linux_isolation_drops_the_lock(void);
/* free_contig_range() warns of a reference that is not its own. */
bool linux_warns_of_late_lookups(void);

/* report.c: while it is set, what would be a finding ends the process, in words. */
extern bool linux_booting;
void linux_missing(const char *name) __attribute__((noreturn));
/* The tree asks start-up for what we do not have. */
void linux_refuse(const char *id) __attribute__((noreturn));

/* witness.c: no page is with an owner before it is first given out. */
void linux_witness_reset(void);

/* sleep.c */
void linux_tasks_reset(void);
/*
 * The running task is killed when it has been asked @asked times whether others
 * may run, since it last made progress; 0: never, and it has not been.
 */
void linux_patience(unsigned long asked);
/* It got a page, or gave one back. */
void linux_progress(void);

/* workqueue.c */
void linux_workqueue_init(void);

/* read.c: @nr pages of @file from @position on, as kiocb's @flags say. Returns: bytes, or
 * an error. */
ssize_t linux_read_file(struct file *file, unsigned long position,
			unsigned int nr, int flags);
void linux_read(const struct op_args *args, struct op_result *result);

/* readahead.c; linux_readahead() as the file's operation. */
#define LINUX_READAHEAD 16 /* pages, at most: 64 KiB */
void linux_open(struct inode *inode);
bool linux_is_open(const struct file *file);
const struct file *linux_opened(unsigned int file);
bool linux_wait_before_readahead(unsigned int order);
/* The running task may add folios of any order, by itself: it waits as above. */
void linux_fills(bool does);
void linux_readahead(struct readahead_control *control);
void linux_read_ahead(const struct op_args *args, struct op_result *result);

/* operations.c: the folio at @position with a reference, or NULL. */
struct folio *linux_lookup(unsigned long position);
/* split.c: the same, and the file was open for that only. */
struct folio *linux_found_at(unsigned long position);
void linux_split(const struct op_args *args, struct op_result *result);
void linux_split_at(const struct op_args *args, struct op_result *result);
/* Who adds a folio of 2^@order pages where something larger stood, waits first. */
void linux_wait_for_lookups(unsigned long position, unsigned int order);

/* compat_file.c */
extern const struct address_space_operations linux_file_operations;
/* i_size_write(), an access point in each version. */
void linux_size_store(struct inode *inode, loff_t size);
/* A locked folio was read in: it is up to date, and unlocked. */
void linux_folio_filled(struct folio *folio);

/* contents.c: a task's read; what comes to it. @alone: no checker looks at it. All of it
 * by position. */
void linux_reader_begin(unsigned long position, bool alone);
void linux_reader_end(void);
void linux_reader_gets(unsigned long nr, const unsigned char *contents);
/*
 * A version of the page at @position is to be written, is in the page, is the last one.
 * Returns: its number; 0: there are no more.
 */
unsigned int linux_version_begin(unsigned long position);
void linux_version_put(unsigned long position);
void linux_version_end(unsigned long position);
void linux_version_fill(unsigned char *contents, unsigned long position,
			unsigned int version);
/* From @first on, up to @end, there are to be zeros, on the disk as well; there are. */
void linux_zeros_begin(unsigned long first, unsigned long end);
void linux_zeros_end(unsigned long first, unsigned long end);
/* Pages may be lost, written out or not: now, or between two calls. */
void linux_drop(unsigned long position, unsigned long nr);
void linux_drops_begin(unsigned long position, unsigned long nr);
void linux_drops_end(void);
/* Somebody gets a block of 2^@order pages, perhaps for the cache. */
void linux_block_out(unsigned int order);
/* Returns: the order of the largest one that somebody got. */
unsigned int linux_largest_block(void);
/* Nobody has any of them: what comes is what the disk has. */
void linux_gone(unsigned long position, unsigned long nr);
/* As the file's operation. */
int linux_read_folio(struct file *file, struct folio *folio);
/*
 * The same in two steps, for a locked folio: what the disk holds for it, and that it comes.
 */
struct linux_blocks {
	uint8_t versions[TARGET_FILE_PAGES];
};
void linux_blocks_find(struct linux_blocks *blocks, const struct folio *folio);
void linux_blocks_read(const struct linux_blocks *blocks, struct folio *folio);
void linux_written_out(struct page *page, unsigned long position,
		       unsigned int order);

/* stores.c: a CPU stores to the page at @position, of these contents. */
void linux_store(unsigned long position, unsigned char *contents);
const char *linux_contents_wrong(void);

/*
 * mmap.c: is the file in somebody's memory? The kernel's own functions of mm/memory.c and
 * mm/rmap.c, those that are called of files that are not, too: mapped_...(), in rmap.c.
 */
#ifdef TREE_HAS_MAPS
void linux_mmap_init(struct super_block *super);
bool linux_is_mapped(const struct address_space *mapping);
/* The running task maps what is there around a page. */
bool linux_maps_around(void);
/* Its process ends: nothing of it is mapped any more. The file is on its way out. */
void linux_unmap_file(unsigned int file);
/* The entry of the page table for @position; NULL: the file was never mapped. */
const pte_t *linux_view_pte(unsigned long position);
void linux_map(const struct op_args *args, struct op_result *result);
void linux_unmap(const struct op_args *args, struct op_result *result);

/* mapped.c: how often pages of the folio that begins with @pfn are mapped. */
int linux_mapped_references(int pfn);
/* Behind the end of the file: none is, or there is a word for it. */
const char *linux_mapped_behind(unsigned int file);
const char *linux_mapped_wrong(void);

/* compat_mmap.c */
void linux_no_page_of_zeros(void);
void linux_vma_init(struct vm_area_struct *vma, struct mm_struct *mm,
		    unsigned long start, unsigned long end);
void linux_zap(struct vm_area_struct *vma, unsigned long start,
	       unsigned long bytes);
void linux_mm_number(struct mm_struct *mm, unsigned int number);
void linux_area_insert(struct vm_area_struct *vma,
		       struct address_space *mapping);
void linux_area_remove(struct vm_area_struct *vma,
		       struct address_space *mapping);
void linux_file_hold(struct file *file);
/* mm/mmu_gather.c asks it, before 6.10. Returns: 0, none. */
unsigned long linux_pages_for_gather(gfp_t gfp, unsigned int order);
#else
#define linux_mmap_init(super) ((void)0)
#define linux_is_mapped(mapping) false
#define linux_maps_around() false
#define linux_unmap_file(file) ((void)0)
#define linux_view_pte(position) ((const pte_t *)NULL)
#define linux_map NULL
#define linux_unmap NULL
#define linux_mapped_references(pfn) 0
#define linux_mapped_behind(file) ((const char *)NULL)
#define linux_mapped_wrong() ((const char *)NULL)
#endif

/* modify.c */
struct folio *linux_write_begin(struct address_space *mapping, loff_t at,
				unsigned int length);
void linux_write_end(struct address_space *mapping, struct folio *folio,
		     loff_t at, unsigned int copied);
void linux_modify(const struct op_args *args, struct op_result *result);

/* size.c */
void linux_reading_begin(const struct inode *inode);
void linux_reading_end(loff_t at, bool waits, ssize_t got);
void linux_size_set(struct inode *inode, loff_t size);
void linux_truncate(const struct op_args *args, struct op_result *result);

/* writeback.c */
void linux_write(const struct op_args *args, struct op_result *result);
void linux_sync(const struct op_args *args, struct op_result *result);

/* isolation.c */
bool linux_has_isolated(void);
bool linux_may_make_types(void);
void linux_isolate(const struct op_args *args, struct op_result *result);
void linux_unisolate(const struct op_args *args, struct op_result *result);
void linux_pcp_disable(const struct op_args *args, struct op_result *result);
void linux_contig(const struct op_args *args, struct op_result *result);
#ifdef CONFIG_CMA
void linux_cma(const struct op_args *args, struct op_result *result);
#else
#define linux_cma NULL
#endif

/* alloc_hard.c */
void linux_alloc_hard(const struct op_args *args, struct op_result *result);

/* daemons.c; start is part of start-up. */
void linux_daemons_start(void);
/* The running task is one that has nothing to do, and sleeps for a moment first. */
bool linux_daemon_naps(void);
/* The high watermark is as it was. Yields if anything lifted the others meanwhile. */
void linux_unboost(void);
void linux_reclaim_some(const struct op_args *args, struct op_result *result);
void linux_compact(const struct op_args *args, struct op_result *result);

/* races.c */
extern const struct target_race linux_races[];

/* check.c */
bool linux_huge_page_misfiled(void);
const char *linux_check(void);
/* Of the node; per-CPU parts that were not folded into it yet belong to it. */
long linux_node_count(enum node_stat_item item);

/* Of the last lists of a CPU, which were for pageblocks once. */
#ifdef TREE_HAS_LISTS_OF_PAGEBLOCKS
#define LINUX_LAST_LISTS_ORDER pageblock_order
#else
#define LINUX_LAST_LISTS_ORDER HPAGE_PMD_ORDER
#endif

/* view.c */
unsigned int linux_order_of_list(int list);
int linux_view_count(int pfn);
void linux_view_free_blocks(const struct target_visit *visit);
int linux_view_cache_entry(unsigned long position);
/* Of the folio at @position, or of what it left there when it was reclaimed. */
unsigned int linux_view_entry_order(unsigned long position);
bool linux_view_flag(const struct page *page, int flag);
bool linux_view_idle(int pfn);
unsigned int linux_view_order(int pfn);
void linux_view_mapped(int pfn, struct target_mapped *mapped);
void linux_view_describe(const volatile void *addr, struct target_place *place);

/* spell.c, spell_value.c */
void linux_spell_place(const volatile void *addr, struct target_words *words);
void linux_spell_value(const volatile void *addr, unsigned int size,
		       uint64_t value, struct target_words *words);

#endif
