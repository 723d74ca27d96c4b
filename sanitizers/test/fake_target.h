/* SPDX-License-Identifier: MIT */
/*
 * fake_target.h: a target that is nothing but its views, filled in by hand.
 *
 * Views have no argument to carry a context, so there is one fake a test
 * binary. fake_scene() begins anew: all pages free of references, nothing
 * cached, no free lists, empty books.
 */
#ifndef SANITIZERS_TEST_FAKE_TARGET_H
#define SANITIZERS_TEST_FAKE_TARGET_H

#include "checker.h"

#define FAKE_PAGES 16
#define FAKE_BLOCKS 20

struct fake {
	int counts[FAKE_PAGES];
	int cache[TARGET_INDEX_MAX]; /* page at an index, or TARGET_NO_PAGE */
	unsigned int orders[FAKE_PAGES]; /* of large folios: first pages */
	struct target_mapped mapped[FAKE_PAGES];
	bool busy[FAKE_PAGES];
	unsigned int nr_blocks;
	struct target_block blocks[FAKE_BLOCKS];
};

static struct fake fake;

static int fake_count(int pfn)
{
	return fake.counts[pfn];
}

static int fake_cache_entry(unsigned long index)
{
	return fake.cache[index];
}

static unsigned int fake_order(int pfn)
{
	return fake.orders[pfn];
}

static void fake_mapped(int pfn, struct target_mapped *mapped)
{
	*mapped = fake.mapped[pfn];
}

static bool fake_idle(int pfn)
{
	return !fake.busy[pfn];
}

static void fake_free_blocks(const struct target_visit *visit)
{
	unsigned int i;

	for (i = 0; i < fake.nr_blocks; i++)
		if (!visit->block(visit->arg, &fake.blocks[i]))
			return;
}

static void fake_describe(const volatile void *addr, struct target_place *place)
{
	size_t at = (uintptr_t)addr - (uintptr_t)fake.counts;

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (at < sizeof(fake.counts))
		*place = (struct target_place){
			"page", (int)(at / sizeof(int)), "count", -1
		};
}

static const struct target fake_target = {
	.name = "fake",
	.removes = { [OP_REMOVE] = REMOVES_ALL,
		     [OP_REMOVE_RANGE] = REMOVES_ALL,
		     [OP_RECLAIM] = REMOVES_IDLE,
		     [OP_OWN_A] = REMOVES_REST },
	.drains = { [OP_DRAIN] = DRAINS_OWN, [OP_DRAIN_ALL] = DRAINS_ALL },
	.alloc_drains = true,
	.idle = fake_idle,
	.count = fake_count,
	.free_blocks = fake_free_blocks,
	.cache_entry = fake_cache_entry,
	.mapped = fake_mapped,
	.describe = fake_describe,
};

/* The same with large folios. */
static const struct target fake_large_target = {
	.name = "fake",
	.removes = { [OP_REMOVE] = REMOVES_ALL,
		     [OP_REMOVE_RANGE] = REMOVES_ALL,
		     [OP_RECLAIM] = REMOVES_IDLE,
		     [OP_OWN_A] = REMOVES_REST },
	.drains = { [OP_DRAIN] = DRAINS_OWN, [OP_DRAIN_ALL] = DRAINS_ALL },
	.alloc_drains = true,
	.idle = fake_idle,
	.count = fake_count,
	.free_blocks = fake_free_blocks,
	.cache_entry = fake_cache_entry,
	.mapped = fake_mapped,
	.order = fake_order,
	.describe = fake_describe,
};

static inline void fake_scene(struct scene *scene)
{
	unsigned int i;

	fake = (struct fake){ .nr_blocks = 0 };
	for (i = 0; i < TARGET_INDEX_MAX; i++)
		fake.cache[i] = TARGET_NO_PAGE;
	scene->target = &fake_target;
	scene->arena = NULL;
	stamps_reset(&scene->stamps, FAKE_PAGES);
	books_reset(&scene->books, FAKE_PAGES);
	history_reset(&scene->history);
	supply_reset(&scene->supply);
}

static inline void fake_begin(struct scene *scene, int task, enum operation op,
			      const struct op_args *args)
{
	const struct op_start start = { .task = task,
					.op = op,
					.lookup = op == OP_LOOKUP ||
						  op == OP_LOOKUP_BATCH,
					.args = args };

	checkers_begin(scene, &start);
}

/* @pfn stands at @index, as some operation named it. */
static inline void fake_cached(struct scene *scene, unsigned long index,
			       int pfn)
{
	fake.cache[index] = pfn;
	if (pfn >= 0)
		positions_add(&scene->books.positions, index);
}

/* The large folio that begins at @pfn stands at @index and behind it. */
static inline void fake_cached_large(struct scene *scene, unsigned long index,
				     int pfn, unsigned int order)
{
	unsigned long i;

	scene->target = &fake_large_target;
	fake.orders[pfn] = order;
	for (i = 0; i < 1UL << order; i++)
		fake_cached(scene, index + i, pfn);
}

/* A well-formed block of the buddy. Returns: it, to be spoilt. */
static inline struct target_block *fake_free(int pfn, unsigned int order)
{
	struct target_block *block = &fake.blocks[fake.nr_blocks++];

	*block = (struct target_block){ .pfn = pfn,
					.list_order = order,
					.order = order,
					.cpu = -1,
					.linked = true,
					.marked = true };
	return block;
}

#endif
