/* SPDX-License-Identifier: MIT */
/* edit.c: see edit.h. */
#include "edit.h"

#include <string.h>

#include "operation.h"

/* Switches of @task at operations from @op on move by @by; -1 drops @op's. */
static void shift_switches(struct program *program, unsigned int task,
			   unsigned int op, int by)
{
	unsigned int i, kept = 0;

	for (i = 0; i < program->nr_switches; i++) {
		struct program_switch entry = program->switches[i];

		if (entry.task == task && entry.op == op && by < 0)
			continue;
		if (entry.task == task && entry.op >= op)
			entry.op = (uint8_t)(entry.op + by);
		program->switches[kept++] = entry;
	}
	program->nr_switches = (uint8_t)kept;
}

unsigned int edit_room(const struct program *program,
		       const struct program_list *list)
{
	return list == &program->setup ? PROGRAM_SETUP_OPS : PROGRAM_OPS;
}

void edit_insert_op(struct program *program, struct program_list *list,
		    unsigned int at, struct program_op op)
{
	if (list->nr >= edit_room(program, list))
		return;
	memmove(&list->ops[at + 1], &list->ops[at],
		(list->nr - at) * sizeof(op));
	list->ops[at] = op;
	list->nr++;
	if (list != &program->setup)
		shift_switches(program,
			       (unsigned int)(list - program->tasks), at, 1);
}

void edit_remove_op(struct program *program, struct program_list *list,
		    unsigned int at)
{
	list->nr--;
	memmove(&list->ops[at], &list->ops[at + 1],
		(list->nr - at) * sizeof(list->ops[0]));
	if (list != &program->setup)
		shift_switches(program,
			       (unsigned int)(list - program->tasks), at, -1);
}

void edit_remove_switch(struct program *program, unsigned int at)
{
	program->nr_switches--;
	memmove(&program->switches[at], &program->switches[at + 1],
		(program->nr_switches - at) * sizeof(program->switches[0]));
}

void edit_keep_reorderings(struct program *program)
{
	unsigned int i, kept = 0;

	for (i = 0; i < program->nr_switches; i++)
		if (program->switches[i].kind != ENTRY_SWITCH)
			program->switches[kept++] = program->switches[i];
	program->nr_switches = (uint8_t)kept;
}

bool edit_place(const struct program *program, unsigned int nr,
		unsigned int *task, unsigned int *at)
{
	*task = PROGRAM_TASKS;
	*at = nr;
	if (nr < program->setup.nr)
		return true;
	*at -= program->setup.nr;
	for (*task = 0; *task < PROGRAM_TASKS; ++*task) {
		if (*at < program->tasks[*task].nr)
			return true;
		*at -= program->tasks[*task].nr;
	}
	return false;
}

struct program_list *edit_list(struct program *program, unsigned int task)
{
	return task < PROGRAM_TASKS ? &program->tasks[task] : &program->setup;
}

struct program_op *edit_op(struct program *program, unsigned int nr)
{
	unsigned int task, at;

	if (!edit_place(program, nr, &task, &at))
		return NULL;
	return &edit_list(program, task)->ops[at];
}

uint64_t edit_indices(struct program *program)
{
	struct program_op *op;
	uint64_t used = 0;
	unsigned int i;

	for (i = 0; (op = edit_op(program, i)); i++)
		if (operation_info(op->op)->arguments & ARG_INDEX)
			used |= 1ULL << op->index;
	return used;
}

void edit_rename_index(struct program *program, unsigned int from,
		       unsigned int to)
{
	struct program_op *op;
	unsigned int i;

	for (i = 0; (op = edit_op(program, i)); i++)
		if (operation_info(op->op)->arguments & ARG_INDEX &&
		    op->index == from)
			op->index = (uint8_t)to;
}
