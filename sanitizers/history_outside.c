/* SPDX-License-Identifier: MIT */
/* history_outside.c: what a removal leaves alone. See history.h. */
#include "checker.h"

/* Where the folio at @pfn, found at @index, stands. */
static struct positions folio_positions(const struct target *target,
					unsigned int index, int pfn)
{
	unsigned long nr = 1UL << target_folio_order(target, pfn);

	return positions_range(index & ~(nr - 1), nr);
}

/* Of the folio at @pfn, found at @index: the page that stands there. */
static int page_there(const struct target *target, unsigned int index, int pfn)
{
	unsigned int nr = 1U << target_folio_order(target, pfn);

	return pfn + (int)(index & (nr - 1));
}

/* Into its range, or over an edge of the page that is cut? */
static bool reaches(const struct history_op *op, struct positions folio)
{
	struct positions in = positions_in(folio, &op->range);
	struct positions cut = positions_in(folio, &op->cut);
	struct positions more = positions_beside(folio, &op->cut);

	return positions_any(&in) ||
	       (positions_any(&cut) && positions_any(&more));
}

void history_note_outside(struct scene *scene, int task)
{
	struct history_op *op = &scene->history.ops[task];
	const struct positions left =
		positions_beside(scene->books.positions, &op->range);
	unsigned int index;

	op->outside = (struct positions){ { 0 } };
	if (scene->foresee)
		return;
	POSITIONS_EACH(index, &left)
	{
		int pfn = scene->target->cache_entry(index);
		struct positions folio;

		if (pfn < 0)
			continue;
		folio = folio_positions(scene->target, index, pfn);
		if (reaches(op, folio))
			positions_join(&op->reaching, &folio);
		positions_add(&op->outside, index);
		op->others[index] = (int16_t)pfn;
		op->other_pages[index] =
			(int16_t)page_there(scene->target, index, pfn);
	}
	op->outside = positions_beside(op->outside, &op->reaching);
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
	unsigned int index;

	POSITIONS_EACH(index, &op->outside)
	if (!still_stands(scene->target, op, index))
		op->beyond = op->others[index];
}
