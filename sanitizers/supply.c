/* SPDX-License-Identifier: MIT */
/* supply.c: see supply.h. */
#include <string.h>

#include "checker.h"

void supply_reset(struct supply *supply)
{
	unsigned int i;

	supply->nr = 0;
	for (i = 0; i < BOOKS_TASKS; i++)
		supply->ops[i].active = false;
}

void supply_begin(struct scene *scene, const struct op_start *start)
{
	struct supply_op *op = &scene->supply.ops[start->task];

	if (start->op != OP_ALLOC || start->interrupt ||
	    !scene->target->alloc_drains || !scene->target->free_blocks)
		return;
	op->active = true;
	op->looked = false;
	scene->supply.nr++;
}

void supply_end(struct supply *supply, int task)
{
	if (!supply->nr) /* most often: nothing of it is touched */
		return;
	supply->nr -= supply->ops[task].active;
	supply->ops[task].active = false;
}

/* -------------------------------------------------------------------- look */

static bool note_block(void *arg, const struct target_block *block)
{
	struct scene *scene = arg;
	unsigned int pages = scene->books.pages, nr = 1U << block->list_order;

	if (block->pfn < 0 || (unsigned int)block->pfn >= pages)
		return true;
	if (nr > pages - (unsigned int)block->pfn)
		nr = pages - (unsigned int)block->pfn;
	memset(scene->supply.now + block->pfn,
	       block->cpu < 0 ? SUPPLY_BUDDY : SUPPLY_CPU + block->cpu, nr);
	return true;
}

/* From a per-CPU list it may go to the buddy, and nowhere else. */
static bool may_move(uint8_t from, uint8_t to)
{
	return from == to || (from >= SUPPLY_CPU && to == SUPPLY_BUDDY);
}

void supply_look(struct scene *scene, int task)
{
	struct supply_op *op = &scene->supply.ops[task];
	const struct target_visit visit = { note_block, scene };
	const uint8_t *now = scene->supply.now;
	unsigned int i;

	if (!op->active)
		return;
	memset(scene->supply.now, SUPPLY_GONE, scene->books.pages);
	scene->target->free_blocks(&visit);
	for (i = 0; i < scene->books.pages; i++)
		if (!op->looked || may_move(op->at[i], now[i]))
			op->at[i] = now[i];
		else
			op->at[i] = SUPPLY_GONE;
	op->looked = true;
}

/* ------------------------------------------------------------------- block */

int supply_block(struct scene *scene, int task, unsigned int order)
{
	const struct supply_op *op = &scene->supply.ops[task];
	unsigned int i, run = 0, mask = (1U << order) - 1;

	if (!op->active)
		return TARGET_NO_PAGE;
	supply_look(scene, task);
	for (i = 0; i < scene->books.pages; i++) {
		if (!(i & mask))
			run = 0;
		run += op->at[i] != SUPPLY_GONE;
		if (run > mask)
			return (int)(i - mask);
	}
	return TARGET_NO_PAGE;
}
