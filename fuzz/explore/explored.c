/* SPDX-License-Identifier: MIT */
/* explored.c: see explored.h. */
#include "explored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace.h"

void explored_bug(struct explored_bug *bug, const struct engine *engine,
		  const char *id)
{
	unsigned int i;

	memset(bug, 0, sizeof(*bug));
	snprintf(bug->id, sizeof(bug->id), "%s", id);
	bug->schedules = 1;
	bug->preemptions = engine->verdict.preemptions;
	bug->nr_taken = engine->nr_taken;
	for (i = 0; i < bug->nr_taken && i < PROGRAM_SWITCHES; i++)
		bug->taken[i] = engine->taken[i];
}

void explored_conflict(struct explored_bug *bug, const struct engine *engine,
		       const struct record *record)
{
	struct trace trace;
	unsigned int at[2], i;

	trace_init(&trace, engine, record, false);
	at[0] = trace.step_a;
	at[1] = trace.step_b;
	for (i = 0; i < 2; i++)
		if (at[i] < record->nr && record->steps[at[i]].site)
			site_name(record->steps[at[i]].site, bug->steps[i],
				  SITE_NAME_MAX);
}

static int switch_order(const struct program_switch *a,
			const struct program_switch *b)
{
	const int order[] = { a->task - b->task, a->op - b->op,
			      a->point - b->point, a->kind - b->kind,
			      a->next - b->next };
	unsigned int i;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (order[i])
			return order[i];
	return 0;
}

static bool is_simpler(const struct explored_bug *a,
		       const struct explored_bug *b)
{
	unsigned int i;
	int order;

	if (a->preemptions != b->preemptions)
		return a->preemptions < b->preemptions;
	if (a->nr_taken != b->nr_taken)
		return a->nr_taken < b->nr_taken;
	for (i = 0; i < a->nr_taken && i < PROGRAM_SWITCHES; i++) {
		order = switch_order(&a->taken[i], &b->taken[i]);
		if (order)
			return order < 0;
	}
	return false;
}

int explored_order(const struct explored_bug *a, const struct explored_bug *b)
{
	int order = strcmp(a->id, b->id);

	if (!order)
		order = strcmp(a->steps[0], b->steps[0]);
	return order ? order : strcmp(a->steps[1], b->steps[1]);
}

void explored_add(struct explored *explored, const struct explored_bug *bug)
{
	unsigned long schedules = bug->schedules;
	struct explored_bug *known;
	unsigned int i = 0;

	while (i < explored->nr && explored_order(&explored->bugs[i], bug))
		i++;
	if (i == EXPLORED_BUGS)
		return;
	known = &explored->bugs[i];
	if (i < explored->nr)
		schedules += known->schedules;
	if (i == explored->nr || is_simpler(bug, known))
		*known = *bug;
	known->schedules = schedules;
	explored->nr += i == explored->nr;
}

void explored_count(struct explored *explored, const struct tour *tour,
		    const struct explored_bug *bug)
{
	unsigned int bound = tour_is_all(tour) ? 0 : tour->preemptions;

	explored->schedules[bound]++;
	if (!bug)
		return;
	explored->findings[bound]++;
	explored_add(explored, bug);
}

void explored_add_runs(struct explored *explored,
		       const struct tour_counts *runs)
{
	explored->runs.redundant += runs->redundant;
	explored->runs.cut += runs->cut;
	explored->runs.crowded += runs->crowded;
}

void explored_merge(struct explored *explored, const struct explored *from)
{
	unsigned int i;

	for (i = 0; i < EXPLORED_BOUNDS; i++) {
		explored->schedules[i] += from->schedules[i];
		explored->findings[i] += from->findings[i];
	}
	explored_add_runs(explored, &from->runs);
	for (i = 0; i < from->nr; i++)
		explored_add(explored, &from->bugs[i]);
}

static int bug_order(const void *left, const void *right)
{
	const struct explored_bug *a = left, *b = right;

	if (a->preemptions != b->preemptions)
		return a->preemptions < b->preemptions ? -1 : 1;
	return explored_order(a, b);
}

void explored_sort(struct explored *explored)
{
	qsort(explored->bugs, explored->nr, sizeof(explored->bugs[0]),
	      bug_order);
}

unsigned long explored_within(const unsigned long *counts,
			      unsigned int preemptions)
{
	unsigned long sum = 0;
	unsigned int i;

	for (i = 0; i <= preemptions && i < EXPLORED_BOUNDS; i++)
		sum += counts[i];
	return sum;
}
