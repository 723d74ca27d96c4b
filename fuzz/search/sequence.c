/* SPDX-License-Identifier: MIT */
/* sequence.c: see sequence.h. */
#include "sequence.h"

#include "edit.h"

static bool counts(const struct step *step)
{
	return !step->setup && step->kind != STEP_END && step->task <= TASK_RCU;
}

static unsigned int next_of(const struct record *record, unsigned int from,
			    unsigned int task)
{
	while (from < record->nr && (record->steps[from].task != task ||
				     !counts(&record->steps[from])))
		from++;
	return from;
}

static bool is_interrupt(const struct sequence *sequence, int task)
{
	return task >= 0 && task < PROGRAM_TASKS &&
	       sequence->child->tasks[task].irq;
}

/* Is an interrupt over, and the next one of that task not begun? */
static bool is_between(const struct sequence *sequence, int task)
{
	const struct record *record = sequence->record;

	return is_interrupt(sequence, task) &&
	       (sequence->next[task] >= record->nr ||
		record->steps[sequence->next[task]].kind == STEP_BEGIN);
}

/* Who runs if nobody is named: as sched_next() picks. */
static int default_task(const struct sequence *sequence)
{
	int task;

	if (sequence->running == TASK_RCU && sequence->before_rcu >= 0)
		return sequence->before_rcu;
	for (task = 0; task < TASK_RCU; task++)
		if (sequence->next[task] < sequence->record->nr &&
		    !is_interrupt(sequence, task))
			return task;
	return -1;
}

/* When @task comes to its next step, @to runs instead. */
static void write_switch(struct sequence *sequence, int task, int to)
{
	const struct step *step;
	struct program *child = sequence->child;

	if (task < 0 || task == to ||
	    sequence->next[task] >= sequence->record->nr ||
	    child->nr_switches == PROGRAM_SWITCHES)
		return;
	step = &sequence->record->steps[sequence->next[task]];
	child->switches[child->nr_switches++] = (struct program_switch){
		.task = step->task,
		.op = step->op,
		.point = step->point,
		.next = (uint8_t)to,
	};
}

/* Whoever has the CPU in front of the next step, if nobody is named. */
static int who_runs(const struct sequence *sequence)
{
	const struct record *record = sequence->record;
	int from = sequence->running, deep;

	for (deep = 0; deep < PROGRAM_TASKS && is_between(sequence, from);
	     deep++)
		from = sequence->below[from];
	if (from < 0 || from == TASK_RCU || sequence->next[from] >= record->nr)
		return default_task(sequence);
	return from;
}

void sequence_step(struct sequence *sequence, unsigned int at)
{
	const struct record *record = sequence->record;
	int task = record->steps[at].task;
	int from = sequence->running;

	if (!counts(&record->steps[at]))
		return;
	if (task != from || is_between(sequence, from)) {
		from = who_runs(sequence);
		if (is_interrupt(sequence, task) && is_between(sequence, task))
			sequence->below[task] = from;
		write_switch(sequence, from, task);
		if (task == TASK_RCU)
			sequence->before_rcu = sequence->running;
	}
	sequence->running = task;
	sequence->next[task] = next_of(record, at + 1, (unsigned int)task);
}

void sequence_begin(struct sequence *sequence, const struct record *record,
		    struct program *child)
{
	unsigned int i;

	*sequence = (struct sequence){ .record = record,
				       .child = child,
				       .running = -1,
				       .before_rcu = -1 };
	edit_keep_reorderings(child);
	for (i = 0; i < ENGINE_TASKS; i++)
		sequence->next[i] = next_of(record, 0, i);
}
