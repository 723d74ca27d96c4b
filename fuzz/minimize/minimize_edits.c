/* SPDX-License-Identifier: MIT */
/*
 * minimize_edits.c: edits that drop something or put it in a simpler place.
 * Those that only change values: minimize_values.c.
 *
 * Operations are counted through: set-up first, then task by task.
 */
#include <string.h>

#include "edit.h"
#include "minimize_edits.h"

/* ------------------------------------------------------------- operations */

static void drop_op(struct program *program, unsigned int nr)
{
	unsigned int task, at;

	if (edit_place(program, nr, &task, &at))
		edit_remove_op(program, edit_list(program, task), at);
}

/* From the back: what comes late is needed least. */
enum edit_result edit_drop_op(struct program *program, unsigned int nr)
{
	unsigned int ops = program_nr_ops(program);

	if (nr >= ops)
		return EDIT_NONE;
	drop_op(program, ops - 1 - nr);
	return EDIT_MADE;
}

/* Halves, quarters ... down to two at once. */
enum edit_result edit_drop_chunk(struct program *program, unsigned int nr)
{
	unsigned int ops = program_nr_ops(program), size = ops / 2, chunks, i;

	for (; size > 1; size /= 2) {
		chunks = (ops + size - 1) / size;
		if (nr < chunks)
			break;
		nr -= chunks;
	}
	if (size < 2)
		return EDIT_NONE;
	for (i = (nr + 1) * size; i-- > nr * size;)
		if (i < ops)
			drop_op(program, i);
	return EDIT_MADE;
}

/* Two that only make sense together. */
enum edit_result edit_drop_pair(struct program *program, unsigned int nr)
{
	unsigned int ops = program_nr_ops(program), first;

	for (first = 0; first < ops; first++) {
		if (nr < ops - 1 - first) {
			drop_op(program, first + 1 + nr);
			drop_op(program, first);
			return EDIT_MADE;
		}
		nr -= ops - 1 - first;
	}
	return EDIT_NONE;
}

/*
 * The operation goes, and an index becomes another that is named, or the one
 * behind: entries that stand alone are stored in another way than neighbours.
 */
enum edit_result edit_drop_op_join_index(struct program *program,
					 unsigned int nr)
{
	unsigned int ops = program_nr_ops(program), from, to;
	uint64_t used = edit_indices(program);

	for (from = 0; from < TARGET_FILE_PAGES; from++)
		for (to = 0; to < TARGET_FILE_PAGES; to++) {
			if (from == to || !(used >> from & 1) ||
			    !((used | used << 1) >> to & 1))
				continue;
			if (nr >= ops) {
				nr -= ops;
				continue;
			}
			edit_rename_index(program, from, to);
			drop_op(program, nr);
			return EDIT_MADE;
		}
	return EDIT_NONE;
}

/* What an operation did for a configuration may not be needed for another. */
enum edit_result edit_drop_op_plain_config(struct program *program,
					   unsigned int nr)
{
	struct program plain;

	if (nr >= program_nr_ops(program))
		return EDIT_NONE;
	program_clear(&plain);
	if (!memcmp(&plain.config, &program->config, sizeof(plain.config)))
		return EDIT_SAME;
	program->config = plain.config;
	drop_op(program, nr);
	return EDIT_MADE;
}

/* Smaller blocks: what filled up the larger ones may go. */
enum edit_result edit_drop_op_smaller_blocks(struct program *program,
					     unsigned int nr)
{
	unsigned int ops = program_nr_ops(program), i;
	bool smaller = false;

	if (nr >= ops)
		return EDIT_NONE;
	for (i = 0; i < ops; i++) {
		struct program_op *op = edit_op(program, i);

		smaller |= op->order > 1;
		op->order -= op->order > 0;
	}
	drop_op(program, nr);
	return smaller ? EDIT_MADE : EDIT_SAME;
}

/* One larger block for two. */
enum edit_result edit_join_blocks(struct program *program, unsigned int nr)
{
	unsigned int ops = program_nr_ops(program);
	struct program_op *larger, *other;

	if (nr >= ops * ops)
		return EDIT_NONE;
	larger = edit_op(program, nr / ops);
	other = edit_op(program, nr % ops);
	if (larger == other || larger->op != OP_ALLOC ||
	    (other->op != OP_ALLOC && other->op != OP_ADD) ||
	    larger->order == PROGRAM_ORDER_MAX)
		return EDIT_SAME;
	larger->order++;
	drop_op(program, nr % ops);
	return EDIT_MADE;
}

/* The operation goes; who was to run in it runs before the next one. */
enum edit_result edit_drop_op_keep_switch(struct program *program,
					  unsigned int nr)
{
	struct program_switch keep[PROGRAM_SWITCHES];
	unsigned int task, at, i, kept = 0;

	if (!edit_place(program, nr, &task, &at))
		return EDIT_NONE;
	for (i = 0; i < program->nr_switches; i++)
		if (program->switches[i].task == task &&
		    program->switches[i].op == at)
			keep[kept++] = program->switches[i];
	if (!kept)
		return EDIT_SAME;
	edit_remove_op(program, edit_list(program, task), at);
	for (i = 0; i < kept; i++) {
		keep[i].point = 0;
		keep[i].site = 0;
		program->switches[program->nr_switches++] = keep[i];
	}
	return EDIT_MADE;
}

/* An operation of a task is done beforehand. */
enum edit_result edit_to_setup(struct program *program, unsigned int nr)
{
	unsigned int task, at;
	struct program_list *list;
	struct program_op op;

	if (!edit_place(program, program->setup.nr + nr, &task, &at))
		return EDIT_NONE;
	list = edit_list(program, task);
	if (program->setup.nr == PROGRAM_SETUP_OPS || list->irq)
		return EDIT_SAME;
	op = list->ops[at];
	edit_remove_op(program, list, at);
	edit_insert_op(program, &program->setup, program->setup.nr, op);
	return EDIT_MADE;
}

/* ------------------------------------------------------------------ tasks */

static void drop_switches_of(struct program *program, unsigned int task)
{
	unsigned int i = 0;

	while (i < program->nr_switches) {
		const struct program_switch *entry = &program->switches[i];

		if (entry->task == task ||
		    (entry->kind == ENTRY_SWITCH && entry->next == task))
			edit_remove_switch(program, i);
		else
			i++;
	}
}

enum edit_result edit_drop_task(struct program *program, unsigned int nr)
{
	if (nr >= PROGRAM_TASKS)
		return EDIT_NONE;
	if (!program->tasks[nr].nr)
		return EDIT_SAME;
	program->tasks[nr].nr = 0;
	drop_switches_of(program, nr);
	return EDIT_MADE;
}

static uint8_t swapped(uint8_t task, unsigned int a, unsigned int b)
{
	if (task == a)
		return (uint8_t)b;
	return task == b ? (uint8_t)a : task;
}

/* Home CPUs stay with the numbers. */
static void swap_tasks(struct program *program, unsigned int a, unsigned int b)
{
	struct program_list *first = &program->tasks[a];
	struct program_list *second = &program->tasks[b];
	struct program_list old = *first;
	unsigned int i;

	*first = *second;
	*second = old;
	second->cpu = first->cpu;
	first->cpu = old.cpu;
	for (i = 0; i < program->nr_switches; i++) {
		struct program_switch *entry = &program->switches[i];

		entry->task = swapped(entry->task, a, b);
		if (entry->kind == ENTRY_SWITCH)
			entry->next = swapped(entry->next, a, b);
	}
}

enum edit_result edit_swap_tasks(struct program *program, unsigned int nr)
{
	unsigned int a = nr / PROGRAM_TASKS, b = nr % PROGRAM_TASKS;

	if (a >= PROGRAM_TASKS)
		return EDIT_NONE;
	if (a >= b || !program->tasks[b].nr)
		return EDIT_SAME;
	swap_tasks(program, a, b);
	return EDIT_MADE;
}

/* --------------------------------------------------------------- switches */

/* All, halves ... down to one. */
enum edit_result edit_drop_switches(struct program *program, unsigned int nr)
{
	unsigned int all = program->nr_switches, size = all, chunks, i;

	for (; size; size /= 2) {
		chunks = (all + size - 1) / size;
		if (nr < chunks)
			break;
		nr -= chunks;
	}
	if (!size)
		return EDIT_NONE;
	for (i = (nr + 1) * size; i-- > nr * size;)
		if (i < all)
			edit_remove_switch(program, i);
	return EDIT_MADE;
}

/* To the boundary before or behind its operation, where it costs nothing. */
enum edit_result edit_move_switch(struct program *program, unsigned int nr)
{
	struct program_switch *entry = &program->switches[nr / 2];

	if (nr / 2 >= program->nr_switches)
		return EDIT_NONE;
	if (entry->kind != ENTRY_SWITCH || (!entry->point && !entry->site))
		return EDIT_SAME;
	entry->op = (uint8_t)(entry->op + nr % 2);
	entry->point = 0;
	entry->site = 0;
	return EDIT_MADE;
}
