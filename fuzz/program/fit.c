/* SPDX-License-Identifier: MIT */
/* fit.c: see fit.h. */
#include "fit.h"

#include "operation.h"

#define GIVERS_DEEP TARGET_OWN_MAX

static bool has_block(const struct target *target, const struct program_op *op)
{
	return op->order <= target->order_max &&
	       (!op->compound || target->compound);
}

/* A handle where the row says so, and nowhere else. */
static void fit_handles(struct program_op *op, const struct target *target)
{
	if (operation_gives(op->op, target) == HANDLE_NONE)
		op->gives = NO_HANDLE;
	if (operation_takes(op->op, target) == HANDLE_NONE)
		op->takes = NO_HANDLE;
	else if (op->takes == NO_HANDLE)
		op->takes = 0;
}

/* Returns: it was about a file that there is not, or about none. */
static bool fit_file(struct program_op *op, const struct target *target)
{
	bool fits = operation_filed(op->op, target) || !op->file;

	if (!fits)
		op->file = 0;
	return !fits;
}

bool fit_own(struct program_op *op, const struct target *target)
{
	const struct target_own *own = target_own(target, op->op);
	struct program_op before;
	unsigned int i, nr;

	if (!own)
		return false;
	before = *op;
	nr = operation_nr_own(target, op->op);
	fit_handles(op, target);
	fit_file(op, target);
	for (i = 0; i < TARGET_OWN_ARGUMENTS; i++) {
		const struct target_argument *argument = &own->arguments[i];
		unsigned int range = argument->max - argument->min + 1;
		uint8_t *number = operation_own(op, i);

		if (i >= nr)
			*number = 0;
		else if (*number < argument->min || *number > argument->max)
			*number = (uint8_t)(argument->min + *number % range);
	}
	return before.index != op->index || before.count != op->count ||
	       before.gives != op->gives || before.takes != op->takes ||
	       before.file != op->file;
}

/* Of its own: it is as its row says. */
static bool has_own(const struct target *target, const struct program_op *op)
{
	struct program_op fitted = *op;

	return !fit_own(&fitted, target);
}

bool fit_op(const struct target *target, const struct program_op *op)
{
	return target_has(target, op->op) && has_block(target, op) &&
	       has_own(target, op) &&
	       (!op->file || operation_filed(op->op, target));
}

/* Who takes what it gives is no beginning of it; nor are two who do. */
static bool is_possible(const struct target *target, unsigned int op,
			unsigned int deep)
{
	enum handle_kind takes = operation_takes(op, target);
	unsigned int giver;

	if (!target_has(target, op) || deep > GIVERS_DEEP)
		return false;
	for (giver = 0; takes != HANDLE_NONE && giver < OP_COUNT; giver++)
		if (operation_hands(target, giver, op) &&
		    !operation_hands(target, giver, giver) &&
		    is_possible(target, giver, deep + 1))
			return true;
	return takes == HANDLE_NONE;
}

bool fit_possible(const struct target *target, unsigned int op)
{
	return is_possible(target, op, 0);
}

bool fit_reads(const struct target *target, unsigned int arguments)
{
	unsigned int op;

	for (op = 0; op < OP_COUNT; op++)
		if (target_has(target, op) &&
		    operation_info(op)->arguments & arguments)
			return true;
	return false;
}

/* ------------------------------------------------------------------ program */

static bool fit_config(struct target_config *config,
		       const struct target *target)
{
	const struct target_config before = *config;

	while (config->pages < target_pages_min(target) &&
	       config->pages < TARGET_PAGES_MAX)
		config->pages *= 2;
	if (!target->percpu)
		config->pcp_high = 0;
	if (!target->percpu)
		config->pcp_batch = 1;
	if (!target->tree)
		config->fanout_shift = PROGRAM_FANOUT_SHIFT;
	return config->pages != before.pages ||
	       config->pcp_high != before.pcp_high ||
	       config->pcp_batch != before.pcp_batch ||
	       config->fanout_shift != before.fanout_shift;
}

static bool fit_list(struct program_list *list, const struct target *target)
{
	bool changed = list->irq && !target->interrupt;
	unsigned int i;

	if (changed)
		list->irq = 0;
	for (i = 0; i < list->nr; i++) {
		struct program_op *op = &list->ops[i];

		changed |= fit_own(op, target);
		changed |= fit_file(op, target);
		if (has_block(target, op))
			continue;
		if (op->order > target->order_max)
			op->order = (uint8_t)target->order_max;
		op->compound &= op->order && target->compound;
		changed = true;
	}
	return changed;
}

/* Threads are what there is: no lists. */
static bool fit_threads(struct program *program)
{
	bool changed = program->setup.nr ||
		       program->config.pages != TARGET_PAGES;
	unsigned int task;

	program->config.pages = TARGET_PAGES;
	program->setup.nr = 0;
	for (task = 0; task < PROGRAM_TASKS; task++) {
		struct program_list *list = &program->tasks[task];
		uint8_t cpu = task % MACHINE_CPUS;

		changed |= list->nr || list->irq || list->cpu != cpu;
		list->nr = list->irq = 0;
		list->cpu = cpu;
	}
	return changed;
}

bool fit_program(struct program *program, const struct target *target)
{
	bool changed = fit_config(&program->config, target);
	unsigned int task;

	if (target->threads)
		return fit_threads(program) || changed;
	changed |= fit_list(&program->setup, target);
	for (task = 0; task < PROGRAM_TASKS; task++)
		changed |= fit_list(&program->tasks[task], target);
	return changed;
}
