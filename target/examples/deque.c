/* SPDX-License-Identifier: MIT */
/*
 * deque.c: free blocks in a work-stealing deque of 16 slots, before a stack of the
 * rest.
 *
 * CPU 0 owns the deque: it puts blocks to its bottom and takes them from there,
 * without more than loads and stores while there are two or more. All others steal
 * from the top, each by a cmpxchg of the top; for the last block the owner does the
 * same. Who finds nothing turns to the stack, where the others put, too.
 * Promises: slots from top on, in front of bottom, are filled; each is had once.
 * Yields: at each access to top, bottom or a slot, at fences, at the stack's lock.
 * Memory: the owner takes bottom down and then looks at top, a thief looks at top
 *   and then at bottom: smp_mb() between, on both sides, or both have one block.
 * See: D. Chase, Y. Lev, Dynamic Circular Work-Stealing Deque, SPAA 2005; N. M. Le,
 *   A. Pop, A. Cohen, F. Zappa Nardelli, Correct and Efficient Work-Stealing for
 *   Weak Memory Models, PPoPP 2013, for where the barriers are.
 */
#include "machine.h"
#include "target.h"

#define SLOTS 16u

struct block {
	struct block *next; /* on the stack */
};

static struct pool {
	unsigned int top, bottom; /* modulo SLOTS: a slot */
	struct block *slots[SLOTS];
	spinlock_t lock; /* of the stack */
	struct block *stack;
	size_t nr;
	struct block blocks[TARGET_PAGES_MAX];
} pool;

static void pool_init(const struct target_config *config)
{
	size_t i;

	memset(&pool, 0, offsetof(struct pool, blocks[config->pages]));
	pool.nr = config->pages;
	for (i = 0; i < pool.nr && i < SLOTS; i++)
		pool.slots[pool.bottom++] = &pool.blocks[i];
	for (i = pool.nr; i-- > SLOTS; pool.stack = &pool.blocks[i])
		pool.blocks[i].next = pool.stack;
}

static int pool_regions(struct target_region *regions)
{
	size_t size = offsetof(struct pool, blocks[pool.nr]);

	*regions = (struct target_region){ .start = &pool, .size = size };
	return 1;
}

/* How many there are from @top to @bottom; below 0: one was taken too many. */
static int distance(unsigned int top, unsigned int bottom)
{
	return (int)(bottom - top);
}

/* -------------------------------------------------------------- the owner's */

static bool put(struct block *block)
{
	unsigned int bottom = READ_ONCE(pool.bottom);
	unsigned int top = smp_load_acquire(&pool.top);

	if (distance(top, bottom) >= (int)SLOTS)
		return false;
	WRITE_ONCE(pool.slots[bottom % SLOTS], block);
	smp_store_release(&pool.bottom, bottom + 1);
	return true;
}

static struct block *take(void)
{
	unsigned int bottom = READ_ONCE(pool.bottom) - 1, top = 0;
	struct block *block = NULL;

	WRITE_ONCE(pool.bottom, bottom);
	smp_mb();
	top = READ_ONCE(pool.top);
	if (distance(top, bottom) >= 0)
		block = READ_ONCE(pool.slots[bottom % SLOTS]);
	if (distance(top, bottom) > 0)
		return block;
	if (block && cmpxchg(&pool.top, top, top + 1) != top)
		block = NULL; /* a thief had the last one */
	WRITE_ONCE(pool.bottom, bottom + 1);
	return block;
}

/* ---------------------------------------------------------------- a thief's */

static struct block *steal(void)
{
	struct block *block;
	unsigned int top, bottom;

	do {
		top = smp_load_acquire(&pool.top);
		smp_mb();
		bottom = smp_load_acquire(&pool.bottom);
		if (distance(top, bottom) <= 0)
			return NULL;
		block = READ_ONCE(pool.slots[top % SLOTS]);
	} while (cmpxchg(&pool.top, top, top + 1) != top);
	return block;
}

/* ---------------------------------------------------------------- operations */

static void pool_alloc(const struct op_args *args, struct op_result *result)
{
	struct block *block;

	preempt_disable();
	block = smp_processor_id() ? steal() : take();
	preempt_enable();
	if (!block) {
		spin_lock(&pool.lock);
		block = pool.stack;
		if (block)
			pool.stack = block->next;
		spin_unlock(&pool.lock);
	}
	if (block)
		result->pfn[result->nr++] = (int)(block - pool.blocks);
	(void)args;
}

static void pool_free(const struct op_args *args, struct op_result *result)
{
	struct block *block = &pool.blocks[args->pfn];
	bool done;

	preempt_disable();
	done = !smp_processor_id() && put(block);
	preempt_enable();
	if (done)
		return;
	spin_lock(&pool.lock);
	block->next = pool.stack;
	pool.stack = block;
	spin_unlock(&pool.lock);
	(void)result;
}

/* --------------------------------------------------------------------- views */

/* Bounded: once the bug has struck, the stack may loop. */
static void free_blocks(const struct target_visit *visit)
{
	struct target_block show = { .cpu = -1, .linked = 1, .marked = 1 };
	unsigned int at = pool.top, left = SLOTS;
	const struct block *block = pool.stack;
	size_t more = pool.nr;

	for (; distance(at, pool.bottom) > 0 && left--; at++) {
		show.pfn = (int)(pool.slots[at % SLOTS] - pool.blocks);
		if (!visit->block(visit->arg, &show))
			return;
	}
	for (; block && more--; block = block->next) {
		show.pfn = (int)(block - pool.blocks);
		if (!visit->block(visit->arg, &show))
			return;
	}
}

static void describe(const volatile void *addr, struct target_place *place)
{
	size_t slot = (uintptr_t)addr - (uintptr_t)pool.slots;
	size_t block = (uintptr_t)addr - (uintptr_t)pool.blocks;

	*place = (struct target_place){ NULL, -1, "", -1 };
	slot /= sizeof(pool.slots[0]);
	block /= sizeof(pool.blocks[0]);
	if (addr == &pool.top)
		*place = (struct target_place){ "deque", -1, "top", -1 };
	else if (addr == &pool.bottom)
		*place = (struct target_place){ "deque", -1, "bottom", -1 };
	else if (slot < SLOTS)
		*place = (struct target_place){ "deque", -1, "slots",
						(int)slot };
	else if (block < pool.nr)
		*place =
			(struct target_place){ "page", (int)block, "next", -1 };
	else if (addr == &pool.lock)
		*place = (struct target_place){ "stack", -1, "lock", -1 };
}

const struct target target_deque = {
	.name = "deque",
	.weak_memory = true,
	.pages_min = 2,
	.page_name = "block",
	TARGET_SITES,
	.init = pool_init,
	.regions = pool_regions,
	.operations = { [OP_ALLOC] = pool_alloc, [OP_FREE] = pool_free },
	.free_blocks = free_blocks,
	.describe = describe,
};
