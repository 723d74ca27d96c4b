/* SPDX-License-Identifier: MIT */
/*
 * minimize_dissolve.c: an edit that does without a task: others do what it did,
 * when it did it.
 */
#include "minimize_edits.h"

#define ASSIGNMENTS 256 /* of operations to tasks, at most */

/* Where operations go. */
struct dissolving {
	uint8_t heirs[PROGRAM_TASKS], nr_heirs; /* tasks that stay */
	uint8_t heir[PROGRAM_OPS]; /* of each operation of the task that goes */
	struct {
		uint8_t task, op;
	} place[PROGRAM_TASKS][PROGRAM_OPS];
};

static void find_heirs(struct dissolving *dissolving,
		       const struct program *program, unsigned int task)
{
	unsigned int i;

	dissolving->nr_heirs = 0;
	for (i = 0; i < PROGRAM_TASKS; i++)
		if (i != task && program->tasks[i].nr && !program->tasks[i].irq)
			dissolving->heirs[dissolving->nr_heirs++] = (uint8_t)i;
}

/* The @nr-th way to share @ops operations out; the first ones: all to one. */
static bool share_out(struct dissolving *dissolving, unsigned int ops,
		      unsigned int nr)
{
	unsigned int heirs = dissolving->nr_heirs, i;

	for (i = 0; i < ops; i++) {
		unsigned int heir = nr < heirs ? nr : (nr - heirs) % heirs;

		dissolving->heir[i] = dissolving->heirs[heir];
		if (nr >= heirs)
			nr = heirs + (nr - heirs) / heirs;
	}
	return nr <= heirs;
}

/* All lists anew, in the order of @outcome. Returns: false if one is full. */
static bool hand_over(struct dissolving *dissolving, struct program *program,
		      const struct outcome *outcome, unsigned int task)
{
	const struct program old = *program;
	unsigned int i;

	for (i = 0; i < PROGRAM_TASKS; i++)
		if (!program->tasks[i].irq)
			program->tasks[i].nr = 0;
	for (i = 0; i < outcome->nr_begun; i++) {
		unsigned int from = outcome->begun[i].task;
		unsigned int op = outcome->begun[i].op;
		unsigned int to = from == task ? dissolving->heir[op] : from;
		struct program_list *list = &program->tasks[to];

		if (list->nr == PROGRAM_OPS)
			return false;
		dissolving->place[from][op].task = (uint8_t)to;
		dissolving->place[from][op].op = list->nr;
		list->ops[list->nr++] = old.tasks[from].ops[op];
	}
	return true;
}

/* Who is to run instead is whoever got the operation that ran next. */
static void move_switches(const struct dissolving *dissolving,
			  struct program *program, unsigned int task)
{
	unsigned int i, kept = 0;

	for (i = 0; i < program->nr_switches; i++) {
		struct program_switch entry = program->switches[i];
		unsigned int from = entry.task, op = entry.op;

		if (entry.next == task)
			entry.next = dissolving->heir[0];
		if (from < PROGRAM_TASKS && op < PROGRAM_OPS) {
			entry.task = dissolving->place[from][op].task;
			entry.op = dissolving->place[from][op].op;
		}
		if (entry.task != entry.next)
			program->switches[kept++] = entry;
	}
	program->nr_switches = (uint8_t)kept;
}

enum edit_result edit_dissolve_task(struct program *program,
				    const struct outcome *outcome,
				    unsigned int nr)
{
	unsigned int task = nr / ASSIGNMENTS;
	struct dissolving dissolving = { 0 };

	if (task >= PROGRAM_TASKS)
		return EDIT_NONE;
	find_heirs(&dissolving, program, task);
	if (!program->tasks[task].nr || program->tasks[task].irq ||
	    !dissolving.nr_heirs ||
	    !share_out(&dissolving, program->tasks[task].nr, nr % ASSIGNMENTS) ||
	    !hand_over(&dissolving, program, outcome, task))
		return EDIT_SAME;
	move_switches(&dissolving, program, task);
	return EDIT_MADE;
}
