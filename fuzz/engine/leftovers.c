/* SPDX-License-Identifier: MIT */
/* leftovers.c: see leftovers.h. */
#include "leftovers.h"

#include <string.h>

static void watch_reset(struct observer *observer, const struct engine *engine)
{
	struct leftovers_watch *watch = (struct leftovers_watch *)observer;

	(void)engine;
	memset(&watch->left, 0, sizeof(watch->left));
}

static void watch_passed(struct observer *observer, const struct engine *engine,
			 enum passed why)
{
	struct leftovers *left = &((struct leftovers_watch *)observer)->left;
	const struct task *task = engine->current;

	if (task->m.id == TASK_BOOT)
		left->setup[task->op] = (uint8_t)why;
	else
		left->ops[task->m.id][task->op] = (uint8_t)why;
}

struct observer *leftovers_observer(struct leftovers_watch *watch)
{
	*watch = (struct leftovers_watch){
		.observer = { .reset = watch_reset, .passed = watch_passed },
	};
	return &watch->observer;
}

/* Interrupts run when a switch says so, and at no other time. */
static void gather_interrupts(struct leftovers *left,
			      const struct engine *engine)
{
	unsigned int i, op;

	for (i = 0; i < PROGRAM_TASKS; i++) {
		const struct task *task = &engine->tasks[i];

		if (!task->list->irq)
			continue;
		for (op = task->op; op < task->list->nr; op++)
			left->ops[i][op] = LEFT_UNCALLED;
	}
}

/* Might @task have come there, had the run gone on? */
static bool is_ahead(const struct program_switch *entry,
		     const struct task *task)
{
	if (task->m.id == TASK_RCU)
		return true;
	if (task->state == TASK_IDLE && !task->list->irq)
		return false;
	if (entry->op != task->op)
		return entry->op > task->op && entry->op < task->list->nr;
	return !task->inside || entry->site || entry->point >= task->point;
}

void leftovers_gather(struct leftovers_watch *watch,
		      const struct engine *engine, const struct script *script)
{
	struct leftovers *left = &watch->left;
	bool broken_off = engine->verdict.finding.checker;
	unsigned int i;

	if (!broken_off)
		gather_interrupts(left, engine);
	for (i = 0; i < script->nr; i++) {
		const struct program_switch *entry = &script->entries[i];
		enum leftover why = LEFT_UNMET;

		if (script->done >> i & 1)
			continue;
		if (script->used >> i & 1)
			why = LEFT_UNDONE;
		else if (broken_off &&
			 is_ahead(entry, &engine->tasks[entry->task]))
			why = LEFT_AHEAD;
		left->switches[script->number[i]] = (uint8_t)why;
	}
}
