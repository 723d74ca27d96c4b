/* SPDX-License-Identifier: MIT */
/*
 * trace_waits.c: of a run in which nobody goes on: who waits for what, who has it,
 * and who last did what would have ended the wait.
 */
#include <string.h>

#include "tell.h"
#include "trace.h"

/* "[dine.c:16]", with the function in front of it. */
static void tell_at(struct tale *tale, const struct site *site)
{
	char text[TRACE_TEXT];

	trace_site_text(site, text, sizeof(text));
	tell(tale, "%s", text);
}

static void tell_task(struct tale *tale, unsigned int task)
{
	char name[TRACE_NAME];

	tell(tale, "%s", trace_task(task, name));
}

/* What @addr is called, @site being one that is there. */
static void tell_name(struct tale *tale, const struct trace *trace,
		      const volatile void *addr, const struct site *site)
{
	const struct step step = { .addr = addr, .site = site };
	char text[TRACE_PLACE];

	trace_step_place(trace, &step, text, sizeof(text));
	tell(tale, "%s", text);
}

/* ------------------------------------------------------------------- a lock */

/* The step that took the lock at @addr for good; nr: the record has none. */
static unsigned int taken_by(const struct record *record,
			     const volatile void *addr)
{
	unsigned int at;

	for (at = record->nr; at-- > 0;) {
		const struct step *step = &record->steps[at];

		if (step->kind != STEP_ACCESS || step->addr != addr)
			continue;
		if (step->site->kind == MACHINE_LOCKS ||
		    (step->site->kind == MACHINE_TRYLOCKS && !step->old))
			return at;
		if (step->site->kind == MACHINE_UNLOCKS)
			break;
	}
	return record->nr;
}

static void tell_lock(struct tale *tale, const struct trace *trace,
		      const struct task *task)
{
	const struct record *record = trace->record;
	unsigned int at = taken_by(record, task->blocked_on);

	tell(tale, " waits in ");
	tell_at(tale, task->m.site);
	tell(tale, ", at %s of ", task->m.site->accessor);
	tell_name(tale, trace, task->blocked_on, task->m.site);
	if (at == record->nr)
		return;
	tell(tale, ", which ");
	tell_task(tale, record->steps[at].task);
	tell(tale, record->steps[at].task == task->m.id ? " itself took in " :
							  " took in ");
	tell_at(tale, record->steps[at].site);
}

/* ------------------------------------------------------------------ a sleep */

/* The last time that another task than @task woke those who wait for @addr. */
static unsigned int woken_by(const struct trace *trace, unsigned int task,
			     const volatile void *addr)
{
	const struct record *record = trace->record;
	unsigned int before = record->nr;

	for (;;) {
		const struct hint *hint =
			record_hint(record, addr, true, before);
		unsigned int at;

		if (!hint || !before)
			return record->nr;
		for (at = hint->before; at < record->nr; at++)
			if (record->steps[at].task == hint->task)
				break;
		if (at < record->nr && hint->task != task &&
		    record->steps[at].kind == STEP_ACCESS &&
		    record->steps[at].site->kind == MACHINE_WAKES)
			return at;
		if (!hint->before)
			return record->nr;
		before = hint->before - 1;
	}
}

/*
 * Did @task begin to wait behind step @at? Who waits on a condition joins again
 * when another one was meant: of programs the call itself counts.
 */
static bool joined_behind(const struct trace *trace, const struct task *task,
			  unsigned int at)
{
	const struct record *record = trace->record;
	const struct hint *hint =
		record_hint(record, task->waits_for, true, record->nr);

	if (!trace->engine->target->threads)
		return hint && hint->task == task->m.id && hint->before > at;
	for (at++; at < record->nr; at++)
		if (record->steps[at].task == task->m.id &&
		    record->steps[at].kind == STEP_ACCESS &&
		    !strcmp(record->steps[at].site->accessor,
			    task->m.site->accessor))
			return true;
	return false;
}

/* Who is woken by name, by nothing that others could look at. */
static bool is_itself(const struct target_place *place, const struct task *task)
{
	return place->thing && !strcmp(place->thing, "task") &&
	       place->instance == task->m.id;
}

static void tell_sleep(struct tale *tale, const struct trace *trace,
		       const struct task *task)
{
	const struct record *record = trace->record;
	unsigned int at =
		woken_by(trace, (unsigned int)task->m.id, task->waits_for);
	const struct target_place place = trace_place(trace, task->waits_for);

	tell(tale, " sleeps in ");
	tell_at(tale, task->m.site);
	if (is_itself(&place, task)) {
		tell(tale, ", until it is woken");
	} else if (place.thing) {
		tell(tale, ", waiting for ");
		tell_name(tale, trace, task->waits_for, task->m.site);
	}
	if (at < record->nr) {
		tell(tale, "; the last %s there was ",
		     record->steps[at].site->accessor);
		tell_task(tale, record->steps[at].task);
		tell(tale, "'s, in ");
		tell_at(tale, record->steps[at].site);
		if (joined_behind(trace, task, at))
			tell(tale, ", before it last began to wait");
	} else if (record->observer.touch && record->nr_hints <= RECORD_HINTS) {
		tell(tale, "; nobody has done what would wake it");
	}
}

/* ------------------------------------------------------------------ a loop */

/* The last step, not of @task, that wrote to where step @at is; nr: none. */
static unsigned int written_by(const struct record *record, unsigned int at)
{
	unsigned int i;

	for (i = at; i-- > 0;)
		if (steps_conflict(&record->steps[i], &record->steps[at]) &&
		    step_writes(&record->steps[i]))
			return i;
	return record->nr;
}

/* ", where task2 wrote last in unlock [lock.c:9]" */
static void tell_writer(struct tale *tale, const struct trace *trace,
			unsigned int at)
{
	const struct record *record = trace->record;
	unsigned int by = written_by(record, at);

	if (by < record->nr) {
		tell(tale, ", where ");
		tell_task(tale, record->steps[by].task);
		tell(tale, " wrote last, in ");
		tell_at(tale, record->steps[by].site);
	} else if (!record->dropped) {
		tell(tale, ", where no other task has written");
	}
}

static void tell_loop(struct tale *tale, const struct trace *trace,
		      const struct task *task)
{
	const struct record *record = trace->record;
	unsigned int at = record->nr;
	char step[TRACE_TEXT], site[TRACE_TEXT];

	while (at-- > 0)
		if (record->steps[at].task == task->m.id &&
		    record->steps[at].kind == STEP_ACCESS &&
		    record->steps[at].addr)
			break;
	if (task->state == TASK_SPINNING)
		tell(tale, " waits in a loop");
	else
		tell(tale, " has not ended");
	if (at >= record->nr)
		return;
	trace_step(trace, &record->steps[at], step, sizeof(step));
	trace_site_text(record->steps[at].site, site, sizeof(site));
	tell(tale, ": its last step%s was %s",
	     record->dropped ? " that was recorded" : "", step);
	if (strchr(site, '[') && !strchr(step, '['))
		tell(tale, "%s", strchr(site, '[') - 1);
	tell_writer(tale, trace, at);
}

/* --------------------------------------------------------------- all of it */

static bool tell_wait(struct tale *tale, const struct trace *trace,
		      const struct task *task)
{
	if (task->state == TASK_IDLE || task->m.id == TASK_BOOT)
		return false;
	if (tale->length)
		tell(tale, "; ");
	tell_task(tale, (unsigned int)task->m.id);
	if (task->state == TASK_BLOCKED)
		tell_lock(tale, trace, task);
	else if (task->state == TASK_SLEEPING)
		tell_sleep(tale, trace, task);
	else
		tell_loop(tale, trace, task);
	return true;
}

bool trace_waits(const struct trace *trace, char *text, size_t max)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	struct tale tale = tale_into(text, max);
	unsigned int i;

	if (!finding->checker || !finding->checker->progress)
		return false;
	for (i = 0; i < ENGINE_TASKS; i++)
		tell_wait(&tale, trace, &trace->engine->tasks[i]);
	return tale.length;
}
