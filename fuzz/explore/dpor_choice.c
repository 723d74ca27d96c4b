/* SPDX-License-Identifier: MIT */
/* dpor_choice.c: choices: who could make the next step. See dpor_see.h. */
#include "dpor_see.h"

/* Whose steps they are. */
uint8_t dpor_task(const struct dpor *dpor, uint8_t choice)
{
	return choice < DPOR_FIRST_IRQ ?
		       choice :
		       dpor->irq_task[(choice - DPOR_FIRST_IRQ) / PROGRAM_TASKS];
}

/* Who has to have the CPU for it. */
struct task *dpor_host(struct engine *engine, uint8_t choice)
{
	return &engine->tasks[choice < DPOR_FIRST_IRQ ?
				      choice :
				      (choice - DPOR_FIRST_IRQ) % PROGRAM_TASKS];
}

uint64_t dpor_choices_of(const struct dpor *dpor, uint8_t task)
{
	uint64_t choices = 1ULL << task;
	unsigned int i;

	for (i = 0; i < dpor->nr_irqs; i++)
		if (dpor->irq_task[i] == task)
			choices |= 0xffULL
				   << (DPOR_FIRST_IRQ + i * PROGRAM_TASKS);
	return choices;
}

static bool can_step(struct engine *engine, struct task *task)
{
	return sched_can_run(engine, task) &&
	       !(task->state == TASK_READY && sched_stands(task));
}

static bool can_host(struct engine *engine, const struct task *irq,
		     struct task *host)
{
	return execute_may_interrupt(engine, irq, host) &&
	       host->state == TASK_READY && sched_can_run(engine, host);
}

uint64_t dpor_enabled(const struct dpor *dpor, struct engine *engine)
{
	uint64_t choices = 0;
	unsigned int i, host;

	for (i = 0; i <= TASK_RCU; i++)
		choices |= (uint64_t)can_step(engine, &engine->tasks[i]) << i;
	for (i = 0; i < dpor->nr_irqs; i++)
		for (host = 0; host < PROGRAM_TASKS; host++)
			choices |=
				(uint64_t)can_host(
					engine,
					&engine->tasks[dpor->irq_task[i]],
					&engine->tasks[host])
				<< (DPOR_FIRST_IRQ + i * PROGRAM_TASKS + host);
	return choices;
}
