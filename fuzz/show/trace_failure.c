/* SPDX-License-Identifier: MIT */
/*
 * trace_failure.c: what went wrong in the end, in its own terms: who waits for what
 * (trace_waits.c), what was used after which free, what became of the page and who
 * had it last, or else which task stopped where.
 */
#include <string.h>

#include "operation.h"
#include "sites.h"
#include "tell.h"
#include "trace.h"

/* "task1, in free b0 (page 3)"; of set-up and epilogue the task alone. */
static void tell_doer(struct tale *tale, const struct trace *trace,
		     unsigned int begin)
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

/* The last step of @task before step @before; nr: it made none. */
static unsigned int last_of(const struct record *record, unsigned int task,
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

/* "; it was given back by task1, in remove 3, right after its step in F [f:l]" */
static void tell_free(struct tale *tale, const struct trace *trace,
		      const volatile void *addr, unsigned int before)
{
	const struct record *record = trace->record;
	const struct hint *hint = record_hint(record, addr, false, before);
	unsigned int at = hint ? step_of(trace, hint) : record->nr;
	char text[TRACE_TEXT];

	if (at == record->nr)
		return;
	tell(tale, "; it was given back by ");
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

/* ------------------------------------------------------------------ a page */

/* Does operation @step take, or give, a block or reference with @page in it? */
static bool is_on(const struct trace *trace, const struct step *step, int page)
{
	const struct operation_info *info = operation_info(step->operation);
	enum handle_kind kind = step->kind == STEP_BEGIN ? info->takes :
							   info->gives;
	int pages = 1;
	unsigned int i;

	if (kind == HANDLE_NONE || step->kind == STEP_ACCESS)
		return false;
	if (kind == HANDLE_BLOCK && step->nr_pages)
		pages <<= trace_order_of(trace, step);
	for (i = 0; i < step->nr_pages; i++)
		if (page >= step->pages[i] && page < step->pages[i] + pages)
			return true;
	return false;
}

/* The last begin or end of an operation on @page before step @before; nr: none. */
static unsigned int last_on(const struct trace *trace, int page,
			    unsigned int before)
{
	while (before-- > 0)
		if (is_on(trace, &trace->record->steps[before], page))
			return before;
	return trace->record->nr;
}

/* "; the last who had it: task1, in free b0 (pages 0 to 1)" */
static void tell_holder(struct tale *tale, const struct trace *trace, int page)
{
	const struct record *record = trace->record;
	unsigned int at = last_on(trace, page, record->nr);
	char pages[TRACE_TEXT];
	bool gives;

	if (at == record->nr)
		return;
	gives = record->steps[at].kind == STEP_END;
	tell(tale, gives ? "; it was handed out last to " :
			   "; it was given up last by ");
	tell_doer(tale, trace, trace_begin(record, at));
	if (!gives || !trace_order_of(trace, &record->steps[at]) ||
	    operation_info(record->steps[at].operation)->takes != HANDLE_BLOCK)
		return;
	trace_block_text(trace, record->steps[at].pages[0],
			 trace_order_of(trace, &record->steps[at]), pages,
			 sizeof(pages));
	tell(tale, " as one of %s", pages);
}

/*
 * Handed out by step @at, while somebody else had it. Returns: false if the record
 * does not show who.
 */
static bool tell_twice(struct tale *tale, const struct trace *trace, int page,
		       unsigned int at)
{
	const struct record *record = trace->record;
	unsigned int before = last_on(trace, page, at);

	if (before == record->nr || record->steps[before].kind != STEP_END ||
	    record->steps[at].kind != STEP_END)
		return false;
	tell(tale, "%s %d was handed out to ", trace_class(trace, "page"),
	     page);
	tell_doer(tale, trace, trace_begin(record, at));
	tell(tale, ", while ");
	tell_doer(tale, trace, trace_begin(record, before));
	tell(tale, ", had got it and not given it back");
	return true;
}

/* "task0, in lookup 3, ended = page 0; ", if that is what was judged. */
static void tell_end(struct tale *tale, const struct trace *trace)
{
	const struct record *record = trace->record;
	unsigned int task = (unsigned int)trace->engine->verdict.task;
	unsigned int at = last_of(record, task, record->nr);
	char result[TRACE_TEXT];

	if (task == TASK_BOOT || at == record->nr ||
	    record->steps[at].kind != STEP_END)
		return;
	trace_result(trace, &record->steps[at], result, sizeof(result));
	tell_doer(tale, trace, trace_begin(record, at));
	tell(tale, ", has ended%s%s; ", *result ? " with " : "",
	     *result ? result + 2 : "");
}

static bool tell_page(struct tale *tale, const struct trace *trace)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	const struct record *record = trace->record;
	unsigned int at = last_on(trace, finding->page, record->nr);
	const char *word = trace_class(trace, "page");
	char state[TRACE_TEXT];
	struct page_state now;

	if (finding->page < 0 || finding->page >= TARGET_PAGES_MAX ||
	    finding->checker->id != finding->id)
		return false;
	if (!strcmp(finding->id, "owned-twice") && at < record->nr &&
	    tell_twice(tale, trace, finding->page, at))
		return true;
	if (!trace->timeline ||
	    finding->page >= (int)trace->timeline->pages)
		return false;
	now = timeline_at(trace->timeline, finding->page, record->nr);
	now.incarnation = 0; /* tells nothing here */
	page_state_print(&now, trace->engine->target, state, sizeof(state));
	tell_end(tale, trace);
	tell(tale, "%s %d is %s in the end", word, finding->page, state);
	if (finding->number > 1)
		tell(tale, ", and so are %u more", finding->number - 1);
	tell_holder(tale, trace, finding->page);
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
	if (step.addr && trace->engine->target->threads)
		tell_free(tale, trace, step.addr, trace->record->nr);
	return true;
}

static void tell_place_of_it(struct tale *tale, const struct trace *trace)
{
	const struct verdict *verdict = &trace->engine->verdict;
	const struct record *record = trace->record;
	unsigned int task = (unsigned int)verdict->task, at;
	char step[TRACE_TEXT], where[TRACE_TEXT];

	at = last_of(record, task, record->nr);
	if (task == TASK_BOOT || at == record->nr) {
		tell(tale, "seen at the end of the run");
		return;
	}
	tell_doer(tale, trace, trace_begin(record, at));
	if (record->steps[at].kind == STEP_END) {
		trace_result(trace, &record->steps[at], step, sizeof(step));
		tell(tale, ", has ended%s%s", *step ? " with " : "",
		     *step ? step + 2 : "");
		return;
	}
	if (tell_announced(tale, trace, &trace->engine->tasks[task],
			   &record->steps[at]) ||
	    record->steps[at].kind != STEP_ACCESS)
		return;
	trace_step(trace, &record->steps[at], step, sizeof(step));
	trace_site_text(record->steps[at].site, where, sizeof(where));
	tell(tale, ", after %s", step);
	if (strchr(where, '[') && !strchr(step, '['))
		tell(tale, "%s", strchr(where, '[') - 1);
}

void trace_failure(const struct trace *trace, char *text, size_t max)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	struct tale tale = tale_into(text, max);

	if (!finding->checker || trace_waits(trace, text, max) ||
	    tell_dead(&tale, trace) || tell_page(&tale, trace))
		return;
	tell_place_of_it(&tale, trace);
}
