/* SPDX-License-Identifier: MIT */
/* xarray_model.c: see xarray_model.h. */
#include "xarray_model.h"

void model_begin(struct model *model, unsigned int shift)
{
	*model = (struct model){ .random = shift };
	machine_stub_reset();
	xa_init(&model->xa, shift);
}

unsigned int model_pick(struct model *model, unsigned int below)
{
	uint64_t z = model->random += 0x9e3779b97f4a7c15ULL; /* splitmix64 */

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return (unsigned int)((z ^ (z >> 31)) % below);
}

void *model_load(struct model *model, unsigned long index)
{
	XA_STATE(xas, &model->xa, index);
	void *entry;

	rcu_read_lock();
	entry = xas_load(&xas);
	assert_ptr_equal(xas_reload(&xas), xas.xa_node == XAS_BOUNDS ?
						   model->xa.xa_head :
						   entry);
	rcu_read_unlock();
	return entry;
}

bool model_store(struct model *model, unsigned long index, void *entry)
{
	XA_STATE(xas, &model->xa, index);
	unsigned long flags;
	void *old;

	xas_lock_irqsave(&xas, flags);
	old = xas_store(&xas, entry);
	xas_unlock_irqrestore(&xas, flags);
	if (xas.xa_nomem) {
		assert_null(old);
		return false;
	}
	assert_ptr_equal(old, model->entries[index]);
	model->entries[index] = entry;
	return true;
}

void assert_find_in_order(struct model *model, unsigned long start,
			  unsigned long max)
{
	XA_STATE(xas, &model->xa, start);
	unsigned long index;

	rcu_read_lock();
	for (index = start; index <= max; index++) {
		if (!model->entries[index])
			continue;
		assert_ptr_equal(xas_find(&xas, max), model->entries[index]);
		assert_int_equal(xas.xa_index, index);
	}
	assert_null(xas_find(&xas, max));
	assert_null(xas_find(&xas, max));
	rcu_read_unlock();
}

/* How many groups of 2^@shift indices have an entry. */
static unsigned int groups_in_use(const struct model *model, unsigned int shift)
{
	unsigned long index, last = INDICES;
	unsigned int nr = 0;

	for (index = 0; index < INDICES; index++) {
		if (!model->entries[index] || index >> shift == last)
			continue;
		last = index >> shift;
		nr++;
	}
	return nr;
}

unsigned int model_nodes(const struct model *model)
{
	unsigned int shift = 0, nodes = 0;
	unsigned long last = INDICES;

	while (last && !model->entries[last - 1])
		last--;
	while (last && (last - 1) >> shift) {
		shift += model->xa.xa_shift;
		nodes += groups_in_use(model, shift);
	}
	return nodes;
}

void assert_as_model(struct model *model)
{
	unsigned long index;

	for (index = 0; index < INDICES; index++)
		assert_ptr_equal(model_load(model, index),
				 model->entries[index]);
	assert_find_in_order(model, 0, INDICES - 1);
	assert_int_equal(machine_stub_live(), model_nodes(model));
	assert_int_equal(machine.rcu_pending, 0);
}
