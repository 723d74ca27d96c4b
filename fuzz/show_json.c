/* SPDX-License-Identifier: MIT */
/*
 * show_json.c: a run as JSON, for scripts and for the page.
 *
 * See: FORMATS.md. What is added there later does not change SHOW_JSON_VERSION;
 * what is taken away or means something else does.
 */
#include <string.h>

#include "json.h"
#include "operation.h"
#include "show.h"
#include "sites.h"

#define SHOW_JSON_VERSION 1

static void put_config(struct json *json, const struct target_config *config)
{
	json_line(json);
	json_open(json, "config", '{');
	json_number(json, "pages", config->pages);
	json_number(json, "pcp_high", config->pcp_high);
	json_number(json, "pcp_batch", config->pcp_batch);
	json_number(json, "fanout", 1L << config->fanout_shift);
	json_close(json, '}');
}

static void put_text(struct json *json, const char *key, const char *text)
{
	json_string(json, key, *text ? text : NULL);
}

/* ------------------------------------------------------ tasks, operations */

static bool acts(const struct record *record, unsigned int task)
{
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		if (record->steps[i].task == task)
			return true;
	return false;
}

static void put_tasks(struct json *json, const struct trace *trace)
{
	const struct task *tasks = trace->engine->tasks;
	char name[TRACE_NAME];
	unsigned int i;

	json_line(json);
	json_open(json, "tasks", '[');
	for (i = 0; i < ENGINE_TASKS; i++) {
		if (!acts(trace->record, i))
			continue;
		json_line(json);
		json_open(json, NULL, '{');
		json_number(json, "task", i);
		json_string(json, "name",
			    i == TASK_BOOT ? "boot" : trace_task(i, name));
		if (i < PROGRAM_TASKS)
			json_number(json, "cpu", tasks[i].list->cpu);
		else
			json_string(json, "cpu", NULL);
		json_bool(json, "irq", i < PROGRAM_TASKS && tasks[i].list->irq);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_result(struct json *json, const struct trace *trace,
		       const struct step *end)
{
	char text[TRACE_TEXT];
	unsigned int i;

	trace_result(trace, end, text, sizeof(text));
	put_text(json, "result", *text ? text + strlen("= ") : text);
	json_open(json, "pages", '[');
	for (i = 0; i < end->nr_pages; i++)
		json_number(json, NULL, end->pages[i]);
	json_close(json, ']');
}

static void put_operation(struct json *json, const struct trace *trace,
			  unsigned int begin)
{
	const struct step *steps = trace->record->steps;
	unsigned int end = trace_end(trace->record, begin);
	char text[TRACE_TEXT];

	trace_operation(trace, &steps[begin], text, sizeof(text));
	json_line(json);
	json_open(json, NULL, '{');
	json_number(json, "task", steps[begin].task);
	json_number(json, "op", steps[begin].op);
	json_string(json, "text", text);
	json_bool(json, "setup", steps[begin].setup);
	json_number(json, "begin", begin + 1);
	if (end < trace->record->nr) {
		json_number(json, "end", end + 1);
		put_result(json, trace, &steps[end]);
	} else {
		json_string(json, "end", NULL);
	}
	json_close(json, '}');
}

static void put_operations(struct json *json, const struct trace *trace)
{
	unsigned int i;

	json_line(json);
	json_open(json, "operations", '[');
	for (i = 0; i < trace->record->nr; i++)
		if (trace->record->steps[i].kind == STEP_BEGIN)
			put_operation(json, trace, i);
	json_close(json, ']');
}

/* ------------------------------------------------------------------ steps */

static void put_place(struct json *json, const struct target_place *place)
{
	json_open(json, "place", '{');
	json_string(json, "class", place->class);
	if (place->class && place->instance >= 0)
		json_number(json, "instance", place->instance);
	if (place->class)
		json_string(json, "field", place->field);
	if (place->class && place->element >= 0)
		json_number(json, "element", place->element);
	json_close(json, '}');
}

static void put_memory(struct json *json, const struct trace *trace,
		       const struct step *step)
{
	const struct target_place place = trace_place(trace, step->addr);
	char old[32], new[32];

	put_place(json, &place);
	if (step->dead) {
		json_bool(json, "given_back", true);
		return;
	}
	trace_value(trace, step->old, old, sizeof(old));
	trace_value(trace, step->new, new, sizeof(new));
	json_string(json, "old", old);
	json_string(json, "new", new);
}

static void put_access(struct json *json, const struct trace *trace,
		       const struct step *step)
{
	const struct site *site = step->site;
	char name[SITE_NAME_MAX + 8], text[TRACE_TEXT];
	int length = site_name(site, name, SITE_NAME_MAX);

	if (length > SITE_NAME_MAX - 1)
		length = SITE_NAME_MAX - 1;
	snprintf(name + length, sizeof(name) - (size_t)length, "#%u",
		 site->nth);
	trace_step(trace, step, text, sizeof(text));
	json_number(json, "point", step->point);
	json_string(json, "access", show_access(site));
	json_string(json, "site", name);
	json_string(json, "file", trace_file(site));
	json_number(json, "line", site->line);
	if (step->addr)
		put_memory(json, trace, step);
	json_string(json, "text", text);
}

static void put_steps(struct json *json, const struct trace *trace)
{
	static const char *const kinds[] = { "begin", "access", "end" };
	unsigned int i;

	json_line(json);
	json_open(json, "steps", '[');
	for (i = 0; i < trace->record->nr; i++) {
		const struct step *step = &trace->record->steps[i];

		json_line(json);
		json_open(json, NULL, '{');
		json_number(json, "step", i + 1);
		json_number(json, "task", step->task);
		json_number(json, "op", step->op);
		json_string(json, "kind", kinds[step->kind]);
		json_bool(json, "setup", step->setup);
		json_bool(json, "row", trace_has_row(trace, step));
		if (step->kind == STEP_ACCESS)
			put_access(json, trace, step);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_stops(struct json *json, const struct trace *trace)
{
	static const char *const words[] = { "preempted", "interrupted",
					     "waited" };
	const struct step *steps = trace->record->steps;
	struct trace_stop stop;
	char where[TRACE_TEXT];
	unsigned int i;

	json_line(json);
	json_open(json, "stops", '[');
	for (i = 0; i < trace->record->nr; i++) {
		if (!trace_stop(trace, i, &stop))
			continue;
		trace_site(trace, steps[stop.before].site, where,
			   sizeof(where));
		json_line(json);
		json_open(json, NULL, '{');
		json_number(json, "task", steps[i].task);
		json_string(json, "why", words[stop.kind]);
		json_number(json, "after", i + 1);
		json_number(json, "before", stop.before + 1);
		json_string(json, "in_front_of", where);
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* ------------------------------------------------------------------ pages */

static void put_block(struct json *json, const struct page_state *state)
{
	if (state->facts & (PAGE_FREE | PAGE_PERCPU | PAGE_HELD)) {
		json_number(json, "order", state->order);
		json_number(json, "head", state->head);
	}
	if (state->facts & PAGE_PERCPU)
		json_number(json, "cpu", state->cpu);
	if (state->facts & PAGE_CACHED)
		json_number(json, "index", state->index);
}

static void put_span(struct json *json, const struct show_span *span)
{
	char text[TRACE_TEXT];

	show_span_text(span, text, sizeof(text));
	json_line(json);
	json_open(json, NULL, '{');
	json_number(json, "from", span->from);
	json_number(json, "to", span->to);
	json_string(json, "state", show_span_word(span));
	put_block(json, &span->state);
	json_bool(json, "held", span->state.facts & PAGE_HELD);
	json_number(json, "incarnation", span->state.incarnation);
	json_string(json, "text", text);
	json_close(json, '}');
}

static void put_pages(struct json *json, const struct show *show)
{
	const struct timeline *timeline = show->trace.timeline;
	int page;

	json_line(json);
	json_open(json, "pages", '[');
	for (page = 0; page < (int)timeline->pages; page++) {
		struct show_span span = { .to = 0 };

		if (!timeline_changes(timeline, page))
			continue;
		json_line(json);
		json_open(json, NULL, '{');
		json_number(json, "page", page);
		json_bool(json, "in_question",
			  trace_page_matters(&show->trace, page));
		json_open(json, "states", '[');
		while (show_span(show, page, &span))
			put_span(json, &span);
		json_close(json, ']');
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* ---------------------------------------------------------------- verdict */

static void put_verdict(struct json *json, const struct trace *trace)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	char why[TRACE_WHY];

	json_line(json);
	json_open(json, "verdict", '{');
	json_string(json, "finding", finding->checker ? finding->id : NULL);
	if (finding->checker) {
		json_string(json, "promise", finding->checker->promise);
		if (finding->page >= 0)
			json_number(json, "page", finding->page);
		if (finding->number)
			json_number(json, "pages", finding->number);
		json_number(json, "task", trace->engine->verdict.task);
	}
	json_close(json, '}');
	json_line(json);
	if (!trace_has_conflict(trace)) {
		json_string(json, "conflict", NULL);
		return;
	}
	trace_why(trace, why, sizeof(why));
	json_open(json, "conflict", '{');
	json_number(json, "first", trace->step_a + 1);
	json_number(json, "second", trace->step_b + 1);
	json_string(json, "why", why);
	json_close(json, '}');
}

static void put_counts(struct json *json, const struct trace *trace)
{
	const struct verdict *verdict = &trace->engine->verdict;
	const struct program *program = trace->engine->program;
	char digest[16];

	json_line(json);
	json_open(json, "counts", '{');
	json_number(json, "preemptions", verdict->preemptions);
	json_number(json, "operations", program_nr_ops(program));
	json_number(json, "setup", program->setup.nr);
	json_number(json, "points", (long)verdict->points);
	json_number(json, "steps", trace->record->nr);
	json_number(json, "steps_dropped", trace->record->dropped);
	json_number(json, "changes_dropped", trace->timeline->dropped);
	json_close(json, '}');
	snprintf(digest, sizeof(digest), "%08x",
		 record_digest(trace->record, trace->engine));
	json_string(json, "digest", digest);
}

static void put_source(struct json *json, const struct show *show)
{
	char replay[TRACE_TEXT + 4096];

	snprintf(replay, sizeof(replay), "pagerace run --revert %s %s",
		 show->revert, show->file);
	json_string(json, "target", show->trace.engine->target->name);
	json_string(json, "revert", show->revert);
	json_string(json, "file", show->file);
	json_string(json, "replay", replay);
	json_line(json);
	json_string(json, "program", show->text);
}

void show_json(const struct show *show, FILE *out)
{
	struct json json = { .out = out };

	json_open(&json, NULL, '{');
	json_string(&json, "format", "pagerace run");
	json_number(&json, "version", SHOW_JSON_VERSION);
	put_source(&json, show);
	put_config(&json, &show->trace.engine->program->config);
	put_verdict(&json, &show->trace);
	put_counts(&json, &show->trace);
	put_tasks(&json, &show->trace);
	put_operations(&json, &show->trace);
	put_steps(&json, &show->trace);
	put_stops(&json, &show->trace);
	put_pages(&json, show);
	json_close(&json, '}');
	fputc('\n', out);
}
