// SPDX-License-Identifier: GPL-2.0
/*
 * slab.c: kernel objects come from the machine's arena: reused as late as may
 * be, poisoned when free.
 *
 * An object is constructed each time, as poison leaves nothing of the last. What
 * was constructed once and not set back by who gave it up is recalled: of a tree
 * node that is its offset.
 * See: mm/slub.c; radix_tree_node_rcu_free().
 */
#include <linux/slab.h>
#include <linux/xarray.h>

#include "glue.h"

struct kmem_cache {
	size_t size;
	void (*construct)(void *object);
};

#define KEPT 64

/* The only cache there is: that of tree nodes. */
static struct kmem_cache cache;
/* Offsets of nodes that were given back, for those that come. */
static struct {
	unsigned int given, taken;
	unsigned char offset[KEPT];
} kept;

static void keep(const struct xa_node *node)
{
	if (kept.given - kept.taken < KEPT)
		kept.offset[kept.given++ % KEPT] = node->offset;
}

static void recall(struct xa_node *node)
{
	if (kept.given != kept.taken)
		node->offset = kept.offset[kept.taken++ % KEPT];
}

/* Of a root nobody sets it: README.md, findings, old-offset-of-a-root. */
static void forget(struct xa_node *node)
{
	node->offset = 0;
}

static bool refused; /* in this run */

bool linux_cache_refused(void)
{
	return refused;
}

struct kmem_cache *linux_cache_create(size_t size,
				      void (*construct)(void *object))
{
	cache = (struct kmem_cache){ size, construct };
	return &cache;
}

void *linux_cache_alloc(struct kmem_cache *from)
{
	void *object = machine_alloc(from->size);

	refused |= !object;
	if (object && from->construct) {
		from->construct(object);
		recall(object);
		forget(object);
	}
	return object;
}

void kmem_cache_free(struct kmem_cache *from, void *object)
{
	if (from->construct)
		keep(object);
	machine_free(object);
}
