/* SPDX-License-Identifier: MIT */
/* gates.c: which switches need a gate, and which gates; see gates.h. */
#include "gates.h"

#include <stdarg.h>
#include <string.h>

#include "finder.h"

void gates_cannot(struct gates *gates, const char *format, ...)
{
	va_list arguments;

	if (gates->nr_cannot == GATES_MAX)
		return;
	va_start(arguments, format);
	vsnprintf(gates->cannot[gates->nr_cannot++], TRACE_TEXT, format,
		  arguments);
	va_end(arguments);
}

/* ------------------------------------------------------- what a switch is for */

/* The task's own next access after @at; nr: there is none. */
unsigned int finder_next(const struct finder *it, unsigned int at)
{
	const struct step *steps = it->record->steps;
	const uint8_t task = steps[at].task;

	for (at++; at < it->record->nr; at++)
		if (steps[at].task == task && !steps[at].setup &&
		    steps[at].kind == STEP_ACCESS)
			break;
	return at;
}

/* The access before it, of the same operation; @at: there is none. */
unsigned int finder_before(const struct finder *it, unsigned int at)
{
	const struct step *steps = it->record->steps;
	unsigned int i;

	for (i = at; i--;) {
		if (steps[i].task != steps[at].task || steps[i].setup)
			continue;
		return steps[i].kind == STEP_ACCESS ? i : at;
	}
	return at;
}

static bool is_between(unsigned int at, unsigned int low, unsigned int high)
{
	return at > low && at < high;
}

/* Does order @order want step @before, made between, in front of @task's next one? */
static bool wants(const struct finder *it, const struct deciding_order *order,
		  const struct window *window)
{
	const struct step *steps = it->record->steps;

	if (!is_between(order->before, window->at, window->next) ||
	    steps[order->before].task == window->task)
		return false;
	if (order->never)
		return order->never_task == window->task &&
		       window->next == it->record->nr;
	return order->after >= window->next &&
	       steps[order->after].task == window->task;
}

/* Fill in what the deciding orders say. Returns: false if none needs the switch. */
static bool look_up(const struct finder *it, struct window *window)
{
	const struct deciding *deciding = it->gates->trace->deciding;
	const struct step *steps = it->record->steps;
	unsigned int i;
	bool needed = false;

	window->a = trace_begin(it->record, window->at);
	window->b = it->record->nr;
	for (i = 0; i < deciding->nr; i++) {
		const struct deciding_order *order = &deciding->order[i];

		if (wants(it, order, window)) {
			needed = true;
			if (order->before > window->c) {
				window->c = order->before;
				window->order = i;
			}
			if (!order->never && order->after < window->b)
				window->b = order->after;
		} else if (!order->never && order->before <= window->at &&
			   order->before > window->a &&
			   steps[order->before].task == window->task &&
			   is_between(order->after, window->at, window->next)) {
			window->a = order->before;
		}
	}
	return needed;
}

/* ------------------------------------------------------------------- one pair */

static struct gate *new_gate(struct gates *gates, const struct window *window,
			     uint8_t task)
{
	struct gate *gate = &gates->gate[gates->nr];

	*gate = (struct gate){ .task = task,
			       .waits = -1,
			       .order = window->order };
	snprintf(gate->name, sizeof(gate->name), "task%u_%u", task,
		 gates->nr / 2 + 1);
	return gate;
}

/* May nobody sleep who is about to make the step? */
static bool is_busy(const struct finder *it, unsigned int at)
{
	const struct step *step =
		&it->record->steps[at < it->record->nr ? at :
							 finder_before(it, at)];

	return step->reads || step->pinned || step->locks;
}

static void add_pair(struct finder *it, const struct window *window)
{
	struct gates *gates = it->gates;
	struct gate *stop, *go;

	if (gates->nr + 2 > GATES_MAX) {
		gates_cannot(
			gates,
			"order (%u): the module knows %d gates, and these are full",
			window->order + 1, GATES_MAX);
		return;
	}
	stop = new_gate(gates, window, window->task);
	if (!finder_stop(it, window, stop))
		return;
	stop->busy = stop->inside ||
		     is_busy(it, stop->step < it->record->nr ? stop->step :
							       window->at);
	gates->nr++;
	go = new_gate(gates, window, it->record->steps[window->c].task);
	snprintf(go->name, sizeof(go->name), "task%u_%u", go->task,
		 gates->nr / 2 + 1);
	if (!finder_go(it, window, go)) {
		gates->nr--;
		return;
	}
	stop->linger = go->linger;
	stop->waits = (int)gates->nr;
	gates->nr++;
}

/* The task of step @at lost its CPU behind it, up to step @next. */
static void look_at(struct finder *it, unsigned int at, unsigned int next,
		    enum trace_stop_kind kind)
{
	struct window window = { .task = it->record->steps[at].task,
				 .at = at,
				 .next = next };
	char name[TRACE_NAME];

	if (!look_up(it, &window))
		return;
	if (kind == TRACE_WAITED)
		return; /* by itself, for what comes anyway */
	it->gates->needed++;
	if (kind == TRACE_INTERRUPTED)
		gates_cannot(
			it->gates,
			"order (%u): an interrupt comes to %s on its own CPU: no gate holds who is interrupted",
			window.order + 1, trace_task(window.task, name));
	else if (it->record->steps[window.c].task >= PROGRAM_TASKS ||
		 window.task >= PROGRAM_TASKS)
		gates_cannot(
			it->gates,
			"order (%u): a callback behind a grace period: nobody calls it, its time comes",
			window.order + 1);
	else
		add_pair(it, &window);
}

/* Where a task stands in the end, behind step @at: it never went on. */
static bool stands(const struct finder *it, unsigned int at)
{
	const struct step *step = &it->record->steps[at];

	return step->task < PROGRAM_TASKS && !step->setup &&
	       step->kind != STEP_END && at + 1 < it->record->nr &&
	       finder_next(it, at) == it->record->nr &&
	       it->gates->trace->engine->tasks[step->task].inside;
}

/* Why there are no deciding orders, unless it is so in any order. */
static void say_none(struct gates *gates, const struct deciding *deciding)
{
	if (deciding->lost < deciding->schedules)
		gates_cannot(gates, "deciding orders: none: %s",
			     deciding->none);
}

void gates_find(struct gates *gates, const struct trace *trace,
		struct chains *chains, const struct symbols *symbols,
		struct lines *lines)
{
	struct finder it = { gates, trace->record, chains, symbols, lines };
	struct trace_stop stop;
	unsigned int at;

	*gates = (struct gates){ .trace = trace, .symbols = symbols };
	if (!deciding_is(trace->deciding)) {
		say_none(gates, trace->deciding);
		return;
	}
	for (at = 0; at < trace->record->nr; at++) {
		if (trace->record->steps[at].kind == STEP_END)
			continue;
		if (trace_stop(trace, at, &stop)) {
			gates->stops += stop.kind != TRACE_WAITED;
			look_at(&it, at, stop.before, stop.kind);
		} else if (stands(&it, at)) {
			gates->stops++;
			look_at(&it, at, trace->record->nr, TRACE_PREEMPTED);
		}
	}
	if (gates->stops && !gates->needed && !gates->nr_cannot)
		gates_cannot(
			gates,
			"no order says what has to come before a stopped task goes on: only that it was there first");
}
