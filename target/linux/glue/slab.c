// SPDX-License-Identifier: GPL-2.0
/*
 * slab.c: kernel objects come from the machine's arena: reused as late as may
 * be, poisoned when free.
 *
 * An object is constructed each time, as poison leaves nothing of the last.
 * See: mm/slub.c.
 */
#include <linux/slab.h>
#include <linux/radix-tree.h>
#include <linux/xarray.h>

#include "glue.h"

struct kmem_cache {
	size_t size;
};

/* The only cache there is. See: radix_tree_node_ctor() in lib/radix-tree.c. */
static struct kmem_cache node_cache = { sizeof(struct xa_node) };
struct kmem_cache *radix_tree_node_cachep = &node_cache;

void *kmem_cache_alloc_lru(struct kmem_cache *cache, struct list_lru *lru,
			   gfp_t gfp)
{
	struct xa_node *node = machine_alloc(cache->size);

	(void)lru, (void)gfp;
	if (!node)
		return NULL;
	memset(node, 0, sizeof(*node));
	INIT_LIST_HEAD(&node->private_list);
	return node;
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	return kmem_cache_alloc_lru(cache, NULL, gfp);
}

void kmem_cache_free(struct kmem_cache *cache, void *object)
{
	(void)cache;
	machine_free(object);
}
