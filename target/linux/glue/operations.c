// SPDX-License-Identifier: GPL-2.0
/*
 * operations.c: the operations, in terms of the kernel's public calls. Those of
 * writeback, isolation and reads have files of their own.
 */
#include <linux/gfp.h>
#include <linux/hardirq.h>
#include <linux/pagemap.h>
#include <linux/pagevec.h>
#include <linux/rmap.h>
#include <linux/swap.h>

#include "mm_internal.h"
#include "glue.h"
#include "marked_walk.h"
#include "own.h"

/* Nobody reclaims: no memory means no page. */
#define GFP_OPERATION (__GFP_MOVABLE | __GFP_NOWARN)

static struct page *page_of(const struct op_args *args)
{
	return pfn_to_page((unsigned long)args->pfn);
}

static void give(struct op_result *result, struct page *page,
		 unsigned long index)
{
	if (!page)
		return;
	result->pfn[result->nr] = (int)page_to_pfn(page);
	result->index[result->nr] = index;
	result->nr++;
}

static void give_folio(struct op_result *result, struct folio *folio,
		       unsigned long index)
{
	give(result, folio ? &folio->page : NULL, index);
}

/* ---------------------------------------------------------------- allocator */

static void op_alloc(const struct op_args *args, struct op_result *result)
{
	gfp_t gfp = GFP_OPERATION | (args->compound ? __GFP_COMP : 0);

	give(result, alloc_pages(gfp, args->order), 0);
}

static void op_free(const struct op_args *args, struct op_result *result)
{
	(void)result;
	__free_pages(page_of(args), args->order);
}

static void op_get(const struct op_args *args, struct op_result *result)
{
	get_page(page_of(args));
	give(result, page_of(args), 0);
}

static void op_put(const struct op_args *args, struct op_result *result)
{
	(void)result;
	put_page(page_of(args));
}

static void op_drain(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	drain_local_pages(NULL);
}

static void op_drain_all(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	drain_all_pages(NULL);
}

static void op_lru_drain(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	lru_add_drain();
}

/* --------------------------------------------------------------- page cache */

struct folio *linux_lookup(unsigned long position)
{
	struct folio *folio = filemap_get_folio(linux_mapping_at(position),
						target_index(position));

	return IS_ERR_OR_NULL(folio) ? NULL : folio;
}

/*
 * A lookup finds a large folio through a sibling entry, and stops. The folio goes,
 * and its first page comes back as a smaller one: the lookup gets a reference, and
 * looks again at where it found it, in two loads, the newcomer in between. So it
 * comes to an end before, if something larger stands there until then.
 * See: ../README.md, findings.
 */
void linux_wait_for_lookups(unsigned long position, unsigned int order)
{
	if (linux_view_entry_order(position) > order)
		synchronize_rcu();
}

/* It is read in when somebody reads it. */
static void add(struct op_result *result, unsigned int order,
		unsigned long position)
{
	struct folio *folio = linux_alloc_folio(GFP_OPERATION, order);

	if (!folio)
		return;
	linux_wait_for_lookups(position, order);
	if (!filemap_add_folio(linux_mapping_at(position), folio,
			       target_index(position), GFP_OPERATION)) {
		give_folio(result, folio, position);
		folio_unlock(folio);
	}
	folio_put(folio);
}

static void op_add(const struct op_args *args, struct op_result *result)
{
	add(result, 0, args->index);
}

static void op_add_large(const struct op_args *args, struct op_result *result)
{
	unsigned int order = linux_cache_order(args->order);
	unsigned long nr = 1UL << order;

	if (nr > TARGET_FILE_PAGES || !linux_add_large_begin())
		return;
	add(result, order, args->index & ~(nr - 1));
	linux_add_large_end();
}

static void op_lookup(const struct op_args *args, struct op_result *result)
{
	give_folio(result, linux_lookup(args->index), args->index);
}

/*
 * A batch that begins inside a large folio may bring pages that follow its
 * first one, if that goes meanwhile. See: ../README.md, findings.
 */
static bool is_before(struct folio *folio, unsigned long index)
{
	return folio->index + folio_nr_pages(folio) <= index;
}

static void op_lookup_batch(const struct op_args *args,
			    struct op_result *result)
{
	struct address_space *mapping = linux_mapping_at(args->index);
	pgoff_t first = target_index(args->index), start = first;
	struct folio_batch batch;
	unsigned int i, nr;

	folio_batch_init(&batch);
	nr = filemap_get_folios(mapping, &start, TARGET_FILE_PAGES - 1, &batch);
	for (i = 0; i < nr; i++) {
		struct folio *folio = batch.folios[i];

		if (is_before(folio, first) || result->nr >= args->count)
			folio_put(folio);
		else
			give_folio(result, folio,
				   args->index - first +
					   max(folio->index, first));
	}
}

static void op_remove(const struct op_args *args, struct op_result *result)
{
	struct folio *folio = filemap_lock_folio(linux_mapping_at(args->index),
						 target_index(args->index));

	if (IS_ERR_OR_NULL(folio))
		return;
	folio_wait_writeback(folio);
	if (linux_is_mapped(folio->mapping) && folio_mapped(folio))
		unmap_mapping_folio(folio);
	if (linux_view_flag(&folio->page, PG_dirty)) {
		linux_drop(args->index - target_index(args->index) +
				   folio->index,
			   folio_nr_pages(folio));
		folio_cancel_dirty(folio);
	}
	filemap_remove_folio(folio);
	give_folio(result, folio, args->index);
	folio_unlock(folio);
	folio_put(folio);
}

static void op_remove_range(const struct op_args *args,
			    struct op_result *result)
{
	loff_t start = (loff_t)target_index(args->index) << PAGE_SHIFT;
	loff_t end = start + ((loff_t)args->count << PAGE_SHIFT) - 1;

	(void)result;
	if (!args->count)
		return;
	linux_drops_begin(args->index, args->count);
	truncate_inode_pages_range(linux_mapping_at(args->index), start, end);
	linux_drops_end();
}

static void op_invalidate(const struct op_args *args, struct op_result *result)
{
	pgoff_t start = target_index(args->index);

	(void)result;
	if (args->count)
		invalidate_mapping_pages(linux_mapping_at(args->index), start,
					 start + args->count - 1);
}

/* What shrink_folio_list() does with a clean folio that nobody maps. */
static void op_reclaim(const struct op_args *args, struct op_result *result)
{
	struct address_space *mapping = linux_mapping_at(args->index);
	struct folio *folio = linux_found_at(args->index);

	if (!folio)
		return;
	if (folio_trylock(folio)) {
		if (folio->mapping == mapping && !folio_test_writeback(folio) &&
		    remove_mapping(mapping, folio))
			give_folio(result, folio, args->index);
		folio_unlock(folio);
	}
	folio_put(folio);
}

static void op_lock_wait(const struct op_args *args, struct op_result *result)
{
	(void)result;
	folio_wait_locked(page_folio(page_of(args)));
}

/* -------------------------------------------------------------- interrupts */

/* What may run in an interrupt: nothing that sleeps. */
static void op_interrupt(enum operation op, const struct op_args *args,
			 struct op_result *result)
{
	preempt_count_add(HARDIRQ_OFFSET);
	if (op == OP_FREE)
		op_free(args, result);
	else if (op == OP_PUT)
		op_put(args, result);
	else if (op == OP_ALLOC)
		op_alloc(args, result);
	preempt_count_sub(HARDIRQ_OFFSET);
}

/* ------------------------------------------------------------------- files */

#define WITH_FILE(operation)                                                   \
	static void operation##_of_file(const struct op_args *args,            \
					struct op_result *result)              \
	{                                                                      \
		linux_file_open(args->index);                                  \
		operation(args, result);                                       \
		linux_file_close(args->index);                                 \
	}

WITH_FILE(op_add)
WITH_FILE(op_add_large)
WITH_FILE(op_lookup)
WITH_FILE(op_lookup_batch)
WITH_FILE(op_remove)
WITH_FILE(op_remove_range)
WITH_FILE(op_invalidate)
WITH_FILE(linux_read)
WITH_FILE(linux_read_ahead)
WITH_FILE(linux_write)
WITH_FILE(linux_sync)
WITH_FILE(linux_truncate)
WITH_FILE(linux_modify)
#ifdef TREE_HAS_MAPS
WITH_FILE(linux_map)
WITH_FILE(linux_unmap)
#else
#define linux_map_of_file NULL
#define linux_unmap_of_file NULL
#endif

extern const struct site site_names[]; /* by name_sites.sh */
extern const struct plain_place plain_places[]; /* by name_plain.sh */
const struct target target_linux = {
	.name = "linux",
	.order_max = LINUX_ORDER_MAX,
	.order_seldom = LINUX_ORDER_MAX,
	.more_files = LINUX_FILES - 1,
	.homes = LINUX_FILES,
	.compound = true,
	.percpu = true,
	.tree = true,
	.scanned = true,
	.stamped = true,
	TARGET_SITES,
	.site_names = site_names,
	.plain_places = plain_places,
	.promises = LINUX_PROMISES,
	.races = linux_races,
	.points_shift = 9, /* a remove_range of four pages: 440 */
	.fanout_shift = XA_CHUNK_SHIFT,
	.init = linux_init,
	.regions = linux_regions,
	.operations = {
		[OP_ALLOC] = op_alloc,
		[OP_FREE] = op_free,
		[OP_GET] = op_get,
		[OP_PUT] = op_put,
		[OP_ADD] = op_add_of_file,
		[OP_ADD_LARGE] = op_add_large_of_file,
		[OP_LOOKUP] = op_lookup_of_file,
		[OP_LOOKUP_BATCH] = op_lookup_batch_of_file,
		[OP_REMOVE] = op_remove_of_file,
		[OP_REMOVE_RANGE] = op_remove_range_of_file,
		[OP_INVALIDATE] = op_invalidate_of_file,
		[OP_RECLAIM] = op_reclaim,
		[OP_READ] = linux_read_of_file,
		[OP_WRITE] = linux_write_of_file,
		[OP_SYNC] = linux_sync_of_file,
		[OP_SPLIT] = linux_split,
		[OP_LOCK_WAIT] = op_lock_wait,
		[OP_DRAIN] = op_drain,
		[OP_DRAIN_ALL] = op_drain_all,
		[OP_LRU_DRAIN] = op_lru_drain,
		[OP_ISOLATE] = linux_isolate,
		[OP_UNISOLATE] = linux_unisolate,
		[OP_CONTIG] = linux_contig,
		[OP_CMA] = linux_cma,
	},
	.own = LINUX_OWN,
	.removes = {
		[OP_REMOVE] = REMOVES_ALL,
		[OP_REMOVE_RANGE] = REMOVES_ALL,
		[OP_INVALIDATE] = REMOVES_IDLE,
		[OP_RECLAIM] = REMOVES_IDLE,
		[OP_OWN_E] = REMOVES_REST, /* truncate */
		[OP_OWN_H] = REMOVES_REST, /* evict: of all of the file */
	},
	.drains = {
		/* Not drain_all: who is in it, or looks as if empty, is passed by. */
		[OP_DRAIN] = DRAINS_OWN,
		[OP_OWN_A] = DRAINS_ALL, /* pcp_disable */
	},
	.interrupt = op_interrupt,
	.count = linux_view_count,
	.free_blocks = linux_view_free_blocks,
	.cache_entry = linux_view_cache_entry,
	.idle = linux_view_idle,
	.order = linux_view_order,
	.mapped = linux_view_mapped,
	.describe = linux_view_describe,
	.spell_place = linux_spell_place,
	.spell_value = linux_spell_value,
	.check = linux_check,
};
