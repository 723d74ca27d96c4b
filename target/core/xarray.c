/* SPDX-License-Identifier: MIT */
/*
 * xarray.c: walking and changing the tree; its picture is in xarray.h.
 *
 * The lock-free side is xas_load(), xas_reload() and xas_find(): every slot is
 * loaded once, and nothing that was loaded is trusted to be still there.
 *
 * An emptied node is queued for freeing just before it is unlinked. Its grace
 * period begins when the lock and interrupts are let go, hence after both.
 */
#include "xarray.h"

static void *xa_mk_node(struct xa_node *node)
{
	return (void *)((unsigned long)node + 2);
}

static unsigned int slots_mask(const struct xarray *xa)
{
	return (1U << xa->xa_shift) - 1;
}

/* The cursor stands in a node, not at the head or outside. */
static bool xas_in_node(const struct xa_state *xas)
{
	return xas->xa_node && !((unsigned long)xas->xa_node & 3);
}

static unsigned long max_index(const struct xarray *xa, const void *entry)
{
	if (!xa_is_node(entry))
		return 0;
	return (1UL << (xa_to_node(entry)->shift + xa->xa_shift)) - 1;
}

void xa_init(struct xarray *xa, unsigned int shift)
{
	spin_lock_init(&xa->xa_lock);
	xa->xa_shift = (unsigned char)shift;
	xa->xa_head = NULL;
}

/* ------------------------------------------------------------------ walk */

static void *xas_start(struct xa_state *xas)
{
	void *entry = rcu_dereference(xas->xa->xa_head);

	xas->xa_node = NULL;
	if (xas->xa_index > max_index(xas->xa, entry)) {
		xas->xa_node = XAS_BOUNDS;
		return NULL;
	}
	return entry;
}

/* Step down into @node: the slot that covers xa_index. */
static void *xas_descend(struct xa_state *xas, struct xa_node *node)
{
	unsigned long slot = xas->xa_index >> node->shift;

	xas->xa_node = node;
	xas->xa_offset = slot & slots_mask(xas->xa);
	return rcu_dereference(node->slots[xas->xa_offset]);
}

void *xas_load(struct xa_state *xas)
{
	void *entry = xas_start(xas);

	while (xa_is_node(entry)) {
		struct xa_node *node = xa_to_node(entry);

		entry = xas_descend(xas, node);
		if (!node->shift)
			break;
	}
	return entry;
}

void *xas_reload(struct xa_state *xas)
{
	if (xas_in_node(xas))
		return rcu_dereference(xas->xa_node->slots[xas->xa_offset]);
	return rcu_dereference(xas->xa->xa_head);
}

/* One slot to the right: xa_index becomes the first index that it covers. */
static void xas_next_offset(struct xa_state *xas)
{
	unsigned int shift = xas->xa_node->shift;

	xas->xa_offset++;
	xas->xa_index = ((xas->xa_index >> shift) + 1) << shift;
}

/* Up until there is a slot to the right. Leaves xa_node NULL at the top. */
static void xas_ascend(struct xa_state *xas)
{
	while (xas->xa_node && xas->xa_offset > slots_mask(xas->xa)) {
		/* 0 of a root may just be written again: xas_expand() */
		xas->xa_offset = data_race(xas->xa_node->offset) + 1U;
		xas->xa_node = rcu_dereference(xas->xa_node->parent);
	}
}

/* The cursor stands before a slot; go to the first entry from there on. */
static void *xas_find_from(struct xa_state *xas, unsigned long max)
{
	while (xas->xa_index <= max) {
		void *entry;

		xas_ascend(xas);
		if (!xas->xa_node)
			break;
		entry = rcu_dereference(xas->xa_node->slots[xas->xa_offset]);
		if (xa_is_node(entry)) {
			xas->xa_node = xa_to_node(entry);
			xas->xa_offset = 0;
		} else if (entry) {
			return entry;
		} else {
			xas_next_offset(xas);
		}
	}
	xas->xa_node = XAS_BOUNDS;
	return NULL;
}

void *xas_find(struct xa_state *xas, unsigned long max)
{
	void *entry;

	if (xas->xa_index > max || xas->xa_node == XAS_BOUNDS)
		return NULL;
	if (!xas->xa_node) {
		xas->xa_node = XAS_BOUNDS;
		return NULL;
	}
	if (xas->xa_node == XAS_RESTART) {
		entry = xas_load(xas);
		if (entry || !xas_in_node(xas))
			return entry;
	}
	xas_next_offset(xas);
	return xas_find_from(xas, max);
}

/* ----------------------------------------------- change, under the lock */

static struct xa_node *xas_alloc(struct xa_state *xas, unsigned int shift)
{
	unsigned int slots = slots_mask(xas->xa) + 1;
	struct xa_node *node, *parent = xas->xa_node;
	unsigned int i;

	node = machine_alloc(sizeof(*node) + slots * sizeof(node->slots[0]));
	if (!node) {
		xas->xa_nomem = true;
		return NULL;
	}
	node->shift = (unsigned char)shift;
	node->offset = (unsigned char)xas->xa_offset;
	node->count = 0;
	node->parent = parent;
	node->array = xas->xa;
	for (i = 0; i < slots; i++)
		node->slots[i] = NULL;
	if (parent)
		parent->count++;
	return node;
}

/* Put levels on top until xa_index fits. Returns: false if memory ran out. */
static bool xas_expand(struct xa_state *xas)
{
	struct xarray *xa = xas->xa;

	xas->xa_node = NULL;
	xas->xa_offset = 0;
	while (xas->xa_index > max_index(xa, xa->xa_head)) {
		void *head = xa->xa_head;
		unsigned int shift = 0;
		struct xa_node *node;

		if (xa_is_node(head))
			shift = xa_to_node(head)->shift + xa->xa_shift;
		else if (!head)
			while (xas->xa_index >> shift >> xa->xa_shift)
				shift += xa->xa_shift;
		node = xas_alloc(xas, shift);
		if (!node)
			return false;
		if (head) {
			node->count = 1;
			WRITE_ONCE(node->slots[0], head);
		}
		if (xa_is_node(head)) {
			xa_to_node(head)->offset = 0;
			rcu_assign_pointer(xa_to_node(head)->parent, node);
		}
		rcu_assign_pointer(xa->xa_head, xa_mk_node(node));
	}
	return true;
}

/*
 * Walk to the leaf slot of xa_index, building nodes on the way. Returns: the
 * slot, or NULL if memory ran out.
 */
static void **xas_create(struct xa_state *xas)
{
	struct xarray *xa = xas->xa;
	void **slot = &xa->xa_head;
	struct xa_node *node;
	unsigned int shift;

	if (!xas_expand(xas))
		return NULL;
	if (!xa_is_node(xa->xa_head))
		return slot;
	for (shift = xa_to_node(*slot)->shift;; shift -= xa->xa_shift) {
		if (*slot) {
			node = xa_to_node(*slot);
		} else {
			node = xas_alloc(xas, shift);
			if (!node)
				return NULL;
			rcu_assign_pointer(*slot, xa_mk_node(node));
		}
		xas->xa_node = node;
		xas->xa_offset = (xas->xa_index >> shift) & slots_mask(xa);
		slot = &node->slots[xas->xa_offset];
		if (!shift)
			return slot;
	}
}

static void xa_node_rcu_free(struct rcu_head *head)
{
	machine_free((char *)head - offsetof(struct xa_node, rcu_head));
}

static void xa_node_free(struct xa_node *node)
{
	call_rcu(&node->rcu_head, xa_node_rcu_free);
}

/*
 * The root is left with slot 0 only: the tree loses a level. Readers that
 * stand in the old root find a node in slot 0 and walk on, or, if it was an
 * entry, are told to begin again.
 */
static void xas_shrink(struct xa_state *xas)
{
	struct xarray *xa = xas->xa;

	while (xa_is_node(xa->xa_head)) {
		struct xa_node *node = xa_to_node(xa->xa_head);
		void *entry = node->slots[0];

		if (node->count != 1 || !entry)
			break;
		if (!xa_is_node(entry) && node->shift)
			break;
		xas->xa_node = XAS_BOUNDS;
		RCU_INIT_POINTER(xa->xa_head, entry);
		if (xa_is_node(entry))
			__WRITE_ONCE(xa_to_node(entry)->parent, NULL);
		else
			WRITE_ONCE(node->slots[0], XA_RETRY_ENTRY);
		xa_node_free(node);
	}
}

/* Take emptied nodes out of the tree, from xa_node upward. */
static void xas_delete_node(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;

	while (node && !node->count) {
		struct xa_node *parent = node->parent;

		xas->xa_node = parent;
		xas->xa_offset = node->offset;
		xa_node_free(node);
		if (parent) {
			WRITE_ONCE(parent->slots[xas->xa_offset], NULL);
			parent->count--;
		} else {
			WRITE_ONCE(xas->xa->xa_head, NULL);
			xas->xa_node = XAS_BOUNDS;
		}
		node = parent;
	}
	if (!node || !node->parent)
		xas_shrink(xas);
}

static void *xas_erase(struct xa_state *xas)
{
	struct xa_node *node;
	void *old = xas_load(xas);

	if (!old)
		return NULL;
	node = xas->xa_node;
	if (!node) {
		WRITE_ONCE(xas->xa->xa_head, NULL);
		return old;
	}
	WRITE_ONCE(node->slots[xas->xa_offset], NULL);
	node->count--;
	if (!node->count || !node->parent)
		xas_delete_node(xas);
	return old;
}

void *xas_store(struct xa_state *xas, void *entry)
{
	void **slot, *old;

	if (!entry)
		return xas_erase(xas);
	slot = xas_create(xas);
	if (!slot) {
		xas_delete_node(xas); /* what was built for nothing */
		return NULL;
	}
	old = *slot;
	rcu_assign_pointer(*slot, entry);
	if (!old && xas->xa_node)
		xas->xa_node->count++;
	return old;
}
