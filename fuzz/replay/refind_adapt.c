/* SPDX-License-Identifier: MIT */
/*
 * refind_adapt.c: a story's operations, as another target wants them. See
 * refind.h.
 */
#include "edit.h"
#include "operation.h"
#include "refind.h"

/* ------------------------------------------------------------------ batches */

static bool put_in_drains(struct program *program, struct program_list *list)
{
	const struct program_op drain = {
		.op = OP_LRU_DRAIN,
		.gives = NO_HANDLE,
		.takes = NO_HANDLE,
		.count = 1,
	};
	unsigned int at, nr = list->nr;

	for (at = list->nr; at--;)
		if (list->ops[at].op == OP_ADD ||
		    list->ops[at].op == OP_ADD_LARGE)
			edit_insert_op(program, list, at + 1, drain);
	return list->nr > nr;
}

static bool empty_batches(struct program *program)
{
	bool adapted = false;
	unsigned int task;

	for (task = 0; task <= PROGRAM_TASKS; task++)
		if (!edit_list(program, task)->irq)
			adapted |= put_in_drains(program,
						 edit_list(program, task));
	return adapted;
}

/* -------------------------------------------------------------------- trees */

/* The index that stands in a tree of @to slots where @index does in @from. */
static unsigned int same_place(unsigned int index, unsigned int from,
			       unsigned int to)
{
	unsigned int place = 0, level = 0;

	for (; index; index >>= from, level += to)
		place |= (index & ((1U << from) - 1)) << level;
	return place;
}

/* Several indices are meant, and behind each other in one node they stay so. */
static bool stays_in_row(const struct program_op *op, unsigned int from,
			 unsigned int to)
{
	unsigned int first = same_place(op->index, from, to), last;

	if (op->op == OP_LOOKUP_BATCH || op->count == 1)
		return true;
	last = same_place(op->index + op->count - 1U, from, to);
	return last - first == op->count - 1U;
}

static bool move_indices(struct program *program, unsigned int from,
			 unsigned int to)
{
	struct program moved = *program;
	struct program_op *op;
	bool adapted = false;
	unsigned int i;

	for (i = 0; (op = edit_op(&moved, i)); i++) {
		unsigned int place = same_place(op->index, from, to);

		if (!(operation_info(op->op)->arguments & ARG_INDEX))
			continue;
		if (place >= TARGET_FILE_PAGES || !stays_in_row(op, from, to))
			return false;
		adapted |= op->index != place;
		op->index = (uint8_t)place;
	}
	*program = moved;
	return adapted;
}

unsigned int refind_adapt(struct program *program, const struct target *home,
			  const struct target *target)
{
	unsigned int adapted = 0, shift = program->config.fanout_shift;

	program->nr_switches = 0;
	if (home && !home->operations[OP_LRU_DRAIN] &&
	    target->operations[OP_LRU_DRAIN] && empty_batches(program))
		adapted |= ADAPTED_BATCHES;
	if (home && !home->fanout_shift && target->fanout_shift > shift &&
	    move_indices(program, shift, target->fanout_shift))
		adapted |= ADAPTED_INDICES;
	return adapted;
}
