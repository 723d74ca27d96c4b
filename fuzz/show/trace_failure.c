/* SPDX-License-Identifier: MIT */
/*
 * trace_failure.c: what went wrong in the end, in its own terms: who waits for what
 * (trace_waits.c), what was used after which free, what became of the page and who
 * had it last (trace_fate.c), or else which task stopped where.
 */
#include <string.h>

#include "sites.h"
#include "trace_tell.h"

void tell_doer(struct tale *tale, const struct trace *trace, unsigned int begin)
{
	const struct step *step = &trace->record->steps[begin];
	char name[TRACE_NAME], operation[TRACE_TEXT];

	trace_operation(trace, step, operation, sizeof(operation));
	if (step->setup)
		tell(tale, "set-up, in %s", operation);
	else if (trace->engine->target->threads)
		tell(tale, "%s", trace_task(step->task, name));
	else
		tell(tale, "%s, in %s", trace_task(step->task, name),
		     operation);
}

void trace_site_text(const struct site *site, char *text, size_t max)
{
	if (site->line)
		snprintf(text, max, "%s [%s:%u]", site->function,
			 site_file(site), site->line);
	else
		snprintf(text, max, "%s", site->function);
}

unsigned int last_of(const struct record *record, unsigned int task,
		     unsigned int before)
{
	while (before-- > 0)
		if (record->steps[before].task == task)
			return before;
	return record->nr;
}

/* ------------------------------------------------------------ after a free */

/*
 * The step that came with @hint: of a program its free() itself, else the last one
 * of the task in front of it; nr: there is none.
 */
static unsigned int step_of(const struct trace *trace, const struct hint *hint)
{
	const struct record *record = trace->record;
	unsigned int at = hint->before;

	if (!trace->engine->target->threads)
		return last_of(record, hint->task, at);
	while (at < record->nr && record->steps[at].task != hint->task)
		at++;
	return at;
}

void tell_object(struct tale *tale, const struct trace *trace,
		 const volatile void *addr)
{
	const struct target_place place = trace_place(trace, addr);

	if (!place.thing)
		tell(tale, "the object");
	else if (place.instance < 0)
		tell(tale, "%s", trace_class(trace, place.thing));
	else
		tell(tale, "%s %d", trace_class(trace, place.thing),
		     place.instance);
}

/* "object 0+4" */
static void tell_name_of(struct tale *tale, const struct trace *trace,
			 const volatile void *addr)
{
	const struct target_place place = trace_place(trace, addr);
	char text[TRACE_PLACE];

	trace_place_text(trace, &place, text, sizeof(text));
	tell(tale, "%s", text);
}

/* "; node 0 was given back by task1, in remove 3, right after its step in F [f:l]" */
static void tell_free(struct tale *tale, const struct trace *trace,
		      const volatile void *addr, unsigned int before)
{
	const struct record *record = trace->record;
	const struct hint *hint = record_hint(record, addr, false, before);
	unsigned int at = hint ? step_of(trace, hint) : record->nr;
	char text[TRACE_TEXT];

	if (at == record->nr)
		return;
	tell(tale, "; ");
	tell_object(tale, trace, addr);
	tell(tale, " was given back by ");
	tell_doer(tale, trace, trace_begin(record, at));
	if (record->steps[at].kind != STEP_ACCESS)
		return;
	trace_site_text(record->steps[at].site, text, sizeof(text));
	tell(tale,
	     trace->engine->target->threads ? " in %s" :
					      ", right after its step in %s",
	     text);
}

static bool tell_dead(struct tale *tale, const struct trace *trace)
{
	const struct record *record = trace->record;
	unsigned int task = (unsigned int)trace->engine->verdict.task;
	unsigned int at = last_of(record, task, record->nr);
	char place[TRACE_PLACE], site[TRACE_TEXT];
	const struct step *step = &record->steps[at];

	if (at == record->nr || record->steps[at].kind != STEP_ACCESS ||
	    !step->dead)
		return false;
	trace_step_place(trace, step, place, sizeof(place));
	trace_site_text(step->site, site, sizeof(site));
	tell_doer(tale, trace, trace_begin(record, at));
	tell(tale, ", is about to use %s in %s", place, site);
	tell_free(tale, trace, step->addr, at);
	return true;
}

/* ------------------------------------------------------------- where it was */

/* It had announced an access and not made it: "about to do X in Y". */
static bool tell_announced(struct tale *tale, const struct trace *trace,
			   const struct task *task, const struct step *last)
{
	const struct site *site = task->m.site;
	struct step step;
	char place[TRACE_PLACE], where[TRACE_TEXT];

	if (!site || !task->point || last->op != task->op ||
	    (last->kind == STEP_ACCESS && last->point >= task->point))
		return false;
	step = (struct step){ .site = site, .addr = task->m.addr };
	trace_site_text(site, where, sizeof(where));
	tell(tale, ", about to do %s", site->accessor);
	if (step.addr) {
		trace_step_place(trace, &step, place, sizeof(place));
		tell(tale, " of %s", place);
	}
	tell(tale, " in %s", where);
	return true;
}

/* Where it stopped. Returns: what it was about to touch was named. */
static bool tell_place_of_it(struct tale *tale, const struct trace *trace)
{
	const struct verdict *verdict = &trace->engine->verdict;
	const struct record *record = trace->record;
	unsigned int task = (unsigned int)verdict->task, at;
	char step[TRACE_TEXT], where[TRACE_TEXT];

	at = last_of(record, task, record->nr);
	if (task == TASK_BOOT || at == record->nr) {
		tell(tale, "seen when all had ended");
		if (verdict->finding.checker->id != verdict->finding.id)
			tell(tale, ", by %s's own check",
			     trace->engine->target->name);
		return false;
	}
	tell_doer(tale, trace, trace_begin(record, at));
	if (record->steps[at].kind == STEP_END) {
		trace_result(trace, &record->steps[at], step, sizeof(step));
		tell(tale, ", has ended%s%s", *step ? " with " : "",
		     *step ? step + 2 : "");
		return false;
	}
	if (tell_announced(tale, trace, &trace->engine->tasks[task],
			   &record->steps[at]))
		return trace->engine->tasks[task].m.addr;
	if (record->steps[at].kind != STEP_ACCESS)
		return false;
	trace_step(trace, &record->steps[at], step, sizeof(step));
	trace_site_text(record->steps[at].site, where, sizeof(where));
	tell(tale, ", after %s", step);
	if (strchr(where, '[') && !strchr(step, '['))
		tell(tale, "%s", strchr(where, '[') - 1);
	return false;
}

void trace_failure(const struct trace *trace, char *text, size_t max)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	struct tale tale = tale_into(text, max);
	bool named;

	if (!finding->checker || trace_waits(trace, text, max) ||
	    tell_dead(&tale, trace) || tell_page(&tale, trace) ||
	    tell_lost(&tale, trace))
		return;
	named = tell_place_of_it(&tale, trace);
	if (!trace->engine->target->threads) {
		tell_subject(&tale, trace);
		return;
	}
	if (!finding->object)
		return;
	if (!named) {
		tell(&tale, "; it is about ");
		tell_name_of(&tale, trace, finding->object);
	}
	tell_free(&tale, trace, finding->object, trace->record->nr);
}
