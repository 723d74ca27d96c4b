/* SPDX-License-Identifier: MIT */
/*
 * order_mismatch.c: a free block is what its list says: its recorded order is
 * the list's, it is aligned to it, and it overlaps no other free block.
 *
 * A non-compound block may legally be freed in pieces; the pieces are blocks. Of
 * single pages it means that none is free in two places.
 */
#include "checker.h"

static bool order_mismatch_quiescence(struct scene *scene,
				      struct finding *finding)
{
	const struct census *census = &scene->census;

	finding->page = census->wrong_order >= 0 ? census->wrong_order :
						   census->overlap;
	return finding->page >= 0;
}

static const char *order_mismatch_narrower(const struct target *target)
{
	return target->order_max ? NULL : "a free page is in one place, once";
}

CHECKER_BROKEN(order_mismatch)

const struct checker checker_order_mismatch = {
	.id = "order-mismatch",
	.promise = "a free block has its list's order and overlaps no other",
	.narrower = order_mismatch_narrower,
	.quiescence = order_mismatch_quiescence,
	.broken = order_mismatch,
};
