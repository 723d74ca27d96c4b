/* SPDX-License-Identifier: MIT */
/* calls.c: see calls.h. */
#include "checker.h"

void calls_reset(struct calls *calls)
{
	calls->nr = 0;
	calls->now = 0;
	calls->unjudged = false;
}

void calls_begin(struct scene *scene, const struct op_start *start)
{
	struct calls *calls = &scene->calls;
	struct seen_call *call = &calls->seen[calls->nr];

	if (!scene->target->model || calls->unjudged)
		return;
	calls->unjudged = start->interrupt || calls->nr == CALLS_MAX;
	if (calls->unjudged)
		return;
	call->task = (uint8_t)start->task;
	call->op = (uint8_t)start->op;
	call->begun = ++calls->now;
	call->ended = 0;
	call->args = *start->args;
	call->result = (struct op_result){ 0 };
	calls->last[start->task] = (uint8_t)calls->nr++;
}

void calls_end(struct scene *scene, const struct op_end *end)
{
	struct calls *calls = &scene->calls;
	struct seen_call *call = &calls->seen[calls->last[end->task]];

	if (!scene->target->model || calls->unjudged)
		return;
	call->ended = ++calls->now;
	call->result = *end->result;
}
