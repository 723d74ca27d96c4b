/* SPDX-License-Identifier: MIT */
/*
 * core.c: the core as a target: its operations, in terms of the public calls
 * of page_alloc.c and filemap.c, and nothing else.
 */
#include "filemap.h"
#include "view.h"

static struct page *page_of(const struct op_args *args)
{
	return &core.mem_map[args->pfn];
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

static void op_alloc(const struct op_args *args, struct op_result *result)
{
	give(result, alloc_pages(args->order, args->compound), 0);
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

static void op_add(const struct op_args *args, struct op_result *result)
{
	give(result, filemap_create(&core.mapping, args->index), args->index);
}

static void op_lookup(const struct op_args *args, struct op_result *result)
{
	give(result, find_get_page(&core.mapping, args->index), args->index);
}

static void op_lookup_batch(const struct op_args *args,
			    struct op_result *result)
{
	struct page *pages[TARGET_BATCH_MAX];
	unsigned long indices[TARGET_BATCH_MAX];
	unsigned int i, nr;

	nr = find_get_pages(&core.mapping, args->index, TARGET_FILE_PAGES - 1,
			    args->count, pages, indices);
	for (i = 0; i < nr; i++)
		give(result, pages[i], indices[i]);
}

static void op_read(const struct op_args *args, struct op_result *result)
{
	unsigned char buffer[PAGE_SIZE];

	(void)result;
	filemap_read(&core.mapping, args->index, buffer);
}

static void op_remove(const struct op_args *args, struct op_result *result)
{
	give(result, filemap_remove(&core.mapping, args->index), args->index);
}

static void op_remove_range(const struct op_args *args,
			    struct op_result *result)
{
	(void)result;
	filemap_remove_range(&core.mapping, args->index,
			     args->index + args->count - 1);
}

static void op_reclaim(const struct op_args *args, struct op_result *result)
{
	give(result, filemap_reclaim(&core.mapping, args->index), args->index);
}

static void op_drain(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	drain_local_pages();
}

static void op_drain_all(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	drain_all_pages();
}

/* What may run in an interrupt: nothing that sleeps. */
static void op_interrupt(enum operation op, const struct op_args *args,
			 struct op_result *result)
{
	if (op == OP_FREE)
		op_free(args, result);
	else if (op == OP_PUT)
		op_put(args, result);
	else if (op == OP_ALLOC)
		op_alloc(args, result);
}

const struct target target_core = {
	.name = "core",
	.order_max = TARGET_ORDER_MAX,
	.compound = true,
	.percpu = true,
	.tree = true,
	.scanned = true,
	.stamped = true,
	.copies = true,
	.promises = {
		{ "free-of-page-in-use", "a page that is freed is in no other use" },
		{ "new-page-not-clean", "a page that is handed out was in no use" },
		{ "block-not-as-asked", "a block is as large as was asked for" },
		{ "compound-order", "a compound block is freed as large as it is" },
		{ "misaligned-free", "a block begins at a multiple of its size" },
		{ "pcp-counts-what-is-not-there",
		  "a per-CPU list counts the pages that are on it" },
		{ "per-cpu-lists-overfull", "per-CPU lists keep no more than high" },
		{ "unlock-of-a-free-lock", "only a locked page is unlocked" },
	},
	TARGET_SITES,
	.init = core_init,
	.regions = view_regions,
	.operations = {
		[OP_ALLOC] = op_alloc,
		[OP_FREE] = op_free,
		[OP_GET] = op_get,
		[OP_PUT] = op_put,
		[OP_ADD] = op_add,
		[OP_LOOKUP] = op_lookup,
		[OP_LOOKUP_BATCH] = op_lookup_batch,
		[OP_REMOVE] = op_remove,
		[OP_REMOVE_RANGE] = op_remove_range,
		[OP_RECLAIM] = op_reclaim,
		[OP_DRAIN] = op_drain,
		[OP_DRAIN_ALL] = op_drain_all,
		[OP_READ] = op_read,
	},
	.removes = {
		[OP_REMOVE] = REMOVES_ALL,
		[OP_REMOVE_RANGE] = REMOVES_ALL,
		[OP_RECLAIM] = REMOVES_IDLE,
	},
	.drains = {
		[OP_DRAIN] = DRAINS_OWN,
		[OP_DRAIN_ALL] = DRAINS_ALL,
	},
	.alloc_drains = true,
	.interrupt = op_interrupt,
	.count = view_count,
	.free_blocks = view_free_blocks,
	.cache_entry = view_cache_entry,
	.mapped = view_mapped,
	.idle = view_idle,
	.describe = view_describe,
	.check = core_check,
	.spell_place = spell_place,
	.spell_value = spell_value,
};
