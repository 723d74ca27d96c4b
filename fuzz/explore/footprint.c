/* SPDX-License-Identifier: MIT */
/* footprint.c: see footprint.h. */
#include "footprint.h"

void footprint_clear(struct footprint *footprint)
{
	footprint->stops = 0;
	footprint->nr = 0;
	footprint->everything = false;
	footprint->interrupt = false;
	footprint->left = false;
	footprint->position = 0;
	footprint->point = 0;
}

static bool part_equal(const struct part *a, const struct part *b)
{
	return a->at == b->at && a->size == b->size && a->what == b->what &&
	       a->how == b->how;
}

void footprint_add(struct footprint *footprint, const struct part *part)
{
	unsigned int i;

	for (i = 0; i < footprint->nr; i++)
		if (part_equal(&footprint->part[i], part))
			return;
	if (i == FOOTPRINT_PARTS || part->size > FOOTPRINT_LARGE)
		footprint->everything = true;
	else
		footprint->part[footprint->nr++] = *part;
}

void footprint_add_access(struct footprint *footprint,
			  const struct access *access, uint64_t place)
{
	struct part part = { .at = place,
			     .size = access->size,
			     .what = TOUCH_MEMORY,
			     .how = TOUCH_WRITES };

	if (!access->addr)
		return;
	if (access->kind == MACHINE_LOADS ||
	    (access->kind == MACHINE_RMWS && access->old == access->new) ||
	    (access->kind == MACHINE_TRYLOCKS && access->old))
		part.how = TOUCH_READS;
	else if (access->kind == MACHINE_LOCKS)
		part.how = PART_LOCKS;
	else if (access->kind == MACHINE_UNLOCKS)
		part.how = PART_UNLOCKS;
	footprint_add(footprint, &part);
}

bool footprint_stores(const struct footprint *footprint)
{
	unsigned int i;

	for (i = 0; i < footprint->nr; i++)
		if (footprint->part[i].how != TOUCH_READS &&
		    footprint->part[i].what < PART_HOSTS)
			return true;
	return footprint->everything;
}

bool parts_overlap(const struct part *a, const struct part *b)
{
	return a->what == b->what && a->at < b->at + b->size &&
	       b->at < a->at + a->size;
}

bool parts_conflict(const struct part *a, const struct part *b)
{
	bool commute = a->how == b->how &&
		       (a->how == TOUCH_READS || a->how == TOUCH_BEGINS ||
			a->how == TOUCH_ENDS);

	return !commute && parts_overlap(a, b);
}
