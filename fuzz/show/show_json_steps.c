/* SPDX-License-Identifier: MIT */
/*
 * show_json_steps.c: the steps of a run as JSON, and what they belong to:
 * tasks, operations, stops. See show_json.c.
 */
#include <string.h>

#include "json.h"
#include "show.h"
#include "sites.h"

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
	json_string(json, "result", *text ? text + strlen("= ") : NULL);
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

static void put_place(struct json *json, const struct trace *trace,
		      const struct step *step)
{
	const struct target_place it = trace_place(trace, step->addr);
	const struct target_place *place = &it;
	char name[TRACE_PLACE];

	trace_step_place(trace, step, name, sizeof(name));
	json_open(json, "place", '{');
	json_string(json, "class", place->thing);
	if (place->thing && place->instance >= 0)
		json_number(json, "instance", place->instance);
	if (place->thing)
		json_string(json, "field", place->field);
	if (place->thing && place->element >= 0)
		json_number(json, "element", place->element);
	json_string(json, "name", name);
	json_close(json, '}');
}

static void put_memory(struct json *json, const struct trace *trace,
		       const struct step *step)
{
	char old[TRACE_VALUE], new[TRACE_VALUE];

	put_place(json, trace, step);
	if (step->dead) {
		json_bool(json, "given_back", true);
		return;
	}
	trace_step_value(trace, step, step->old, old, sizeof(old));
	trace_step_value(trace, step, step->new, new, sizeof(new));
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
	json_string(json, "file", site_file(site));
	json_number(json, "line", site->line);
	if (step->addr)
		put_memory(json, trace, step);
	json_string(json, "text", text);
}

/* What the table says below the step about memory; left out if it is nothing. */
struct memory_list {
	struct json *json;
	bool open;
};

static void put_memory_row(void *arg, unsigned int task, const char *text)
{
	struct memory_list *list = arg;

	if (!list->open)
		json_open(list->json, "memory", '[');
	list->open = true;
	json_open(list->json, NULL, '{');
	json_number(list->json, "task", task);
	json_string(list->json, "text", text + strlen("~ "));
	json_close(list->json, '}');
}

static void put_reordered(struct json *json, const struct trace *trace,
			  unsigned int at)
{
	struct memory_list list = { json, false };

	trace_reordered(trace, at, put_memory_row, &list);
	if (list.open)
		json_close(json, ']');
}

unsigned int show_steps_left_out(const struct trace *trace)
{
	unsigned int i, nr = 0;

	for (i = 0; i < trace->record->nr; i++)
		nr += trace_is_left_out(trace, i);
	return nr;
}

static void put_steps(struct json *json, const struct trace *trace)
{
	static const char *const kinds[] = { "begin", "access", "end" };
	unsigned int i;

	json_line(json);
	json_open(json, "steps", '[');
	for (i = 0; i < trace->record->nr; i++) {
		const struct step *step = &trace->record->steps[i];

		if (trace_is_left_out(trace, i))
			continue;
		json_line(json);
		json_open(json, NULL, '{');
		json_number(json, "step", i + 1);
		json_number(json, "task", step->task);
		json_number(json, "op", step->op);
		json_string(json, "kind", kinds[step->kind]);
		json_bool(json, "setup", step->setup);
		json_bool(json, "row", trace_has_row(trace, i));
		if (step->kind == STEP_ACCESS)
			put_access(json, trace, step);
		put_reordered(json, trace, i);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_stops(struct json *json, const struct trace *trace)
{
	const struct step *steps = trace->record->steps;
	struct trace_stop stop;
	char where[TRACE_TEXT];
	unsigned int i;

	json_line(json);
	json_open(json, "stops", '[');
	for (i = 0; i < trace->record->nr; i++) {
		if (trace_is_left_out(trace, i) ||
		    !trace_stop(trace, i, &stop) ||
		    trace_is_left_out(trace, stop.before))
			continue;
		trace_site(trace, steps[stop.before].site, where,
			   sizeof(where));
		json_line(json);
		json_open(json, NULL, '{');
		json_number(json, "task", steps[i].task);
		json_string(json, "why", show_stop(stop.kind));
		json_number(json, "after", i + 1);
		json_number(json, "before", stop.before + 1);
		json_string(json, "in_front_of", where);
		json_close(json, '}');
	}
	json_close(json, ']');
}

void show_json_steps(struct json *json, const struct trace *trace)
{
	put_tasks(json, trace);
	put_operations(json, trace);
	put_steps(json, trace);
	put_stops(json, trace);
}
