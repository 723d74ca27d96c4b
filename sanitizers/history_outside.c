/* SPDX-License-Identifier: MIT */
/* history_outside.c: what a removal leaves alone. See history.h. */
#include "checker.h"

/* Where the folio at @pfn, found at @index, stands. */
static uint64_t folio_indices(const struct target *target, unsigned int index,
			      int pfn)
{
	unsigned long nr = 1UL << target_folio_order(target, pfn);

	return history_indices(index & ~(nr - 1), nr);
}

void history_note_outside(struct scene *scene, int task)
{
	struct history_op *op = &scene->history.ops[task];
	uint64_t left = scene->foresee ? 0 : scene->books.indices & ~op->range;

	op->outside = 0;
	for (; left; left &= left - 1) {
		unsigned int index = (unsigned int)__builtin_ctzll(left);
		int pfn = scene->target->cache_entry(index);
		uint64_t folio;

		if (pfn < 0)
			continue;
		folio = folio_indices(scene->target, index, pfn);
		if (folio & op->range || (folio & op->cut && folio != op->cut))
			op->reaching |= folio;
		op->outside |= 1ULL << index;
		op->others[index] = (int16_t)pfn;
	}
	op->outside &= ~op->reaching;
}

void history_look_outside(struct scene *scene, int task)
{
	struct history_op *op = &scene->history.ops[task];
	uint64_t left = op->outside;

	for (; left; left &= left - 1) {
		unsigned int index = (unsigned int)__builtin_ctzll(left);

		if (scene->target->cache_entry(index) != op->others[index])
			op->beyond = op->others[index];
	}
}
