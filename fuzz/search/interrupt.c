/* SPDX-License-Identifier: MIT */
/* interrupt.c: see interrupt.h. */
#include "interrupt.h"

/* A task that has interrupts which the run did not call; PROGRAM_TASKS: none. */
static unsigned int uncalled_task(const struct record *record,
				  const struct program *program)
{
	unsigned int called[ENGINE_TASKS] = { 0 }, task, i;

	for (task = 0; task < PROGRAM_TASKS; task++)
		if (program->tasks[task].irq && program->tasks[task].nr)
			break;
	if (task == PROGRAM_TASKS)
		return task;
	for (i = 0; i < record->nr; i++)
		called[record->steps[i].task] += record->steps[i].kind ==
						 STEP_BEGIN;
	for (; task < PROGRAM_TASKS; task++)
		if (program->tasks[task].irq &&
		    called[task] < program->tasks[task].nr)
			break;
	return task;
}

static bool is_interruptible(const struct program *program,
			     const struct step *step)
{
	return step->kind == STEP_ACCESS && !step->setup &&
	       step->task < PROGRAM_TASKS && !program->tasks[step->task].irq;
}

bool interrupt_call(const struct record *record, const struct program *program,
		    struct rng *rng, struct program *child)
{
	unsigned int i, nr = 0, task = uncalled_task(record, program);
	const struct step *at = NULL;

	if (task == PROGRAM_TASKS || program->nr_switches == PROGRAM_SWITCHES)
		return false;
	for (i = 0; i < record->nr; i++)
		if (is_interruptible(program, &record->steps[i]) &&
		    rng_one_in(rng, ++nr))
			at = &record->steps[i];
	if (!at)
		return false;
	*child = *program;
	child->switches[child->nr_switches++] = (struct program_switch){
		.task = at->task,
		.op = at->op,
		.point = at->point,
		.next = (uint8_t)task,
	};
	program_normalize(child);
	return true;
}
