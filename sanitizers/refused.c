/* SPDX-License-Identifier: MIT */
/*
 * refused.c: an allocation fails only if at some instant at which it had the
 * CPU no free block would do, those on all per-CPU lists counted.
 *
 * Of a target whose allocation empties these lists before it gives up
 * (alloc_drains). A block would do if its pages were free at each such instant
 * and nobody put them on a per-CPU list meanwhile, where the allocation may have
 * been before. That they are one block is the buddy's promise.
 */
#include "checker.h"

static bool refused_result(struct scene *scene, const struct op_end *end,
			   struct finding *finding)
{
	if (!end->hands_out || end->result->nr)
		return false;
	finding->page = supply_block(scene, end->task, end->args->order);
	return finding->page >= 0;
}

CHECKER_BROKEN(refused)

const struct checker checker_refused = {
	.id = "refused",
	.promise = "an allocation fails only if no free block would do",
	.result = refused_result,
	.broken = refused,
};
