/* SPDX-License-Identifier: MIT */
/* trace_stop.c: where a task lost its CPU, or stands in the end; see trace.h. */
#include "trace.h"

/* The task's own next step after @at; nr: there is none. */
static unsigned int next_step(const struct record *record, unsigned int at)
{
	uint8_t task = record->steps[at].task;

	for (at++; at < record->nr && record->steps[at].task != task;)
		at++;
	return at;
}

/* What the policy said between the steps @at and @next of a task, or NULL. */
static const struct program_switch *told(const struct trace *trace,
					 unsigned int at, unsigned int next)
{
	const struct engine *engine = trace->engine;
	const struct step *from = &trace->record->steps[at];
	const struct step *to = &trace->record->steps[next];
	unsigned int i;

	for (i = 0; i < engine->nr_taken && i < PROGRAM_SWITCHES; i++) {
		const struct program_switch *entry = &engine->taken[i];

		if (entry->kind == ENTRY_SWITCH && entry->task == to->task &&
		    entry->op == to->op && entry->point > from->point &&
		    entry->point <= to->point)
			return entry;
	}
	return NULL;
}

/* ------------------------------------------------------------------- sleep */

/* What of @task's, about who waits, came before step @before last of all; or NULL. */
static const struct hint *last_wait(const struct record *record,
				    unsigned int task, unsigned int before)
{
	unsigned int i;

	for (i = 0; i < record->nr_hints && i < RECORD_HINTS; i++) {
		const struct hint *hint =
			&record->hints[(record->nr_hints - 1 - i) %
				       RECORD_HINTS];

		if (hint->task == task && hint->wait && hint->before <= before)
			return hint;
	}
	return NULL;
}

/* The first step behind @at, before @before, that wakes who waits for @addr; or 0. */
static unsigned int wake_between(const struct record *record, unsigned int at,
				 unsigned int before, const volatile void *addr)
{
	for (at++; at < before; at++) {
		const struct step *step = &record->steps[at];
		const struct hint *hint = record_hint(record, addr, true, at);

		if (step->kind == STEP_ACCESS &&
		    step->site->kind == MACHINE_WAKES && hint &&
		    hint->before == at && hint->task == step->task)
			return at;
	}
	return 0;
}

static bool is_join_of(const struct step *step, unsigned int task)
{
	return step->kind == STEP_ACCESS && step->task == task &&
	       step->site->kind == MACHINE_JOINS;
}

/*
 * Between step @at and its own next one the task looked at who waits, once others had
 * made steps: it slept, since nothing else took the CPU from it.
 */
static void find_sleep(const struct trace *trace, unsigned int at,
		       struct trace_stop *stop)
{
	const struct record *record = trace->record;
	const struct step *steps = record->steps;
	const struct hint *hint =
		last_wait(record, steps[at].task, stop->before);
	const unsigned int begin = trace_begin(record, at);
	unsigned int join = at;

	if (stop->kind != TRACE_WAITED || !hint || hint->before <= at + 1 ||
	    steps[stop->before].point >= trace->engine->fair_points)
		return;
	while (join > begin && !is_join_of(&steps[join], steps[at].task))
		join--;
	if (join == begin)
		return;
	stop->sleeps_in = steps[join].site;
	stop->woken_by = wake_between(record, at, stop->before, hint->addr);
}

/* -------------------------------------------------------------------- stop */

bool trace_stop(const struct trace *trace, unsigned int at,
		struct trace_stop *stop)
{
	const struct record *record = trace->record;
	const struct step *steps = record->steps;
	const struct program_switch *entry;
	unsigned int next;

	if (steps[at].setup || at + 1 >= record->nr || steps[at + 1].setup ||
	    steps[at + 1].task == steps[at].task)
		return false;
	next = next_step(record, at);
	if (next == record->nr || steps[next].kind != STEP_ACCESS)
		return false;
	entry = told(trace, at, next);
	*stop = (struct trace_stop){
		.before = next,
		.kind = entry ? TRACE_PREEMPTED : TRACE_WAITED,
	};
	if (entry && entry->next < PROGRAM_TASKS &&
	    trace->engine->program->tasks[entry->next].irq)
		stop->kind = TRACE_INTERRUPTED;
	find_sleep(trace, at, stop);
	return true;
}

/* Who the run ended in has a row of its own; nobody has, if nobody goes on. */
static bool ended_elsewhere(const struct trace *trace, unsigned int task)
{
	const struct verdict *verdict = &trace->engine->verdict;

	return verdict->task != (int)task ||
	       (verdict->finding.checker && verdict->finding.checker->progress);
}

bool trace_stands(const struct trace *trace, unsigned int at, char *text,
		  size_t max)
{
	const struct record *record = trace->record;
	const struct step *step = &record->steps[at];
	const struct task *task = &trace->engine->tasks[step->task];
	const struct site *site = task->m.site;
	char where[TRACE_TEXT];

	if (step->task >= PROGRAM_TASKS || step->setup || record->dropped ||
	    step->kind == STEP_END || next_step(record, at) < record->nr ||
	    !task->inside || !site || !task->point ||
	    (step->kind == STEP_ACCESS && step->point >= task->point) ||
	    !ended_elsewhere(trace, step->task))
		return false;
	trace_site(trace, site, where, sizeof(where));
	if (site->kind == MACHINE_WAITS)
		snprintf(text, max, "%s in %s",
			 task->state == TASK_SLEEPING ? "sleeps" : "waits",
			 site->function);
	else if (task->state == TASK_SPINNING)
		snprintf(text, max, "waits in a loop in %s", site->function);
	else
		snprintf(text, max, "stopped in front of %s", where);
	return true;
}
