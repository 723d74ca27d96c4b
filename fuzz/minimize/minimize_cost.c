/* SPDX-License-Identifier: MIT */
/*
 * minimize_cost.c: which of two stories is the smaller.
 *
 * A row of numbers, the most important first; the first difference decides.
 */
#include <string.h>

#include "minimize.h"

enum cost {
	COST_REORDERINGS, /* memory that is not what anybody thinks of first */
	COST_INTERRUPTS, /* lists: an interrupt is a preemption nobody counts */
	COST_PREEMPTIONS,
	COST_OPERATIONS,
	COST_FAILS, /* operations in which memory runs out */
	COST_TASKS,
	COST_POINTS,
	COST_SWITCHES,
	COST_FAR, /* reorderings: until when, how many values back */
	COST_CPUS,
	COST_PAGES,
	COST_PCP_HIGH,
	COST_PCP_BATCH,
	COST_FANOUT,
	COST_FAIL, /* how often, and how late */
	COST_COMPOUND,
	COST_ORDER,
	COST_COUNT,
	COST_KINDS,
	COST_HANDLES,
	COST_FILE,
	COST_INDEX,
	COST_NUMBERS, /* of tasks and handles */
	COSTS,
};

static void add_op(const struct program_op *op, unsigned long *cost)
{
	cost[COST_FAILS] += !!op->fail;
	cost[COST_FAIL] += op->fail + PROGRAM_FAIL_MAX * op->fail_on;
	cost[COST_COMPOUND] += op->compound;
	cost[COST_ORDER] += op->order;
	cost[COST_COUNT] += op->count;
	cost[COST_KINDS] += op->op;
	cost[COST_FILE] += op->file;
	cost[COST_INDEX] += op->index;
	cost[COST_HANDLES] += op->gives != NO_HANDLE;
	if (op->gives != NO_HANDLE)
		cost[COST_NUMBERS] += op->gives;
	if (op->takes != NO_HANDLE)
		cost[COST_NUMBERS] += op->takes;
}

static void add_list(const struct program_list *list, unsigned long *cost)
{
	unsigned int i;

	for (i = 0; i < list->nr; i++)
		add_op(&list->ops[i], cost);
}

static void add_reorderings(const struct program *program, unsigned long *cost)
{
	unsigned int i;

	for (i = 0; i < program->nr_switches; i++) {
		const struct program_switch *entry = &program->switches[i];

		if (entry->kind == ENTRY_SWITCH)
			continue;
		cost[COST_REORDERINGS]++;
		cost[COST_FAR] += entry->next;
	}
}

/* Four slots are what nobody has to ask for. */
static unsigned int fanout_cost(unsigned int shift)
{
	return shift < 2 ? 2 * (2 - shift) - 1 : 2 * (shift - 2);
}

static void costs(const struct story *story, unsigned long *cost)
{
	const struct program *program = &story->program;
	const struct target_config *config = &program->config;
	unsigned int task;

	memset(cost, 0, COSTS * sizeof(*cost));
	cost[COST_PREEMPTIONS] = story->outcome.preemptions;
	cost[COST_OPERATIONS] = program_nr_ops(program);
	cost[COST_POINTS] = story->outcome.points;
	cost[COST_SWITCHES] = program->nr_switches;
	cost[COST_PAGES] = config->pages;
	cost[COST_PCP_HIGH] = config->pcp_high;
	cost[COST_PCP_BATCH] = config->pcp_batch;
	cost[COST_FANOUT] = fanout_cost(config->fanout_shift);
	add_reorderings(program, cost);
	add_list(&program->setup, cost);
	for (task = 0; task < PROGRAM_TASKS; task++) {
		const struct program_list *list = &program->tasks[task];

		cost[COST_INTERRUPTS] += list->irq;
		cost[COST_CPUS] += list->cpu != task % MACHINE_CPUS;
		if (!list->nr)
			continue;
		cost[COST_TASKS]++;
		cost[COST_NUMBERS] += task;
		add_list(list, cost);
	}
}

int story_compare(const struct story *a, const struct story *b)
{
	unsigned long of_a[COSTS], of_b[COSTS];
	int i;

	costs(a, of_a);
	costs(b, of_b);
	for (i = 0; i < COSTS; i++)
		if (of_a[i] != of_b[i])
			return of_a[i] < of_b[i] ? -1 : 1;
	return 0;
}
