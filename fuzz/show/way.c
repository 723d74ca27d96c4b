/* SPDX-License-Identifier: MIT */
/* way.c: see way.h. */
#include "way.h"

static void way_note(struct way *way, const struct page_change *change)
{
	const struct page_state *before = &way->now, *now = &change->state;
	const uint8_t free = PAGE_FREE | PAGE_PERCPU;
	bool was_cached = before->facts & PAGE_CACHED;
	bool cached = now->facts & PAGE_CACHED;

	if (was_cached && !cached)
		way->at[WAY_LEFT] = change->step;
	if (now->facts & free && !(before->facts & free))
		way->at[WAY_FREED] = change->step;
	if (now->incarnation != before->incarnation)
		way->at[WAY_GIVEN] = change->step;
	if (cached && (!was_cached || now->index != before->index))
		way->at[WAY_ENTERED] = change->step;
	way->now = *now;
}

/* Steps count from 0 here; a change is seen when so many were made. */
struct way way_of(const struct timeline *timeline, int page, unsigned int from,
		  unsigned int to)
{
	struct way way = { .now = timeline_at(timeline, page, from + 1) };
	unsigned int i;

	for (i = 0; i < timeline->nr && timeline->changes[i].step <= to; i++)
		if (timeline->changes[i].page == page &&
		    timeline->changes[i].step > from + 1)
			way_note(&way, &timeline->changes[i]);
	return way;
}

enum way_turn way_next(const struct way *way, unsigned int said)
{
	enum way_turn turn, next = WAY_TURNS;

	for (turn = WAY_LEFT; turn < WAY_TURNS; turn++)
		if (way->at[turn] && !(said >> turn & 1) &&
		    (next == WAY_TURNS || way->at[turn] < way->at[next]))
			next = turn;
	return next;
}

void way_drop(struct way *way, const struct record *record,
	      const struct step *step)
{
	enum way_turn turn;

	for (turn = WAY_LEFT; turn < WAY_TURNS; turn++) {
		unsigned int at = way->at[turn];

		if (at && record->steps[at - 1].task == step->task &&
		    record->steps[at - 1].op == step->op)
			way->at[turn] = 0;
	}
}
