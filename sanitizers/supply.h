/* SPDX-License-Identifier: MIT */
/*
 * supply.h: which pages have been free, for as long as somebody allocates.
 *
 * The free lists are looked at only where it matters: when the task of an
 * allocation loses the CPU, when it gets it back, and when it has failed. What
 * others do meanwhile in one go is one step to it, and by itself it only takes
 * pages, or moves them from per-CPU lists to the buddy.
 *
 * Promises:
 *  1. A page is in the supply of an allocation if at each look it was on a free
 *     list, and at none on another CPU's than at the look before. Such a page is
 *     in the buddy once the allocation has emptied all per-CPU lists.
 *
 * Yields: never.
 * See: refused.c.
 */
#ifndef SANITIZERS_SUPPLY_H
#define SANITIZERS_SUPPLY_H

#include "history.h"

#define SUPPLY_GONE 0 /* not free, or moved */
#define SUPPLY_BUDDY 1
#define SUPPLY_CPU 2 /* this + CPU: on its lists */

struct supply_op {
	bool active;
	bool looked; /* at[] is valid */
	uint8_t at[TARGET_PAGES_MAX]; /* where each page is, as last seen */
};

struct supply {
	unsigned int nr; /* allocations on their way */
	struct supply_op ops[BOOKS_TASKS];
	uint8_t now[TARGET_PAGES_MAX]; /* where each page is, for one look */
};

void supply_reset(struct supply *supply);
/* An operation begins; what is no allocation, or in an interrupt, is nothing. */
void supply_begin(struct scene *scene, const struct op_start *start);
void supply_end(struct supply *supply, int task);
/* @task loses the CPU, or has it back. */
void supply_look(struct scene *scene, int task);
/* Returns: a block of 2^@order pages in @task's supply, or TARGET_NO_PAGE. */
int supply_block(struct scene *scene, int task, unsigned int order);

#endif
