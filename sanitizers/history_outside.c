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

/* Of the folio at @pfn, found at @index: the page that stands there. */
static int page_there(const struct target *target, unsigned int index, int pfn)
{
	unsigned int nr = 1U << target_folio_order(target, pfn);

	return pfn + (int)(index & (nr - 1));
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
		op->other_pages[index] =
			(int16_t)page_there(scene->target, index, pfn);
	}
	op->outside &= ~op->reaching;
}

/*
 * Does what stood at @index? Who splits the folio leaves its pages where they are; until
 * it is done some are those of its first.
 */
static bool still_stands(const struct target *target,
			 const struct history_op *op, unsigned int index)
{
	int pfn = target->cache_entry(index);

	return pfn == op->others[index] ||
	       (pfn >= 0 &&
		page_there(target, index, pfn) == op->other_pages[index]);
}

void history_look_outside(struct scene *scene, int task)
{
	struct history_op *op = &scene->history.ops[task];
	uint64_t left = op->outside;

	for (; left; left &= left - 1) {
		unsigned int index = (unsigned int)__builtin_ctzll(left);

		if (!still_stands(scene->target, op, index))
			op->beyond = op->others[index];
	}
}
