/* SPDX-License-Identifier: MIT */
/*
 * xarray.h: a sparse array of pointers, read without a lock, changed under one.
 *
 * A tree of nodes with 2^xa_shift slots. An entry is NULL, a pointer (two low
 * bits clear), a node (bits 10), or XA_RETRY_ENTRY. A single entry at index 0
 * stands in xa_head itself.
 *
 * Promises:
 *  1. A reader inside rcu_read_lock() that meets a node may walk on in it: it
 *     is freed a grace period after it left the tree, not before.
 *  2. What a reader loaded may be stale at once. xas_reload() tells whether
 *     the slot it came from still holds it.
 *  3. The tree has no empty node, and no root whose only entry is in slot 0
 *     one level above a leaf.
 *
 * Yields: at each load of xa_head and of a slot outside the lock, at each store
 *   to one under it. Node fields are plain under the lock.
 * See: lib/xarray.c, include/linux/xarray.h.
 */
#ifndef CORE_XARRAY_H
#define CORE_XARRAY_H

#include "machine.h"

#define XA_SHIFT_MAX 6

struct xarray {
	spinlock_t xa_lock;
	unsigned char xa_shift; /* log2 of slots in a node */
	void *xa_head;
};

struct xa_node {
	unsigned char shift; /* index bits below this node's */
	unsigned char offset; /* slot in parent */
	unsigned char count; /* slots in use */
	struct xa_node *parent; /* NULL: root */
	struct xarray *array;
	struct rcu_head rcu_head;
	void *slots[];
};

/* A cursor. Lives on the caller's stack. */
struct xa_state {
	struct xarray *xa;
	unsigned long xa_index;
	struct xa_node *xa_node; /* NULL: at xa_head; or one of the below */
	unsigned int xa_offset; /* slot in xa_node */
	bool xa_nomem; /* a store found no memory and changed nothing */
};

#define XAS_RESTART ((struct xa_node *)3UL) /* begin at the head */
#define XAS_BOUNDS ((struct xa_node *)5UL) /* beyond the tree */

#define XA_STATE(name, array, index)                                           \
	struct xa_state name = {                                               \
		.xa = (array), .xa_index = (index), .xa_node = XAS_RESTART     \
	}

#define XA_RETRY_ENTRY ((void *)0x402UL)

static inline bool xa_is_node(const void *entry)
{
	return ((unsigned long)entry & 3) == 2 && entry != XA_RETRY_ENTRY;
}

static inline struct xa_node *xa_to_node(const void *entry)
{
	return (struct xa_node *)((unsigned long)entry - 2);
}

static inline void xas_reset(struct xa_state *xas)
{
	xas->xa_node = XAS_RESTART;
}

/* Returns: true if @entry says that the walk has to begin again; resets. */
static inline bool xas_retry(struct xa_state *xas, const void *entry)
{
	if (entry != XA_RETRY_ENTRY)
		return false;
	xas_reset(xas);
	return true;
}

#define xas_lock_irqsave(xas, flags)                                           \
	spin_lock_irqsave(&(xas)->xa->xa_lock, flags)
#define xas_unlock_irqrestore(xas, flags)                                      \
	spin_unlock_irqrestore(&(xas)->xa->xa_lock, flags)

void xa_init(struct xarray *xa, unsigned int shift);

/* Context: RCU or xa_lock. Returns: the entry at xa_index, perhaps stale. */
void *xas_load(struct xa_state *xas);
/* Context: RCU, after a load. Returns: what stands in the same slot now. */
void *xas_reload(struct xa_state *xas);
/*
 * Context: RCU. Returns: the next entry at or behind xa_index, up to @max;
 * each further call moves on by one. NULL: none left.
 */
void *xas_find(struct xa_state *xas, unsigned long max);
/*
 * Context: xa_lock. Put @entry (NULL: erase) at xa_index. Returns: the entry
 * that stood there. Sets xa_nomem and changes no entry if memory ran out.
 */
void *xas_store(struct xa_state *xas, void *entry);

#endif
