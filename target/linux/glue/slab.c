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

struct kmem_cache *linux_cache_create(size_t size,
				      void (*construct)(void *object))
{
	cache = (struct kmem_cache){ size, construct };
	return &cache;
}

void *linux_cache_alloc(struct kmem_cache *from)
{
	void *object = machine_alloc(from->size);

	if (object && from->construct)
		from->construct(object);
	return object;
}

void kmem_cache_free(struct kmem_cache *from, void *object)
{
	(void)from;
	machine_free(object);
}
