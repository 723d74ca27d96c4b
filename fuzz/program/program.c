/* SPDX-License-Identifier: MIT */
/*
 * program.c: the empty program, the normal form, equality.
 *
 * Promises:
 *  1. A normal program is legal, and normalizing it again changes nothing.
 *  2. Neutral values: NO_HANDLE for handles, 1 for a count, 0 for the rest.
 *  3. Only used parts are read, compared or written: what lies beyond a list's
 *     nr is undefined.
 */
#include "operation.h"
#include "program.h"

#include <string.h>

void program_clear(struct program *program)
{
	unsigned int task;

	program->config = (struct target_config){
		.pages = TARGET_PAGES,
		.pcp_batch = 1,
		.fanout_shift = PROGRAM_FANOUT_SHIFT,
	};
	program->setup.nr = 0;
	program->setup.cpu = 0;
	program->setup.irq = 0;
	for (task = 0; task < PROGRAM_TASKS; task++) {
		program->tasks[task].nr = 0;
		program->tasks[task].cpu = task % MACHINE_CPUS;
		program->tasks[task].irq = 0;
	}
	program->nr_switches = 0;
}

/* Returns: @value wrapped into 1 .. @max; 1 for 0. */
static unsigned int wrap_from_one(unsigned int value, unsigned int max)
{
	return value ? (value - 1) % max + 1 : 1;
}

static unsigned int pages_normalize(unsigned int pages)
{
	if (pages < PROGRAM_PAGES_MIN)
		return PROGRAM_PAGES_MIN;
	if (pages > TARGET_PAGES_MAX)
		return TARGET_PAGES_MAX;
	return 1U << (31 - __builtin_clz(pages));
}

static void config_normalize(struct target_config *config)
{
	config->pages = pages_normalize(config->pages);
	config->pcp_high %= 16;
	config->pcp_batch = wrap_from_one(config->pcp_batch, 8);
	config->fanout_shift = wrap_from_one(config->fanout_shift, 6);
}

static bool op_does_something(unsigned int op)
{
	return op != OP_NOP && op < OP_COUNT && operation_info(op)->name;
}

static void op_normalize(struct program_op *op)
{
	const struct operation_info *info = operation_info(op->op);
	unsigned int reads = info->arguments;

	if (info->gives == HANDLE_NONE)
		op->gives = NO_HANDLE;
	if (op->gives != NO_HANDLE)
		op->gives %= PROGRAM_HANDLES;
	if (info->takes == HANDLE_NONE)
		op->takes = NO_HANDLE;
	else if (info->takes != HANDLE_OWN || op->takes != NO_HANDLE)
		op->takes %= PROGRAM_HANDLES;

	op->file = reads & (ARG_FILE | ARG_OWN) ? op->file % TARGET_FILES_MAX :
						  0;
	if (reads & ARG_OWN) {
		op->index %= TARGET_OWN_VALUE_MAX + 1;
		op->count %= TARGET_OWN_VALUE_MAX + 1;
		op->order = op->compound = 0;
		return;
	}
	op->index = reads & ARG_INDEX ? op->index % TARGET_FILE_PAGES : 0;
	op->count = reads & ARG_COUNT ?
			    wrap_from_one(op->count, TARGET_BATCH_MAX) :
			    1;
	op->order = reads & ARG_ORDER ? op->order % (PROGRAM_ORDER_MAX + 1) : 0;
	op->compound = reads & ARG_COMPOUND && op->order && op->compound;
}

/* @left: how many operations may still have a failure. */
static void fail_normalize(struct program_op *op, unsigned int *left)
{
	op->fail = op->fail ? wrap_from_one(op->fail, PROGRAM_FAIL_MAX) : 0;
	if (op->fail && !*left)
		op->fail = 0;
	op->fail_on = op->fail && op->fail_on;
	*left -= !!op->fail;
}

static void list_normalize(struct program_list *list, unsigned int max,
			   unsigned int *fails)
{
	unsigned int nr = list->nr < max ? list->nr : max;
	unsigned int from, to = 0;

	for (from = 0; from < nr; from++) {
		if (!op_does_something(list->ops[from].op))
			continue;
		if (to != from)
			list->ops[to] = list->ops[from];
		op_normalize(&list->ops[to]);
		fail_normalize(&list->ops[to++], fails);
	}
	list->nr = to;
}

static void switch_normalize(struct program_switch *entry)
{
	entry->task %= TASK_RCU + 1;
	entry->kind %= ENTRY_KINDS;
	if (entry->kind == ENTRY_SWITCH)
		entry->next %= TASK_RCU + 1;
	else if (entry->kind == ENTRY_DELAY)
		entry->next %= PROGRAM_UNTIL_MAX + 1;
	else
		entry->next = wrap_from_one(entry->next, PROGRAM_BACK_MAX);
	if ((entry->site || entry->kind) && !entry->point)
		entry->point = 1;
}

void program_normalize(struct program *program)
{
	unsigned int i, fails = PROGRAM_FAILS;

	config_normalize(&program->config);
	list_normalize(&program->setup, PROGRAM_SETUP_OPS, &fails);
	program->setup.cpu = 0;
	program->setup.irq = 0;
	for (i = 0; i < PROGRAM_TASKS; i++) {
		list_normalize(&program->tasks[i], PROGRAM_OPS, &fails);
		program->tasks[i].cpu %= MACHINE_CPUS;
		program->tasks[i].irq = !!program->tasks[i].irq;
	}
	if (program->nr_switches > PROGRAM_SWITCHES)
		program->nr_switches = PROGRAM_SWITCHES;
	for (i = 0; i < program->nr_switches; i++)
		switch_normalize(&program->switches[i]);
}

static bool list_equal(const struct program_list *a,
		       const struct program_list *b)
{
	return a->nr == b->nr && a->cpu == b->cpu && a->irq == b->irq &&
	       !memcmp(a->ops, b->ops, a->nr * sizeof(a->ops[0]));
}

static bool switch_equal(const struct program_switch *a,
			 const struct program_switch *b)
{
	return a->task == b->task && a->op == b->op && a->next == b->next &&
	       a->kind == b->kind && a->point == b->point && a->site == b->site;
}

bool program_equal(const struct program *a, const struct program *b)
{
	unsigned int i;

	if (memcmp(&a->config, &b->config, sizeof(a->config)) ||
	    !list_equal(&a->setup, &b->setup) ||
	    a->nr_switches != b->nr_switches)
		return false;
	for (i = 0; i < PROGRAM_TASKS; i++)
		if (!list_equal(&a->tasks[i], &b->tasks[i]))
			return false;
	for (i = 0; i < a->nr_switches; i++)
		if (!switch_equal(&a->switches[i], &b->switches[i]))
			return false;
	return true;
}

unsigned int program_nr_ops(const struct program *program)
{
	unsigned int task, nr = program->setup.nr;

	for (task = 0; task < PROGRAM_TASKS; task++)
		nr += program->tasks[task].nr;
	return nr;
}

unsigned int program_nr_reorderings(const struct program *program)
{
	unsigned int i, nr = 0;

	for (i = 0; i < program->nr_switches; i++)
		nr += program->switches[i].kind != ENTRY_SWITCH;
	return nr;
}
