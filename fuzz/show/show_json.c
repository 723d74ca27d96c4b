/* SPDX-License-Identifier: MIT */
/*
 * show_json.c: a run as JSON, for scripts and for the page: all but its steps,
 * which are in show_json_steps.c.
 *
 * See: FORMATS.md. What is added there later does not change SHOW_JSON_VERSION;
 * what is taken away or means something else does.
 */
#include "history_text.h"
#include "json.h"
#include "leftovers_text.h"
#include "show.h"

#define SHOW_JSON_VERSION 1

static void put_config(struct json *json, const struct trace *trace)
{
	const struct target_config *config = &trace->engine->program->config;
	const struct target *target = trace->engine->target;

	json_line(json);
	json_open(json, "config", '{');
	json_number(json, "pages", config->pages);
	if (target->percpu) {
		json_number(json, "pcp_high", config->pcp_high);
		json_number(json, "pcp_batch", config->pcp_batch);
	}
	if (target->tree)
		json_number(json, "fanout", 1L << trace_fanout_shift(trace));
	json_close(json, '}');
}

/* What others have, and its word for a page: nothing of that of the core. */
static void put_target(struct json *json, const struct target *target)
{
	const struct {
		const char *name;
		bool lacks;
	} parts[] = {
		{ "orders", !target->order_max },
		{ "percpu", !target->percpu },
		{ "tree", !target->tree },
		{ "cache", !target->cache_entry },
	};
	bool any = false;
	size_t i;

	if (target->page_name)
		json_string(json, "page_name", target->page_name);
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].lacks && !any)
			json_open(json, "lacks", '[');
		if (parts[i].lacks)
			json_string(json, NULL, parts[i].name);
		any |= parts[i].lacks;
	}
	if (any)
		json_close(json, ']');
}

/* ------------------------------------------------------------------ pages */

static void put_block(struct json *json, const struct page_state *state,
		      const struct target *target)
{
	if ((state->order || target->order_max) &&
	    state->facts & (PAGE_FREE | PAGE_PERCPU | PAGE_HELD)) {
		json_number(json, "order", state->order);
		json_number(json, "head", state->head);
	}
	if (state->facts & PAGE_PERCPU)
		json_number(json, "cpu", state->cpu);
	if (state->facts & PAGE_CACHED)
		json_number(json, "index", target_index(state->index));
	if (state->facts & PAGE_CACHED && target_file(state->index))
		json_number(json, "file", target_file(state->index));
}

static void put_span(struct json *json, const struct show *show,
		     const struct show_span *span)
{
	char text[TRACE_TEXT];

	show_span_text(show, span, text, sizeof(text));
	json_line(json);
	json_open(json, NULL, '{');
	json_number(json, "from", span->from);
	json_number(json, "to", span->to);
	json_string(json, "state", show_span_word(span));
	put_block(json, &span->state, show->trace.engine->target);
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
			put_span(json, show, &span);
		json_close(json, ']');
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* ---------------------------------------------------------------- verdict */

static void put_verdict(struct json *json, const struct trace *trace)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	char failure[TRACE_WHY];
	char why[TRACE_WHY], promise[TRACE_TEXT];
	char touched[TRACE_TEXT];

	json_line(json);
	json_open(json, "verdict", '{');
	json_string(json, "finding", finding->checker ? finding->id : NULL);
	if (finding->checker) {
		trace_failure(trace, failure, sizeof(failure));
		json_string(json, "failure", failure);
		trace_promise(trace, promise, sizeof(promise));
		json_string(json, "promise", promise);
		if (finding->page >= 0)
			json_number(json, "page", finding->page);
		if (finding->number)
			json_number(json, "pages", finding->number);
		if (trace_handed_out_as(trace))
			json_number(json, "handed_out_as",
				    trace_handed_out_as(trace));
		json_number(json, "task", trace->engine->verdict.task);
		if (finding->where)
			json_string(json, "where", finding->where);
		trace_touched(trace, &finding->touched, touched,
			      sizeof(touched));
		if (*touched)
			json_string(json, "touched", touched);
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
	json_number(json, "points", (long)engine_points(trace->engine));
	json_number(json, "steps", trace->record->nr);
	json_number(json, "steps_dropped", trace->record->dropped);
	if (show_steps_left_out(trace))
		json_number(json, "steps_left_out", show_steps_left_out(trace));
	json_number(json, "changes_dropped", trace->timeline->dropped);
	json_close(json, '}');
	snprintf(digest, sizeof(digest), "%08x",
		 record_digest(trace->record, trace->engine));
	json_string(json, "digest",
		    trace->engine->verdict.finding.where ? NULL : digest);
}

/* ---------------------------------------------------------------- left over */

struct listing {
	struct json *json;
	bool open; /* something was put */
};

static void put_left(const struct leftover_item *item, void *arg)
{
	struct listing *listing = arg;
	struct json *json = listing->json;

	if (!listing->open) {
		json_line(json);
		json_open(json, "passed_over", '[');
	}
	listing->open = true;
	json_line(json);
	json_open(json, NULL, '{');
	json_string(json, "kind", item->is_switch ? "switch" : "operation");
	if (item->is_switch)
		json_number(json, "number", item->number);
	json_number(json, "task", item->task);
	json_number(json, "op", item->op);
	if (item->line)
		json_number(json, "line", item->line);
	json_string(json, "text", item->text);
	json_string(json, "why", item->why);
	json_close(json, '}');
}

static void put_all_left(struct json *json, const struct show *show)
{
	const struct engine *engine = show->trace.engine;
	struct listing listing = { json, false };

	leftovers_each(&show->left, engine->program, show->source,
		       engine->target, put_left, &listing);
	if (listing.open)
		json_close(json, ']');
}

static void put_source(struct json *json, const struct show *show)
{
	char replay[SHOW_REPLAY_MAX];

	show_replay(show, replay, sizeof(replay));
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
	put_config(&json, &show->trace);
	put_target(&json, show->trace.engine->target);
	put_verdict(&json, &show->trace);
	history_json(show->trace.engine, &json);
	show_json_deciding(&json, &show->trace);
	show_json_memory(&json, &show->trace);
	put_counts(&json, &show->trace);
	put_all_left(&json, show);
	show_json_steps(&json, &show->trace);
	put_pages(&json, show);
	json_close(&json, '}');
	fputc('\n', out);
}
