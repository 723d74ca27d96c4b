/* SPDX-License-Identifier: MIT */
/*
 * minimize_values.c: edits that make configuration and arguments simpler. Of
 * several values the simplest comes first.
 */
#include "edit.h"
#include "minimize_edits.h"
#include "operation.h"

#define NR(array) (sizeof(array) / sizeof((array)[0]))

/* ------------------------------------------------------------------ config */

/* The n-th simplest of the numbers below @value, from @least. */
static bool lower(unsigned int *value, unsigned int least, unsigned int nr)
{
	if (least + nr >= *value)
		return false;
	*value = least + nr;
	return true;
}

/* 2, 4, 8 or 16 pages, as far as the target can; else half of what there are. */
static bool fewer_pages(struct target_config *config, unsigned int nr)
{
	unsigned int half = config->pages / 2;
	unsigned int pages = nr < 4 ? PROGRAM_PAGES_MIN << nr : half;

	if (nr > 4 || pages > half || pages < PROGRAM_PAGES_MIN)
		return false;
	config->pages = pages;
	return true;
}

/* 4 slots, then 2, 8, 16 ... */
static bool common_fanout(struct target_config *config, unsigned int nr)
{
	static const uint8_t shifts[] = { 2, 1, 3, 4, 5, 6 };

	if (nr >= NR(shifts) || config->fanout_shift == shifts[nr])
		return false;
	config->fanout_shift = shifts[nr];
	return true;
}

#define CONFIG_CHOICES 16 /* of each setting, at most */

enum edit_result edit_config(struct program *program, unsigned int nr)
{
	struct target_config *config = &program->config;
	unsigned int choice = nr % CONFIG_CHOICES;
	bool made;

	switch (nr / CONFIG_CHOICES) {
	case 0:
		made = fewer_pages(config, choice);
		break;
	case 1:
		made = lower(&config->pcp_high, 0, choice);
		break;
	case 2:
		made = lower(&config->pcp_batch, 1, choice);
		break;
	case 3:
		made = common_fanout(config, choice);
		break;
	default:
		return EDIT_NONE;
	}
	return made ? EDIT_MADE : EDIT_SAME;
}

enum edit_result edit_plain_task(struct program *program, unsigned int nr)
{
	if (nr >= PROGRAM_TASKS)
		return EDIT_NONE;
	if (!program->tasks[nr].irq)
		return EDIT_SAME;
	program->tasks[nr].irq = 0;
	return EDIT_MADE;
}

enum edit_result edit_home_cpu(struct program *program, unsigned int nr)
{
	if (nr >= PROGRAM_TASKS)
		return EDIT_NONE;
	if (program->tasks[nr].cpu == nr % MACHINE_CPUS)
		return EDIT_SAME;
	program->tasks[nr].cpu = (uint8_t)(nr % MACHINE_CPUS);
	return EDIT_MADE;
}

/* -------------------------------------------------------------- operations */

/* One of a range, for the whole range. */
enum edit_result edit_simpler_kind(struct program *program, unsigned int nr)
{
	static const struct {
		uint8_t from, to;
	} simpler[] = {
		{ OP_LOOKUP_BATCH, OP_LOOKUP }, { OP_REMOVE_RANGE, OP_REMOVE },
		{ OP_RECLAIM, OP_REMOVE },	{ OP_DRAIN_ALL, OP_DRAIN },
		{ OP_REMOVE, OP_LOOKUP },	{ OP_ADD, OP_ALLOC },
		{ OP_INVALIDATE, OP_REMOVE },	{ OP_ADD_LARGE, OP_ADD },
	};
	struct program_op *op = edit_op(program, nr / TARGET_BATCH_MAX);
	unsigned int shift = nr % TARGET_BATCH_MAX;
	size_t i;

	if (!op)
		return EDIT_NONE;
	for (i = 0; i < NR(simpler); i++)
		if (op->op == simpler[i].from && shift < op->count) {
			op->op = simpler[i].to;
			op->index = (uint8_t)(op->index + shift);
			return EDIT_MADE;
		}
	return EDIT_SAME;
}

enum edit_result edit_no_fail(struct program *program, unsigned int nr)
{
	struct program_op *op = edit_op(program, nr);

	if (!op)
		return EDIT_NONE;
	if (!op->fail)
		return EDIT_SAME;
	op->fail = op->fail_on = 0;
	return EDIT_MADE;
}

/* That one alone; an earlier one. */
enum edit_result edit_fail(struct program *program, unsigned int nr)
{
	struct program_op *op = edit_op(program, nr / PROGRAM_FAIL_MAX);
	unsigned int choice = nr % PROGRAM_FAIL_MAX;

	if (!op)
		return EDIT_NONE;
	if (choice ? choice >= op->fail : !op->fail_on)
		return EDIT_SAME;
	if (choice)
		op->fail = (uint8_t)choice;
	else
		op->fail_on = 0;
	return EDIT_MADE;
}

enum edit_result edit_compound(struct program *program, unsigned int nr)
{
	struct program_op *op = edit_op(program, nr);

	if (!op)
		return EDIT_NONE;
	if (!op->compound)
		return EDIT_SAME;
	op->compound = 0;
	return EDIT_MADE;
}

enum edit_result edit_order(struct program *program, unsigned int nr)
{
	struct program_op *op = edit_op(program, nr / PROGRAM_ORDER_MAX);

	if (!op)
		return EDIT_NONE;
	if (op->order <= nr % PROGRAM_ORDER_MAX)
		return EDIT_SAME;
	op->order = nr % PROGRAM_ORDER_MAX;
	return EDIT_MADE;
}

enum edit_result edit_count(struct program *program, unsigned int nr)
{
	struct program_op *op = edit_op(program, nr / TARGET_BATCH_MAX);
	unsigned int count = nr % TARGET_BATCH_MAX + 1;

	if (!op)
		return EDIT_NONE;
	if (op->count <= count || operation_info(op->op)->arguments & ARG_OWN)
		return EDIT_SAME;
	op->count = (uint8_t)count;
	return EDIT_MADE;
}

/* An index becomes a smaller one in all operations that name it. */
enum edit_result edit_index(struct program *program, unsigned int nr)
{
	unsigned int from = nr / TARGET_FILE_PAGES, to = nr % TARGET_FILE_PAGES;

	if (from >= TARGET_FILE_PAGES)
		return EDIT_NONE;
	if (to >= from || !(edit_indices(program) >> from & 1))
		return EDIT_SAME;
	edit_rename_index(program, from, to);
	return EDIT_MADE;
}

/* The first file. */
enum edit_result edit_file(struct program *program, unsigned int nr)
{
	struct program_op *op = edit_op(program, nr);

	if (!op)
		return EDIT_NONE;
	if (!op->file)
		return EDIT_SAME;
	op->file = 0;
	return EDIT_MADE;
}

/* The first file and the second change places. */
enum edit_result edit_swap_files(struct program *program, unsigned int nr)
{
	struct program_op *op;
	unsigned int i;

	if (nr)
		return EDIT_NONE;
	for (i = 0; (op = edit_op(program, i)); i++)
		if (operation_info(op->op)->arguments & (ARG_FILE | ARG_OWN))
			op->file = !op->file;
	return EDIT_MADE;
}

/* A number of an operation of the target's own becomes a smaller one. */
enum edit_result edit_own(struct program *program, unsigned int nr)
{
	const unsigned int values = TARGET_OWN_VALUE_MAX + 1;
	unsigned int to = nr % values, number = nr / values;
	struct program_op *op = edit_op(program, number / TARGET_OWN_ARGUMENTS);
	uint8_t *at;

	if (!op)
		return EDIT_NONE;
	at = operation_own(op, number % TARGET_OWN_ARGUMENTS);
	if (!(operation_info(op->op)->arguments & ARG_OWN) || *at <= to)
		return EDIT_SAME;
	*at = (uint8_t)to;
	return EDIT_MADE;
}

/* ----------------------------------------------------------------- handles */

/* Nobody takes what it gives: it needs no name. */
enum edit_result edit_no_handle(struct program *program, unsigned int nr)
{
	struct program_op *op = edit_op(program, nr);

	if (!op)
		return EDIT_NONE;
	if (op->gives == NO_HANDLE)
		return EDIT_SAME;
	op->gives = NO_HANDLE;
	return EDIT_MADE;
}

/* Numbers of one kind of handle, in the order in which they are first given. */
struct numbers {
	uint8_t next;
	uint8_t to[PROGRAM_HANDLES]; /* NO_HANDLE: not given a number yet */
};

static void number(struct numbers *numbers, uint8_t *handle)
{
	if (*handle == NO_HANDLE)
		return;
	if (numbers->to[*handle] == NO_HANDLE)
		numbers->to[*handle] = numbers->next++;
	*handle = numbers->to[*handle];
}

enum edit_result edit_number_handles(struct program *program, unsigned int nr)
{
	struct numbers numbers[HANDLE_KINDS] = { 0 };
	struct program_op *op;
	unsigned int i, j;

	if (nr)
		return EDIT_NONE;
	for (i = 0; i < HANDLE_KINDS; i++)
		for (j = 0; j < PROGRAM_HANDLES; j++)
			numbers[i].to[j] = NO_HANDLE;
	for (i = 0; (op = edit_op(program, i)); i++) {
		const struct operation_info *info = operation_info(op->op);

		number(&numbers[info->takes], &op->takes);
		number(&numbers[info->gives], &op->gives);
	}
	return EDIT_MADE;
}
