/* SPDX-License-Identifier: MIT */
/*
 * show_json_deciding.c: the deciding orders, and what would have forbidden what memory
 * did, as JSON. See show_json.c.
 */
#include "json.h"
#include "show.h"
#include "sites.h"

static void put_never(struct json *json, const struct trace *trace,
		      const struct deciding_order *order)
{
	char text[TRACE_TEXT] = "its next operation";

	if (order->site[1])
		trace_site(trace, order->site[1], text, sizeof(text));
	json_open(json, "before_what_did_not_come", '{');
	json_number(json, "task", order->never_task);
	json_number(json, "op", order->never_op);
	json_string(json, "text", text);
	json_close(json, '}');
}

static void put_deciding_order(struct json *json, const struct trace *trace,
			       unsigned int nr)
{
	const struct deciding_order *order = &trace->deciding->order[nr];
	char claim[DECIDING_TEXT];

	deciding_claim(trace->deciding, nr, claim);
	json_line(json);
	json_open(json, NULL, '{');
	json_number(json, "first", order->before + 1);
	if (order->never)
		put_never(json, trace, order);
	else
		json_number(json, "second", order->after + 1);
	json_bool(json, "sections", order->section);
	json_bool(json, "needed", !order->lost_without);
	json_number(json, "without", (long)order->without);
	json_number(json, "found_without", (long)order->lost_without);
	json_string(json, "claim", claim);
	json_close(json, '}');
}

void show_json_deciding(struct json *json, const struct trace *trace)
{
	const struct deciding *deciding = trace->deciding;
	char claim[DECIDING_TEXT], sentence[TRACE_WHY];
	unsigned int i;

	if (!deciding || !trace->engine->verdict.finding.checker)
		return;
	json_line(json);
	json_open(json, "deciding", '{');
	if (!deciding->nr) {
		json_string(json, "none", deciding->none);
		json_close(json, '}');
		return;
	}
	trace_sentence(trace, sentence, sizeof(sentence));
	json_string(json, "sentence", sentence);
	json_open(json, "orders", '[');
	for (i = 0; i < deciding->nr; i++)
		put_deciding_order(json, trace, i);
	json_close(json, ']');
	json_line(json);
	json_bool(json, "enough", deciding_is_enough(deciding));
	json_bool(json, "all_classes", deciding->all);
	if (!deciding->all) {
		json_number(json, "preemptions", deciding->preemptions);
		json_bool(json, "cut", deciding->cut);
	}
	json_number(json, "schedules", (long)deciding->schedules);
	json_number(json, "found", (long)deciding->lost);
	json_number(json, "with", (long)deciding->with);
	json_number(json, "found_with", (long)deciding->lost_with);
	if (deciding_claim_order(deciding, claim)) {
		json_number(json, "reorderings", deciding->reorderings);
		json_number(json, "in_order", (long)deciding->in_order);
		json_number(json, "found_in_order",
			    (long)deciding->lost_in_order);
		json_string(json, "claim_in_order", claim);
	}
	deciding_claim_all(deciding, claim);
	json_string(json, "claim", claim);
	json_close(json, '}');
}

/* ------------------------------------------------------------------ memory */

static void put_forbidding(struct json *json, const struct trace *trace)
{
	const struct forbidding *forbidding;
	char claim[FORBIDDING_TEXT];
	unsigned int i;

	if (!trace->deciding)
		return;
	forbidding = &trace->deciding->forbidding;
	json_open(json, "forbidden_by", '[');
	for (i = 0; i < forbidding->nr; i++) {
		forbidding_claim(forbidding, i, claim);
		json_open(json, NULL, '{');
		json_number(json, "task", forbidding->reordering[i].task);
		json_number(json, "op", forbidding->reordering[i].op);
		json_string(json, "claim", claim);
		json_close(json, '}');
	}
	json_close(json, ']');
}

void show_json_memory(struct json *json, const struct trace *trace)
{
	unsigned int nr = trace_reorderings(trace);

	if (!nr)
		return;
	json_line(json);
	json_open(json, "memory", '{');
	json_number(json, "reorderings", nr);
	put_forbidding(json, trace);
	json_close(json, '}');
}
