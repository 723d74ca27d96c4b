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

/* From a per-CPU list it may go to the buddy, and nowhere else; to a drain it is gone then. */
static bool may_move(const struct supply_op *op, uint8_t from, uint8_t to)
{
	return from == to ||
	       (!op->drain && from >= SUPPLY_CPU && to == SUPPLY_BUDDY);
}

static void look_once(struct scene *scene, struct supply_op *op)
{
	const struct target_visit visit = { note_block, scene };
	const uint8_t *now = scene->supply.now;
	unsigned int i;

	memset(scene->supply.now, SUPPLY_GONE, scene->books.pages);
	scene->target->free_blocks(&visit);
	for (i = 0; i < scene->books.pages; i++)
		if (!op->looked || may_move(op, op->at[i], now[i]))
			op->at[i] = now[i];
		else
			op->at[i] = SUPPLY_GONE;
	op->looked = true;
}

/* On weak memory a page may have been taken off a list, and nobody sees it yet. */
void supply_look(struct scene *scene, int task)
{
	struct supply_op *op = &scene->supply.ops[task];

	if (!op->active)
		return;
	look_once(scene, op);
	if (op->drain && scene->foresee &&
	    scene->foresee(scene->foreseen, true)) {
		look_once(scene, op);
		scene->foresee(scene->foreseen, false);
	}
}

/* ------------------------------------------------------------------- begin */

/* All that stands where it takes all away; of its CPU, or of all. */
static void begin_drain(struct scene *scene, const struct op_start *start)
{
	struct supply_op *op = &scene->supply.ops[start->task];
	uint8_t own = (uint8_t)(SUPPLY_CPU + start->cpu);
	bool all = scene->target->drains[start->op] == DRAINS_ALL;
	unsigned int i;

	supply_look(scene, start->task);
	for (i = 0; i < scene->books.pages; i++)
		if (all ? op->at[i] < SUPPLY_CPU : op->at[i] != own)
			op->at[i] = SUPPLY_GONE;
}

/* Who is interrupted loses the CPU, without a switch. */
static void look_of_all(struct scene *scene)
{
	int task;

	for (task = 0; task < BOOKS_TASKS; task++)
		if (scene->supply.ops[task].drain)
			supply_look(scene, task);
}

void supply_begin(struct scene *scene, const struct op_start *start)
{
	const struct target *target = scene->target;
	struct supply_op *op = &scene->supply.ops[start->task];
	bool drain = target->drains[start->op] != DRAINS_NOT;

	if (start->interrupt) {
		if (scene->supply.nr)
			look_of_all(scene);
		return;
	}
	if (!target->free_blocks ||
	    !(drain || (start->op == OP_ALLOC && target->alloc_drains)))
		return;
	op->active = true;
	op->drain = drain;
	op->looked = false;
	scene->supply.nr++;
	if (drain)
		begin_drain(scene, start);
}

/* ------------------------------------------------------------------ answer */

int supply_block(struct scene *scene, int task, unsigned int order)
{
	const struct supply_op *op = &scene->supply.ops[task];
	unsigned int i, run = 0, mask = (1U << order) - 1;

	if (!op->active || op->drain)
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

int supply_stayed(struct scene *scene, int task)
{
	const struct supply_op *op = &scene->supply.ops[task];
	unsigned int i;

	if (!op->active || !op->drain)
		return TARGET_NO_PAGE;
	supply_look(scene, task);
	for (i = 0; i < scene->books.pages; i++)
		if (op->at[i] != SUPPLY_GONE)
			return (int)i;
	return TARGET_NO_PAGE;
}
