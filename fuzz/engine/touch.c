/* SPDX-License-Identifier: MIT */
/*
 * touch.c: what operations meet beside accesses: handles, the books, where pages
 * stand; shown to whoever looks on (observer.h).
 */
#include "inside.h"

/*
 * When nobody is in the middle of an operation counts are looked at (count.c); and
 * which ended before which began is what an order has to keep (linearize.h).
 */
void touch_flight(const struct engine *engine, enum touch_how how)
{
	if (engine->target->count || engine->target->model)
		observe_touch(engine, TOUCH_FLIGHT, 0, 1, how);
}

/* The books speak of a block of pages. */
void touch_pages(const struct engine *engine, int pfn, unsigned int order,
		 enum touch_how how)
{
	if (pfn >= 0)
		observe_touch(engine, TOUCH_PAGES, (uintptr_t)pfn,
			      (size_t)1 << order, how);
}

/* Of a named handle: whoever asks what is in it is told of by that. */
void touch_handle(const struct engine *engine, const struct handle *handle)
{
	const struct handles *handles = &engine->handles;
	size_t nr = (size_t)(handle - handles->block);

	if (handle && nr < offsetof(struct handles, nr_anon) / sizeof(*handle))
		observe_touch(engine, TOUCH_HANDLE, nr, 1, TOUCH_WRITES);
}

/* When it begins and when it ends: what stands where it looks, or removes. */
void touch_range(const struct engine *engine, int task)
{
	const struct history_op *op = &engine->scene.history.ops[task];
	unsigned int first = positions_next(&op->range, 0), last = first, at;

	if (!op->kind || first == TARGET_INDEX_MAX)
		return;
	POSITIONS_EACH(at, &op->range)
	last = at;
	observe_touch(engine, TOUCH_INDICES, first, last - first + 1,
		      TOUCH_READS);
}

/* What checkers look at when an operation ends. */
void touch_result(const struct engine *engine, const struct op_end *end)
{
	unsigned int i;

	touch_flight(engine, TOUCH_ENDS);
	touch_range(engine, end->task);
	if (!end->hands_out || !end->result->nr)
		return;
	observe_touch(engine, TOUCH_INDICES, 0, TARGET_INDEX_MAX, TOUCH_READS);
	for (i = 0; i < end->result->nr; i++)
		touch_pages(engine, end->result->pfn[i], end->args->order,
			    TOUCH_READS);
}
