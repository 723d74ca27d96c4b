/* SPDX-License-Identifier: MIT */
/*
 * trace_touched.c: what an access that nobody survived was to, or what of the
 * target lies nearest. Async-signal-safe as far as the target's describe() is.
 */
#include "trace.h"

#define NULL_MAX 65536 /* nobody has memory there: vm.mmap_min_addr */
#define STACK_MARGIN 65536 /* below a stack, where one frame may reach */
#define NEAR 4096 /* bytes each way */
#define GRAIN 4 /* the smallest thing that has a name of its own */

/* The task whose stack ends there, or -1. */
static int stack_of(const struct engine *engine, const volatile void *addr)
{
	uintptr_t at = (uintptr_t)addr;
	int i;

	for (i = 0; i < ENGINE_TASKS; i++) {
		uintptr_t end = (uintptr_t)engine->tasks[i].fiber.stack;

		if (at < end && at >= end - STACK_MARGIN)
			return i;
	}
	return -1;
}

static bool print_place(const struct trace *trace, uintptr_t at, char *text,
			size_t max)
{
	const struct target_place place =
		trace_place(trace, (const volatile void *)at);

	if (place.thing)
		trace_place_text(trace, &place, text, max);
	return place.thing;
}

/* The nearest thing behind or in front of which it lies. */
static void print_near(const struct trace *trace, uintptr_t at, char *text,
		       size_t max)
{
	char place[TRACE_TEXT];
	unsigned int i;

	at -= at % GRAIN;
	for (i = GRAIN; i <= NEAR; i += GRAIN) {
		if (print_place(trace, at - i, place, sizeof(place))) {
			snprintf(text, max, "%u bytes behind %s", i, place);
			return;
		}
		if (print_place(trace, at + i, place, sizeof(place))) {
			snprintf(text, max, "%u bytes in front of %s", i,
				 place);
			return;
		}
	}
	snprintf(text, max, "nothing of the target's, and nothing near it");
}

static void print_address(const struct trace *trace, const volatile void *addr,
			  char *text, size_t max)
{
	char name[TRACE_NAME];
	int task;

	if (!addr) {
		snprintf(text, max, "NULL");
		return;
	}
	if ((uintptr_t)addr < NULL_MAX) {
		snprintf(text, max, "%u bytes behind NULL",
			 (unsigned int)(uintptr_t)addr);
		return;
	}
	task = stack_of(trace->engine, addr);
	if (task >= 0)
		snprintf(text, max, "the end of %s's stack",
			 trace_task((unsigned int)task, name));
	else if (!print_place(trace, (uintptr_t)addr, text, max))
		print_near(trace, (uintptr_t)addr, text, max);
}

void trace_touched(const struct trace *trace, const struct touched *touched,
		   char *text, size_t max)
{
	*text = '\0';
	if (touched->kind == TOUCHED_ADDRESS)
		print_address(trace, touched->addr, text, max);
	else if (touched->kind == TOUCHED_NO_MEMORY)
		snprintf(
			text, max,
			"an address that no memory has: poison, or no pointer");
}
