// SPDX-License-Identifier: GPL-2.0
/*
 * slab.c: kernel objects come from the machine's arena: reused as late as may
 * be, poisoned when free.
 *
 * An object is constructed each time, as poison leaves nothing of the last.
 * See: mm/slub.c.
 */
#include <linux/slab.h>

#include "glue.h"

struct kmem_cache {
	size_t size;
	void (*construct)(void *object);
};

/* The only cache there is: that of tree nodes. */
static struct kmem_cache cache;

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, slab_flags_t flags,
				     void (*construct)(void *object))
{
	(void)name, (void)align, (void)flags;
	cache = (struct kmem_cache){ size, construct };
	return &cache;
}

void *kmem_cache_alloc_lru(struct kmem_cache *from, struct list_lru *lru,
			   gfp_t gfp)
{
	void *object = machine_alloc(from->size);

	(void)lru, (void)gfp;
	if (object && from->construct)
		from->construct(object);
	return object;
}

void *kmem_cache_alloc(struct kmem_cache *from, gfp_t gfp)
{
	return kmem_cache_alloc_lru(from, NULL, gfp);
}

void kmem_cache_free(struct kmem_cache *from, void *object)
{
	(void)from;
	machine_free(object);
}
