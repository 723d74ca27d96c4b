/* SPDX-License-Identifier: MIT */
/*
 * minimize_dissolve.c: an edit that does without a task: others do what it did,
 * when it did it.
 */
#include "minimize_edits.h"

#define ASSIGNMENTS 256 /* of operations to tasks, at most */

#define PIECES (OUTCOME_TURNS + PROGRAM_TASKS * PROGRAM_OPS)

/* What one task did of one operation without losing the CPU. */
struct piece {
	uint8_t task, op; /* whose it will be, and which */
	uint16_t stops; /* in front of that point; 0: it ended */
};

/* Who does what when a task goes. */
struct dissolving {
	unsigned int task; /* the one that goes */
	uint8_t heirs[PROGRAM_TASKS], nr_heirs; /* tasks that stay */
	uint8_t heir[PROGRAM_OPS]; /* of each operation of the one that goes */
	struct program_list old[PROGRAM_TASKS];
	uint8_t place[PROGRAM_TASKS][PROGRAM_OPS]; /* of operations, now */
	unsigned int nr;
	struct piece pieces[PIECES];
};

/* Returns: false if it cannot be done without @task. */
static bool find_heirs(struct dissolving *dissolving,
		       const struct program *program, unsigned int task)
{
	unsigned int i;

	dissolving->task = task;
	for (i = 0; i < PROGRAM_TASKS; i++) {
		dissolving->old[i] = program->tasks[i];
		if (program->tasks[i].nr && program->tasks[i].irq)
			return false;
		if (program->tasks[i].nr && i != task)
			dissolving->heirs[dissolving->nr_heirs++] = (uint8_t)i;
	}
	return program->tasks[task].nr && dissolving->nr_heirs;
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

/* Operation @op of @task now or from @stops on belongs to its heir. */
static bool add_piece(struct dissolving *dissolving, struct program *program,
		      struct turn from, uint16_t stops)
{
	unsigned int task = from.task, heir = task;
	struct program_list *list;

	if (dissolving->nr == PIECES || from.op >= dissolving->old[task].nr)
		return false;
	if (task == dissolving->task)
		heir = dissolving->heir[from.op];
	list = &program->tasks[heir];
	if (!from.point) {
		if (list->nr == PROGRAM_OPS)
			return false;
		dissolving->place[task][from.op] = list->nr;
		list->ops[list->nr++] = dissolving->old[task].ops[from.op];
	}
	dissolving->pieces[dissolving->nr++] = (struct piece){
		.task = (uint8_t)heir,
		.op = dissolving->place[task][from.op],
		.stops = stops,
	};
	return true;
}

/* Where the task of turn @nr goes on, or would begin what it never began. */
static struct turn turn_end(const struct dissolving *dissolving,
			    const struct outcome *outcome, unsigned int nr)
{
	const struct turn *turn = &outcome->turns[nr];
	unsigned int i;

	for (i = nr + 1; i < outcome->nr_turns; i++)
		if (outcome->turns[i].task == turn->task)
			return outcome->turns[i];
	return (struct turn){ .op = dissolving->old[turn->task].nr };
}

/* All that was done, in order; lists fill up with it. */
static bool cut_up(struct dissolving *dissolving, struct program *program,
		   const struct outcome *outcome)
{
	unsigned int i;

	for (i = 0; i < PROGRAM_TASKS; i++)
		program->tasks[i].nr = 0;
	for (i = 0; i < outcome->nr_turns; i++) {
		struct turn at = outcome->turns[i];
		struct turn end = turn_end(dissolving, outcome, i);

		if (at.task >= PROGRAM_TASKS)
			continue; /* callbacks run when they run */
		for (; at.op < end.op; at.op++, at.point = 0)
			if (!add_piece(dissolving, program, at, 0))
				return false;
		if (end.point &&
		    !add_piece(dissolving, program, at, end.point))
			return false;
	}
	return dissolving->nr > 0;
}

static void add_switch(struct program *program, unsigned int task,
		       unsigned int op, uint16_t point, unsigned int next)
{
	if (task == next || op >= program->tasks[task].nr ||
	    program->nr_switches == PROGRAM_SWITCHES)
		return;
	program->switches[program->nr_switches++] = (struct program_switch){
		.task = (uint8_t)task,
		.op = (uint8_t)op,
		.point = point,
		.next = (uint8_t)next,
	};
}

/* A schedule that plays the pieces in their order. */
static void reschedule(const struct dissolving *dissolving,
		       struct program *program)
{
	const struct piece *piece = dissolving->pieces;
	unsigned int first = 0, i;

	program->nr_switches = 0;
	while (!program->tasks[first].nr)
		first++;
	add_switch(program, first, 0, 0, piece->task);
	for (i = 1; i < dissolving->nr; i++, piece++)
		add_switch(program, piece->task, piece->op + !piece->stops,
			   piece->stops, piece[1].task);
}

enum edit_result edit_dissolve_task(struct program *program,
				    const struct outcome *outcome,
				    unsigned int nr)
{
	struct dissolving dissolving = { 0 };
	unsigned int task = nr / ASSIGNMENTS;

	if (task >= PROGRAM_TASKS)
		return EDIT_NONE;
	if (outcome->nr_turns > OUTCOME_TURNS ||
	    !find_heirs(&dissolving, program, task) ||
	    !share_out(&dissolving, program->tasks[task].nr,
		       nr % ASSIGNMENTS) ||
	    !cut_up(&dissolving, program, outcome))
		return EDIT_SAME;
	reschedule(&dissolving, program);
	return EDIT_MADE;
}
