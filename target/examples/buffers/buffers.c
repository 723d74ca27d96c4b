/* SPDX-License-Identifier: MIT */
/*
 * buffers.c: a buffer cache, as a database has it, whose readers take no lock.
 *
 * A buffer is free, or stands at one index of the table. Its pin count is 0
 * if it is free, else 1 for the table and 1 for each reader.
 *
 * Owns: the table and the stack of free buffers, both written under the lock.
 * Promises:
 *  1. A buffer with pins is not free. Who drops the last pin frees it.
 *  2. A reader pins only what has pins (pin), and then looks again whether it
 *     still stands where it was found: meanwhile it may have moved.
 *  3. To evict is to take the table's pin if that is the only one, in one step:
 *     between a look and a store a reader could pin.
 * Yields: at each access to a pin count or a slot, and at the lock.
 */
#include <pagerace/machine.h>
#include <pagerace/target.h>

struct buffer {
	atomic_t pins;
};

static struct pool {
	spinlock_t lock;
	struct buffer *table[TARGET_INDEX_MAX];
	struct buffer buffers[TARGET_PAGES_MAX];
	size_t nr_free;
	size_t nr;
	struct buffer *free[TARGET_PAGES_MAX];
} pool;

/* ------------------------------------------------------------- the code */

/* Context: the lock is held. */
static void give_back(struct buffer *buffer)
{
	VM_BUG_ON(pool.nr_free == pool.nr, "more-free-than-there-are");
	pool.free[pool.nr_free++] = buffer;
}

static void unpin(struct buffer *buffer)
{
	if (!atomic_dec_and_test(&buffer->pins))
		return;
	spin_lock(&pool.lock);
	give_back(buffer);
	spin_unlock(&pool.lock);
}

/* Find and pin. Returns: NULL if there is none, or it is on its way out. */
static struct buffer *pool_lookup(unsigned long index)
{
	struct buffer *buffer;

	for (;;) {
		buffer = READ_ONCE(pool.table[index]);
		/* It may be freed here, and stand elsewhere. */
		if (!buffer || !atomic_add_unless(&buffer->pins, 1, 0))
			return NULL;
		if (buffer == READ_ONCE(pool.table[index]))
			return buffer;
		unpin(buffer);
	}
}

/* Put a free buffer at @index. Returns: NULL if there is one, or none is free. */
static struct buffer *pool_add(unsigned long index)
{
	struct buffer *buffer = NULL;

	spin_lock(&pool.lock);
	if (!pool.table[index] && pool.nr_free) {
		buffer = pool.free[--pool.nr_free];
		atomic_set(&buffer->pins, 1);
		WRITE_ONCE(pool.table[index], buffer);
	}
	spin_unlock(&pool.lock);
	return buffer;
}

/* Whoever still reads it frees it. */
static struct buffer *pool_remove(unsigned long index)
{
	struct buffer *buffer;

	spin_lock(&pool.lock);
	buffer = pool.table[index];
	if (buffer)
		WRITE_ONCE(pool.table[index], NULL);
	spin_unlock(&pool.lock);
	if (buffer)
		unpin(buffer);
	return buffer;
}

/* Take the table's pin, if it is the only one. */
static bool take_last_pin(struct buffer *buffer)
{
	return atomic_cmpxchg(&buffer->pins, 1, 0) == 1;
}

/* Free what nobody reads. Returns: NULL if somebody does. */
static struct buffer *pool_evict(unsigned long index)
{
	struct buffer *buffer;

	spin_lock(&pool.lock);
	buffer = pool.table[index];
	if (buffer && !take_last_pin(buffer))
		buffer = NULL;
	if (buffer) {
		WRITE_ONCE(pool.table[index], NULL);
		give_back(buffer);
	}
	spin_unlock(&pool.lock);
	return buffer;
}

/* ------------------------------------------- the same, as pagerace sees it */

static void pool_init(const struct target_config *config)
{
	size_t i;

	memset(&pool, 0, sizeof(pool));
	pool.nr = config->pages;
	for (i = pool.nr; i--;)
		pool.free[pool.nr_free++] = &pool.buffers[i];
}

/* What a run writes: no buffer beyond nr is ever touched. */
static int pool_regions(struct target_region *regions)
{
	regions[0] = (struct target_region){
		.start = &pool, .size = offsetof(struct pool, buffers[pool.nr])
	};
	regions[1] = (struct target_region){
		&pool.nr_free,
		offsetof(struct pool, free[pool.nr]) -
			offsetof(struct pool, nr_free),
		false
	};
	return 2;
}

static void give(struct op_result *result, const struct buffer *buffer,
		 unsigned long index)
{
	if (!buffer)
		return;
	result->pfn[0] = (int)(buffer - pool.buffers);
	result->index[0] = index;
	result->nr = 1;
}

static void op_add(const struct op_args *args, struct op_result *result)
{
	give(result, pool_add(args->index), args->index);
}

static void op_lookup(const struct op_args *args, struct op_result *result)
{
	give(result, pool_lookup(args->index), args->index);
}

static void op_put(const struct op_args *args, struct op_result *result)
{
	(void)result;
	unpin(&pool.buffers[args->pfn]);
}

static void op_remove(const struct op_args *args, struct op_result *result)
{
	give(result, pool_remove(args->index), args->index);
}

static void op_evict(const struct op_args *args, struct op_result *result)
{
	give(result, pool_evict(args->index), args->index);
}

static int count(int pfn)
{
	return pool.buffers[pfn].pins.counter;
}

/* Only the table pins it. */
static bool idle(int pfn)
{
	return pool.buffers[pfn].pins.counter == 1;
}

static int cache_entry(unsigned long index)
{
	const struct buffer *buffer = pool.table[index];

	return buffer ? (int)(buffer - pool.buffers) : TARGET_NO_PAGE;
}

static void free_blocks(const struct target_visit *visit)
{
	struct target_block block = { .cpu = -1, .linked = 1, .marked = 1 };
	size_t i;

	for (i = 0; i < pool.nr_free; i++) {
		block.pfn = (int)(pool.free[i] - pool.buffers);
		if (!visit->block(visit->arg, &block))
			return;
	}
}

/* "page" and "count" are what checkers know buffers and pins by. */
static void describe(const volatile void *addr, struct target_place *place)
{
	size_t buffer = (uintptr_t)addr - (uintptr_t)pool.buffers;
	size_t slot = (uintptr_t)addr - (uintptr_t)pool.table;

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (addr == &pool.lock)
		*place = (struct target_place){ "pool", -1, "lock", -1 };
	else if (slot < sizeof(pool.table))
		*place = (struct target_place){
			"pool", -1, "table",
			(int)(slot / sizeof(pool.table[0]))
		};
	else if (buffer < pool.nr * sizeof(struct buffer))
		*place = (struct target_place){
			"page", (int)(buffer / sizeof(struct buffer)), "count",
			-1
		};
}

const struct target target_buffers = {
	.name = "buffers",
	.pages_min = 2,
	.page_name = "buffer",
	.operation_names = { [OP_PUT] = "unpin", [OP_RECLAIM] = "evict" },
	TARGET_SITES,
	.init = pool_init,
	.regions = pool_regions,
	.operations = {
		[OP_ADD] = op_add,
		[OP_LOOKUP] = op_lookup,
		[OP_PUT] = op_put,
		[OP_REMOVE] = op_remove,
		[OP_RECLAIM] = op_evict,
	},
	.removes = { [OP_REMOVE] = REMOVES_ALL, [OP_RECLAIM] = REMOVES_IDLE },
	.idle = idle,
	.count = count,
	.free_blocks = free_blocks,
	.cache_entry = cache_entry,
	.describe = describe,
};
