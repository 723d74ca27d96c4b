/* SPDX-License-Identifier: MIT */
/* history_text.c: see history_text.h. */
#include "history_text.h"

#include <string.h>

#include "operation.h"
#include "trace.h"

#define CALL_MAX 96 /* characters of one */
#define CALL_WIDTH 34 /* of the table's, with its task */
#define BAR_WIDTH (TRACE_WIDTH - CALL_WIDTH - 4)

struct history_text {
	const struct engine *engine;
	const struct linearizer *found;
	const struct calls *calls;
	unsigned int first, instants; /* behind set-up */
};

/* --------------------------------------------------------------------- calls */

static int write_result(const struct history_text *it,
			const struct op_result *result, char *text, size_t max)
{
	const struct target *target = it->engine->target;
	unsigned int i;
	int at;

	if (result->valued)
		return snprintf(text, max, "%ld", result->value);
	if (!result->nr)
		return snprintf(text, max, "nothing");
	at = snprintf(text, max, "%s", target_page_name(target));
	for (i = 0; i < result->nr && (size_t)at < max; i++)
		at += snprintf(text + at, max - (size_t)at, " %d",
			       result->pfn[i]);
	return at;
}

/* Does it return something, or might have? */
static bool call_returns(const struct history_text *it,
			 const struct seen_call *call)
{
	const struct target_own *own = target_own(it->engine->target, call->op);

	return (own && own->returns) || call->result.nr ||
	       operation_gives(call->op, it->engine->target) != HANDLE_NONE;
}

/* "dequeue", "free page 3", "put 3 5" */
static int write_call(const struct history_text *it,
		      const struct seen_call *call, char *text, size_t max)
{
	const struct target *target = it->engine->target;
	const struct op_args *args = &call->args;
	unsigned int i, nr = operation_nr_own(target, call->op);
	int at = snprintf(text, max, "%s", operation_name(call->op, target));

	if (operation_takes(call->op, target) == HANDLE_OWN)
		at += snprintf(text + at, max - (size_t)at, " %.32s %ld",
			       target_own(target, call->op)->takes,
			       args->handle);
	for (i = 0; i < nr; i++)
		at += snprintf(text + at, max - (size_t)at, " %u",
			       args->own[i]);
	if (args->pfn >= 0)
		at += snprintf(text + at, max - (size_t)at, " %s %d",
			       target_page_name(target), args->pfn);
	if (operation_info(call->op)->arguments & ARG_INDEX)
		at += snprintf(text + at, max - (size_t)at, " %lu",
			       target_index(args->index));
	if (target_file(args->index))
		at += snprintf(text + at, max - (size_t)at, " file=%lu",
			       target_file(args->index));
	return at;
}

/* Up to the end of the history; what came later it does not know. */
static bool call_ended(const struct history_text *it,
		       const struct seen_call *call)
{
	return call->ended && call->ended <= it->found->ask.until;
}

static void call_text(const struct history_text *it,
		      const struct seen_call *call, char *text)
{
	int at = write_call(it, call, text, CALL_MAX);

	if (!call_ended(it, call) || !call_returns(it, call))
		return;
	at += snprintf(text + at, CALL_MAX - (size_t)at, " = ");
	write_result(it, &call->result, text + at, CALL_MAX - (size_t)at);
}

/* --------------------------------------------------------------------- table */

static unsigned int bar_column(const struct history_text *it,
			       unsigned int instant)
{
	unsigned int room = 3 * it->instants;

	if (room > BAR_WIDTH)
		room = BAR_WIDTH;
	return (instant - it->first) * room / (it->instants + 1);
}

static void print_call_bar(const struct history_text *it,
			   const struct seen_call *call, FILE *out)
{
	unsigned int from = bar_column(it, call->begun);
	unsigned int to = bar_column(it, call_ended(it, call) ?
						 call->ended :
						 it->found->ask.until + 1U);
	unsigned int i;

	fprintf(out, "%*s|", (int)from, "");
	for (i = from + 1; i < to; i++)
		fputc('-', out);
	fputs(call_ended(it, call) ? "|\n" : "\n", out);
}

static void print_calls_before(const struct history_text *it, FILE *out)
{
	char text[CALL_MAX], line[CALLS_MAX * 4] = "set-up: ";
	size_t at = strlen(line);
	unsigned int i;

	for (i = 0; i < it->calls->nr && it->calls->seen[i].task == TASK_BOOT &&
		    at + CALL_MAX < sizeof(line);
	     i++) {
		call_text(it, &it->calls->seen[i], text);
		at += (size_t)snprintf(line + at, sizeof(line) - at, "%s%s",
				       i ? ", " : "", text);
	}
	if (i)
		trace_wrap(out, 2, TRACE_WIDTH - 2, 0, 8, line);
}

static void print_calls_since(const struct history_text *it, FILE *out)
{
	char text[CALL_MAX], name[TRACE_NAME];
	unsigned int i;

	for (i = 0; i < it->calls->nr; i++) {
		const struct seen_call *call = &it->calls->seen[i];

		if (call->begun > it->found->ask.until)
			break;
		if (call->begun < it->first)
			continue;
		call_text(it, call, text);
		fprintf(out, "  %s  %-*s", trace_task(call->task, name),
			CALL_WIDTH - 8, text);
		print_call_bar(it, call, out);
	}
}

/* --------------------------------------------------------------------- order */

static void print_nearest_order(const struct history_text *it, FILE *out)
{
	const struct linearizer *found = it->found;
	unsigned int i, unlike = found->ask.unlike;
	char text[2 * CALL_MAX];
	int at;

	fprintf(out, "nearest order, %u answer%s wrong in it:\n", unlike,
		unlike > 1 ? "s" : "");
	for (i = 1; i <= found->depth; i++) {
		const struct linearize_stand *stand = &found->stands[i];
		const struct seen_call *call = &it->calls->seen[stand->call];

		call_text(it, call, text);
		if (stand->is_unlike) {
			at = (int)strlen(text);
			at += snprintf(text + at, CALL_MAX, ", where ");
			at += write_result(it, &stand->answer, text + at,
					   CALL_MAX / 2);
			snprintf(text + at, CALL_MAX / 4, " would be right");
		}
		fprintf(out, "  %s\n", text);
	}
}

/* Is that what was found? */
static bool find_history(struct history_text *it, const struct engine *engine)
{
	unsigned int i = 0;

	*it = (struct history_text){ .engine = engine,
				     .found = &engine->scene.linearizer,
				     .calls = &engine->scene.calls };
	if (engine->verdict.finding.checker != &checker_not_linearizable ||
	    !it->found->nearest)
		return false;
	while (i < it->calls->nr && it->calls->seen[i].task == TASK_BOOT)
		i++;
	it->first = i < it->calls->nr ? it->calls->seen[i].begun : 1;
	it->instants = it->found->ask.until - it->first + 1;
	return true;
}

void history_print(const struct engine *engine, FILE *out)
{
	struct history_text it;

	if (!find_history(&it, engine))
		return;
	fprintf(out, "history up to where no order explains it, time runs to "
		     "the right:\n");
	print_calls_before(&it, out);
	print_calls_since(&it, out);
	print_nearest_order(&it, out);
}

/* ---------------------------------------------------------------------- JSON */

static void put_call(const struct history_text *it, struct json *json,
		     const struct seen_call *call)
{
	char text[CALL_MAX], name[TRACE_NAME];

	call_text(it, call, text);
	json_line(json);
	json_open(json, NULL, '{');
	json_string(json, "task", trace_task(call->task, name));
	json_string(json, "text", text);
}

static void put_calls(const struct history_text *it, struct json *json)
{
	unsigned int i;

	json_open(json, "calls", '[');
	for (i = 0; i < it->calls->nr; i++) {
		const struct seen_call *call = &it->calls->seen[i];

		if (call->begun > it->found->ask.until)
			break;
		put_call(it, json, call);
		json_bool(json, "setup", call->task == TASK_BOOT);
		json_number(json, "begun", call->begun);
		if (call_ended(it, call))
			json_number(json, "ended", call->ended);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_order(const struct history_text *it, struct json *json)
{
	unsigned int i;
	char right[CALL_MAX];

	json_open(json, "nearest", '[');
	for (i = 1; i <= it->found->depth; i++) {
		const struct linearize_stand *stand = &it->found->stands[i];

		put_call(it, json, &it->calls->seen[stand->call]);
		if (stand->is_unlike) {
			write_result(it, &stand->answer, right, sizeof(right));
			json_string(json, "right", right);
		}
		json_close(json, '}');
	}
	json_close(json, ']');
}

void history_json(const struct engine *engine, struct json *json)
{
	struct history_text it;

	if (!find_history(&it, engine))
		return;
	json_line(json);
	json_open(json, "history", '{');
	json_number(json, "from", it.first);
	json_number(json, "until", it.found->ask.until);
	json_number(json, "wrong", it.found->ask.unlike);
	put_calls(&it, json);
	put_order(&it, json);
	json_close(json, '}');
}
