/* SPDX-License-Identifier: MIT */
/*
 * ring.c: a ring of 16 slots, many put and many get, before a stack of the rest.
 *
 * A put moves the head of its end on, to have a slot for itself, fills it, and
 * then, after those who had theirs before, moves the tail on behind it. So does a
 * get, at the other end. Who finds the ring full or empty turns to the stack.
 * Promises: a slot between the head of get and the tail of put is filled; one
 *   between the head of put and the tail of get was emptied.
 * Yields: at each access to a head, a tail or a slot, and at the stack's lock.
 * See: DPDK Programmer's Guide, Ring Library, which has the order of the steps.
 */
#include "machine.h"
#include "target.h"

#define SLOTS 16u /* all full at first: as many blocks at least */

struct block {
	struct block *next; /* on the stack */
};

struct end {
	unsigned int head, tail; /* modulo SLOTS: a slot */
};

static struct pool {
	struct end put, get;
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
	for (i = 0; i < SLOTS; i++)
		pool.slots[i] = &pool.blocks[i];
	pool.put.head = pool.put.tail = SLOTS;
	for (i = pool.nr; i-- > SLOTS; pool.stack = &pool.blocks[i])
		pool.blocks[i].next = pool.stack;
}

static int pool_regions(struct target_region *regions)
{
	size_t size = offsetof(struct pool, blocks[pool.nr]);

	*regions = (struct target_region){ .start = &pool, .size = size };
	return 1;
}

static void move_tail(struct end *end, unsigned int from)
{
	while (READ_ONCE(end->tail) != from)
		cpu_relax();
	smp_store_release(&end->tail, from + 1);
}

static bool ring_put(struct block *block)
{
	unsigned int head, tail;

	do {
		head = READ_ONCE(pool.put.head);
		tail = smp_load_acquire(&pool.get.tail);
		if (head - tail == SLOTS)
			return false;
	} while (cmpxchg(&pool.put.head, head, head + 1) != head);
	WRITE_ONCE(pool.slots[head % SLOTS], block);
	move_tail(&pool.put, head);
	return true;
}

static struct block *ring_get(void)
{
	struct block *block;
	unsigned int head, tail;

	do {
		head = READ_ONCE(pool.get.head);
		tail = smp_load_acquire(&pool.put.tail);
		if (head == tail)
			return NULL;
	} while (cmpxchg(&pool.get.head, head, head + 1) != head);
	block = READ_ONCE(pool.slots[head % SLOTS]);
	move_tail(&pool.get, head);
	return block;
}

static void pool_alloc(const struct op_args *args, struct op_result *result)
{
	struct block *block = ring_get();

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

	if (ring_put(block))
		return;
	spin_lock(&pool.lock);
	block->next = pool.stack;
	pool.stack = block;
	spin_unlock(&pool.lock);
	(void)result;
}

/* Bounded: once the bug has struck, the stack may loop. */
static void free_blocks(const struct target_visit *visit)
{
	struct target_block show = { .cpu = -1, .linked = 1, .marked = 1 };
	unsigned int at = pool.get.head, left = SLOTS;
	const struct block *block = pool.stack;
	size_t more = pool.nr;

	for (; at != pool.put.tail && left--; at++) {
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

static const char *check(void)
{
	bool done = pool.put.head == pool.put.tail &&
		    pool.get.head == pool.get.tail;

	return done ? NULL : "slot-left-half-way";
}

static void describe(const volatile void *addr, struct target_place *place)
{
	size_t slot = (uintptr_t)addr - (uintptr_t)pool.slots;
	size_t block = (uintptr_t)addr - (uintptr_t)pool.blocks;

	*place = (struct target_place){ NULL, -1, "", -1 };
	slot /= sizeof(pool.slots[0]);
	block /= sizeof(pool.blocks[0]);
	if (addr == &pool.put.head)
		*place = (struct target_place){ "put", -1, "head", -1 };
	else if (addr == &pool.put.tail)
		*place = (struct target_place){ "put", -1, "tail", -1 };
	else if (addr == &pool.get.head)
		*place = (struct target_place){ "get", -1, "head", -1 };
	else if (addr == &pool.get.tail)
		*place = (struct target_place){ "get", -1, "tail", -1 };
	else if (slot < SLOTS)
		*place =
			(struct target_place){ "ring", -1, "slots", (int)slot };
	else if (block < pool.nr)
		*place =
			(struct target_place){ "page", (int)block, "next", -1 };
	else if (addr == &pool.lock)
		*place = (struct target_place){ "stack", -1, "lock", -1 };
}

const struct target target_ring = {
	.name = "ring",
	.page_name = "block",
	TARGET_SITES,
	.init = pool_init,
	.regions = pool_regions,
	.operations = { [OP_ALLOC] = pool_alloc, [OP_FREE] = pool_free },
	.free_blocks = free_blocks,
	.check = check,
	.describe = describe,
};
