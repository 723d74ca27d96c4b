/* SPDX-License-Identifier: MIT */
/*
 * show_perfetto.c: a run as Chrome trace events, which ui.perfetto.dev opens.
 *
 * Process "tasks" has a track per task: operations, and the accesses in them.
 * Process "pages" has a track per page that ever changed: its states. One step
 * is one microsecond; an arrow joins the two steps in conflict.
 * See: "Trace Event Format" of the Chromium project.
 */
#include "json.h"
#include "show.h"
#include "sites.h"

enum {
	PID_TASKS = 1,
	PID_PAGES = 2
};

/* Every event begins like this. Tracks are numbered from 1. */
static void event(struct json *json, const char *phase, int pid,
		  unsigned int track, unsigned int ts)
{
	json_line(json);
	json_open(json, NULL, '{');
	json_string(json, "ph", phase);
	json_number(json, "pid", pid);
	json_number(json, "tid", track + 1);
	json_number(json, "ts", ts);
}

static void name_it(struct json *json, const char *what, int pid,
		    unsigned int track, const char *name)
{
	event(json, "M", pid, track, 0);
	json_string(json, "name", what);
	json_open(json, "args", '{');
	json_string(json, "name", name);
	json_close(json, '}');
	json_close(json, '}');
}

/* ------------------------------------------------------------------ tasks */

static void put_begin(struct json *json, const struct trace *trace,
		      unsigned int at)
{
	const struct step *step = &trace->record->steps[at];
	char text[TRACE_TEXT];

	trace_operation(trace, step, text, sizeof(text));
	event(json, "B", PID_TASKS, step->task, at);
	json_string(json, "name", text);
	json_string(json, "cat", "operation");
	json_open(json, "args", '{');
	json_number(json, "op", step->op);
	json_bool(json, "setup", step->setup);
	json_close(json, '}');
	json_close(json, '}');
}

static void put_end(struct json *json, const struct trace *trace,
		    unsigned int task, unsigned int at, const struct step *end)
{
	char text[TRACE_TEXT] = "";

	if (end)
		trace_result(trace, end, text, sizeof(text));
	event(json, "E", PID_TASKS, task, at);
	if (*text) {
		json_open(json, "args", '{');
		json_string(json, "result", text + 2);
		json_close(json, '}');
	}
	json_close(json, '}');
}

/* An arrow has its end here: it goes from the one step to the other. */
static void put_arrow(struct json *json, const struct trace *trace,
		      unsigned int at, bool first, const char *name,
		      unsigned int id)
{
	event(json, first ? "s" : "f", PID_TASKS, trace->record->steps[at].task,
	      at);
	json_string(json, "name", name);
	json_string(json, "cat", "conflict");
	json_number(json, "id", id);
	if (!first)
		json_string(json, "bp", "e");
	json_close(json, '}');
}

/* Those of the deciding orders; if there are none the one of the conflict. */
static void put_arrows(struct json *json, const struct trace *trace,
		       unsigned int at)
{
	const struct deciding *deciding = trace->deciding;
	unsigned int i, other;
	char name[32];

	if (!deciding_is(deciding)) {
		if (trace_in_conflict(trace, at))
			put_arrow(json, trace, at, at == trace->step_a,
				  "conflict", 1);
		return;
	}
	for (i = 0; i < deciding->nr; i++) {
		const struct deciding_order *order = &deciding->order[i];

		if (order->never || (order->before != at && order->after != at))
			continue;
		snprintf(name, sizeof(name), "order %u of %u", i + 1,
			 deciding->nr);
		/* Of a late store, or a load of the past, the other way: time is the record's. */
		other = order->before == at ? order->after : order->before;
		put_arrow(json, trace, at, at < other, name, i + 1);
	}
}

static void put_slice_of_access(struct json *json, const struct trace *trace,
				unsigned int at)
{
	const struct step *step = &trace->record->steps[at];
	char text[TRACE_TEXT];

	trace_step(trace, step, text, sizeof(text));
	event(json, "X", PID_TASKS, step->task, at);
	json_number(json, "dur", 1);
	json_string(json, "name", text);
	json_string(json, "cat", show_access(step->site));
	json_open(json, "args", '{');
	json_number(json, "step", at + 1);
	json_number(json, "point", step->point);
	json_string(json, "file", site_file(step->site));
	json_number(json, "line", step->site->line);
	json_close(json, '}');
	json_close(json, '}');
	put_arrows(json, trace, at);
}

static void put_stop(struct json *json, const struct trace *trace,
		     unsigned int at)
{
	const struct step *steps = trace->record->steps;
	struct trace_stop stop;
	char text[TRACE_TEXT];

	if (!trace_stop(trace, at, &stop))
		return;
	event(json, "i", PID_TASKS, steps[at].task, at + 1);
	json_string(json, "s", "t");
	json_string(json, "name", show_stop(stop.kind));
	json_string(json, "cat", "stop");
	trace_site(trace, steps[stop.before].site, text, sizeof(text));
	json_open(json, "args", '{');
	json_string(json, "in front of", text);
	json_close(json, '}');
	json_close(json, '}');
}

struct memory_events {
	struct json *json;
	unsigned int at;
};

static void put_memory_event(void *arg, unsigned int task, const char *text)
{
	const struct memory_events *events = arg;

	event(events->json, "i", PID_TASKS, task, events->at + 1);
	json_string(events->json, "s", "t");
	json_string(events->json, "name", text);
	json_string(events->json, "cat", "memory");
	json_close(events->json, '}');
}

/* Operations that a finding broke off end with the run. */
static void put_tracks_of_tasks(struct json *json, const struct trace *trace)
{
	const struct record *record = trace->record;
	bool inside[ENGINE_TASKS] = { false };
	unsigned int at, task;

	for (at = 0; at < record->nr; at++) {
		const struct step *step = &record->steps[at];

		if (step->kind == STEP_BEGIN)
			put_begin(json, trace, at);
		else if (step->kind == STEP_ACCESS)
			put_slice_of_access(json, trace, at);
		else if (inside[step->task])
			put_end(json, trace, step->task, at + 1, step);
		inside[step->task] = step->kind != STEP_END;
		trace_reordered(trace, at, put_memory_event,
				&(struct memory_events){ json, at });
		put_stop(json, trace, at);
	}
	for (task = 0; task < ENGINE_TASKS; task++)
		if (inside[task])
			put_end(json, trace, task, record->nr, NULL);
}

static void name_tasks(struct json *json, const struct trace *trace)
{
	bool named[ENGINE_TASKS] = { false };
	char name[TRACE_NAME];
	unsigned int i;

	name_it(json, "process_name", PID_TASKS, 0, "tasks");
	for (i = 0; i < trace->record->nr; i++) {
		unsigned int task = trace->record->steps[i].task;

		if (named[task])
			continue;
		named[task] = true;
		name_it(json, "thread_name", PID_TASKS, task,
			task == TASK_BOOT ? "boot" : trace_task(task, name));
	}
}

/* ------------------------------------------------------------------ pages */

static void put_page(struct json *json, const struct show *show, int page)
{
	struct show_span span = { .to = 0 };
	char text[TRACE_TEXT];

	snprintf(text, sizeof(text), "%s %d", trace_class(&show->trace, "page"),
		 page);
	name_it(json, "thread_name", PID_PAGES, (unsigned int)page, text);
	while (show_span(show, page, &span)) {
		show_span_text(show, &span, text, sizeof(text));
		event(json, "X", PID_PAGES, (unsigned int)page, span.from);
		json_number(json, "dur", span.to - span.from);
		json_string(json, "name", text);
		json_string(json, "cat", show_span_word(&span));
		json_close(json, '}');
	}
}

static void put_tracks_of_pages(struct json *json, const struct show *show)
{
	const struct timeline *timeline = show->trace.timeline;
	char name[TRACE_TEXT];
	int page;

	name_it(json, "process_name", PID_PAGES, 0,
		trace_pages(&show->trace, name));
	for (page = 0; page < (int)timeline->pages; page++)
		if (timeline_changes(timeline, page))
			put_page(json, show, page);
}

void show_perfetto(const struct show *show, FILE *out)
{
	const struct finding *finding = &show->trace.engine->verdict.finding;
	struct json json = { .out = out };
	char what[TRACE_TEXT] = "clean", why[TRACE_WHY];

	if (finding->checker)
		trace_finding(finding, what, sizeof(what));
	json_open(&json, NULL, '{');
	json_string(&json, "displayTimeUnit", "ns");
	json_open(&json, "otherData", '{');
	json_string(&json, "target", show->trace.engine->target->name);
	json_string(&json, "revert", show->revert);
	json_string(&json, "finding", what);
	trace_why(&show->trace, why, sizeof(why));
	if (*why)
		json_string(&json, "why", why);
	json_string(&json, "program", show->text);
	json_close(&json, '}');
	json_line(&json);
	json_open(&json, "traceEvents", '[');
	name_tasks(&json, &show->trace);
	put_tracks_of_tasks(&json, &show->trace);
	put_tracks_of_pages(&json, show);
	json_close(&json, ']');
	json_close(&json, '}');
	fputc('\n', out);
}
