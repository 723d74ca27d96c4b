/* SPDX-License-Identifier: MIT */
/* show_json_memory.c: what was reordered as JSON. See show_json.c. */
#include "json.h"
#include "show.h"

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
