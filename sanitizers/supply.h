/* SPDX-License-Identifier: MIT */
/*
 * supply.h: which pages have been free, for as long as somebody allocates; and which
 * stood on a per-CPU list, for as long as somebody empties that.
 *
 * The free lists are looked at only where it matters: when the task of such an
 * operation loses the CPU, when it gets it back, and when it has failed or ends. What
 * others do meanwhile in one go is one step to it, and by itself it only takes
 * pages, or moves them from per-CPU lists to the buddy.
 *
 * Promises:
 *  1. A page is in the supply of an allocation if at each look it was on a free
 *     list, and at none on another CPU's than at the look before. Such a page is
 *     in the buddy once the allocation has emptied all per-CPU lists.
 *  2. A page stayed for a drain if it stood on a list that this empties when it began,
 *     and at each look. Once the drain has taken it off, it comes back only when the
 *     drain has lost the CPU, to a task or an interrupt: it was not there at that look.
 *
 * Yields: never.
 * See: refused.c, drained.c.
 */
#ifndef SANITIZERS_SUPPLY_H
#define SANITIZERS_SUPPLY_H

#include "history.h"

#define SUPPLY_GONE 0 /* not free, or moved */
#define SUPPLY_BUDDY 1
#define SUPPLY_CPU 2 /* this + CPU: on its lists */

struct supply_op {
	bool active;
	bool drain;
	bool looked; /* at[] is valid */
	uint8_t at[TARGET_PAGES_MAX]; /* where each page is, as last seen */
};

struct supply {
	unsigned int nr; /* allocations and drains on their way */
	struct supply_op ops[BOOKS_TASKS];
	uint8_t now[TARGET_PAGES_MAX]; /* where each page is, for one look */
};

void supply_reset(struct supply *supply);
/* An operation begins; in an interrupt it is nothing, but what it interrupts is looked at. */
void supply_begin(struct scene *scene, const struct op_start *start);
void supply_end(struct supply *supply, int task);
/* @task loses the CPU, or has it back. */
void supply_look(struct scene *scene, int task);
/* Returns: a block of 2^@order pages in @task's supply, or TARGET_NO_PAGE. */
int supply_block(struct scene *scene, int task, unsigned int order);
/* Returns: a page that stayed where @task's drain takes all away, or TARGET_NO_PAGE. */
int supply_stayed(struct scene *scene, int task);

#endif
