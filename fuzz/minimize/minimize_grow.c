/* SPDX-License-Identifier: MIT */
/*
 * minimize_grow.c: edits that put an operation in. One more can save a
 * preemption: what had to happen inside an operation happens between two.
 *
 * Put in is what the program knows already: its indices, orders and handles.
 */
#include <string.h>

#include "edit.h"
#include "minimize_edits.h"
#include "operation.h"

#define PLACES_MAX (1 + PROGRAM_TASKS * (PROGRAM_OPS + 1))
#define OPS_MAX 128

/* What could be put in, and where. */
struct growth {
	unsigned int nr_ops, nr_places, nr_blocks;
	struct program_op ops[OPS_MAX];
	struct {
		uint8_t list; /* task, or PROGRAM_TASKS: set-up */
		uint8_t at;
	} places[PLACES_MAX], blocks[PROGRAM_OPS * PROGRAM_TASKS +
				     PROGRAM_SETUP_OPS]; /* behind a giver */
	uint64_t indices;
	uint32_t orders, given[HANDLE_KINDS];
};

/* ------------------------------------------------------------ what there is */

static void look_at_op(struct growth *growth, const struct program_op *op)
{
	const struct operation_info *info = operation_info(op->op);

	if (info->arguments & ARG_ORDER)
		growth->orders |= 1U << op->order;
	if (op->gives != NO_HANDLE)
		growth->given[info->gives] |= 1U << op->gives;
}

static void add_block(struct growth *growth, unsigned int list, unsigned int at)
{
	growth->blocks[growth->nr_blocks].list = (uint8_t)list;
	growth->blocks[growth->nr_blocks++].at = (uint8_t)at;
}

static void add_place(struct growth *growth, unsigned int list, unsigned int at)
{
	growth->places[growth->nr_places].list = (uint8_t)list;
	growth->places[growth->nr_places++].at = (uint8_t)at;
}

static void look_at_list(struct growth *growth, struct program *program,
			 unsigned int nr)
{
	const struct program_list *list = edit_list(program, nr);
	unsigned int i;

	for (i = 0; i < list->nr; i++) {
		look_at_op(growth, &list->ops[i]);
		if (list->ops[i].gives != NO_HANDLE &&
		    operation_info(list->ops[i].op)->gives == HANDLE_BLOCK)
			add_block(growth, nr, i + 1);
	}
	if (list->nr == edit_room(program, list) || list->irq)
		return;
	for (i = nr < PROGRAM_TASKS ? 0 : list->nr; i <= list->nr; i++)
		add_place(growth, nr, i);
}

/* Set-up's end, every place of a task in use, and one task more. */
static void look(struct growth *growth, struct program *program)
{
	unsigned int task;
	bool more = true;

	memset(growth, 0, sizeof(*growth));
	look_at_list(growth, program, PROGRAM_TASKS);
	for (task = 0; task < PROGRAM_TASKS; task++) {
		if (!program->tasks[task].nr && !more)
			continue;
		more &= program->tasks[task].nr != 0;
		look_at_list(growth, program, task);
	}
	growth->orders |= 1;
	growth->indices = edit_indices(program);
	growth->indices |= growth->indices + 1; /* one more */
}

/* ----------------------------------------------------- what could be put in */

static void grow_op(struct growth *growth, struct program_op op)
{
	if (growth->nr_ops < OPS_MAX)
		growth->ops[growth->nr_ops++] = op;
}

static struct program_op plain(enum operation op)
{
	return (struct program_op){
		.op = (uint8_t)op,
		.gives = NO_HANDLE,
		.takes = NO_HANDLE,
		.count = 1,
	};
}

static void add_with_orders(struct growth *growth)
{
	struct program_op op = plain(OP_ALLOC);

	for (op.order = 0; op.order <= PROGRAM_ORDER_MAX; op.order++) {
		if (!(growth->orders >> op.order & 1))
			continue;
		op.compound = 0;
		grow_op(growth, op);
		op.compound = op.order > 0;
		if (op.compound)
			grow_op(growth, op);
	}
}

static void add_with_indices(struct growth *growth, enum operation kind)
{
	struct program_op op = plain(kind);

	for (op.index = 0; op.index < TARGET_FILE_PAGES; op.index++)
		if (growth->indices >> op.index & 1)
			grow_op(growth, op);
}

static void add_with_handles(struct growth *growth, enum operation kind)
{
	uint32_t given = growth->given[operation_info(kind)->takes];
	struct program_op op = plain(kind);

	for (op.takes = 0; op.takes < PROGRAM_HANDLES; op.takes++)
		if (given >> op.takes & 1)
			grow_op(growth, op);
}

static void list_ops(struct growth *growth)
{
	add_with_orders(growth);
	add_with_indices(growth, OP_ADD);
	add_with_indices(growth, OP_LOOKUP);
	add_with_indices(growth, OP_REMOVE);
	add_with_handles(growth, OP_FREE);
	add_with_handles(growth, OP_GET);
	add_with_handles(growth, OP_PUT);
	grow_op(growth, plain(OP_DRAIN_ALL));
	grow_op(growth, plain(OP_LRU_DRAIN));
}

/* ---------------------------------------------------------------- the edits */

static void put_in(struct program *program, unsigned int list, unsigned int at,
		   struct program_op op)
{
	edit_insert_op(program, edit_list(program, list), at, op);
}

enum edit_result grow_by_one(struct program *program, unsigned int nr)
{
	struct growth growth;
	unsigned int place;

	look(&growth, program);
	list_ops(&growth);
	if (nr >= growth.nr_ops * growth.nr_places)
		return EDIT_NONE;
	place = nr % growth.nr_places;
	put_in(program, growth.places[place].list, growth.places[place].at,
	       growth.ops[nr / growth.nr_places]);
	return EDIT_MADE;
}

/* A reference that an operation takes in passing becomes one of its own. */
enum edit_result grow_by_reference(struct program *program, unsigned int nr)
{
	struct program_op get = plain(OP_GET), put = plain(OP_PUT);
	const struct program_list *giver;
	struct growth growth;
	unsigned int place, list, at;

	look(&growth, program);
	if (nr >= growth.nr_blocks * growth.nr_places)
		return EDIT_NONE;
	place = nr % growth.nr_places;
	list = growth.blocks[nr / growth.nr_places].list;
	at = growth.blocks[nr / growth.nr_places].at;
	giver = edit_list(program, list);
	get.takes = giver->ops[at - 1].gives;
	put.takes = (uint8_t)__builtin_ctz(~growth.given[HANDLE_REF]);
	if (giver->nr == edit_room(program, giver) ||
	    put.takes >= PROGRAM_HANDLES)
		return EDIT_SAME;
	get.gives = put.takes;
	/* What is further back goes in first. */
	if (growth.places[place].list == list && growth.places[place].at < at)
		return EDIT_SAME;
	put_in(program, growth.places[place].list, growth.places[place].at,
	       put);
	put_in(program, list, at, get);
	return EDIT_MADE;
}
