/* SPDX-License-Identifier: MIT */
/* races.c: see races.h. */
#include "races.h"

#include <string.h>

#include "meetings.h"

void races_copy(struct races *to, const struct races *from)
{
	to->nr = from->nr;
	to->nr_parts = from->nr_parts;
	to->nr_links = from->nr_links;
	memcpy(to->last, from->last, sizeof(to->last));
	memcpy(to->head, from->head, sizeof(to->head));
	memcpy(to->step, from->step, from->nr * sizeof(to->step[0]));
	memcpy(to->part, from->part, from->nr_parts * sizeof(to->part[0]));
	memcpy(to->link, from->link, from->nr_links * sizeof(to->link[0]));
}

void races_clear(struct races *races)
{
	races->nr = 0;
	races->nr_parts = 0;
	races->nr_links = 0;
	memset(races->last, 0xff, sizeof(races->last));
	memset(races->head, 0xff, sizeof(races->head));
}

void races_cut(struct races *races, unsigned int nr)
{
	while (races->nr > nr) {
		const struct races_step *step = &races->step[--races->nr];

		races->last[step->task] = step->before;
		while (races->nr_links > step->link) {
			const struct races_link *link =
				&races->link[--races->nr_links];

			races->head[link->head] = link->next;
		}
	}
}

/* At most, a word each. */
#define LINKS_OF_PART (FOOTPRINT_LARGE / 8 + 1)

bool races_has_room(const struct races *races)
{
	return races->nr < RACES_STEPS &&
	       races->nr_parts + FOOTPRINT_PARTS <= RACES_PARTS &&
	       races->nr_links + FOOTPRINT_PARTS * LINKS_OF_PART <=
		       2 * RACES_PARTS;
}

/* ------------------------------------------------------------------ clocks */

static void join(uint16_t *clock, const uint16_t *other)
{
	unsigned int i;

	for (i = 0; i < ENGINE_TASKS; i++)
		if (other[i] > clock[i])
			clock[i] = other[i];
}

/* Is @step among what @clock knows of? */
static bool knows(const uint16_t *clock, const struct races_step *step)
{
	return clock[step->task] >= step->count;
}

/* ----------------------------------------------------------------- initials */

/*
 * Of what comes after @from and not because of it, and a last step of @choice
 * with @clock: who is not after anybody else of these?
 */
static uint64_t initials(const struct races *races, uint32_t from,
			 uint8_t choice, uint8_t task, const uint16_t *clock)
{
	const struct races_step *first = &races->step[from];
	uint16_t begins[ENGINE_TASKS] = { 0 }; /* a task's first of these */
	uint64_t found = 0;
	unsigned int i, j;

	for (i = from + 1; i <= races->nr; i++) {
		const struct races_step *step = &races->step[i];
		bool last = i == races->nr;
		const uint16_t *before = last ? clock : step->clock;
		uint8_t who = last ? task : step->task;
		bool initial = true;

		if (!last && knows(step->clock, first))
			continue;
		if (begins[who])
			continue;
		for (j = 0; j < ENGINE_TASKS; j++)
			initial &= !(begins[j] && before[j] >= begins[j]);
		if (initial)
			found |= 1ULL << (last ? choice : step->choice);
		begins[who] = last ? UINT16_MAX : step->count;
	}
	return found;
}

/* ------------------------------------------------------------------- races */

/* @clock: what happened before it; comes to be the step's own, but for itself. */
static unsigned int find_races(const struct races *races, uint8_t choice,
			       uint8_t task, struct meetings *meetings,
			       uint16_t *clock, struct race found[RACES_MAX])
{
	unsigned int nr = 0, i;
	bool only_after;
	uint32_t at;

	meetings_settle(races, meetings);
	while ((at = meetings_take(meetings, &only_after)) != RACES_NONE) {
		const struct races_step *step = &races->step[at];

		if (knows(clock, step))
			continue;
		if (!only_after)
			found[nr++] = (struct race){ at, 0 };
		join(clock, step->clock);
	}
	for (i = 0; i < ENGINE_TASKS; i++)
		if (meetings->late[i] != RACES_NONE)
			join(clock, races->step[meetings->late[i]].clock);
	for (i = 0; i < nr; i++)
		found[i].initials =
			initials(races, found[i].step, choice, task, clock);
	return nr;
}

static void begin_clock(const struct races *races, uint8_t task,
			uint16_t *clock)
{
	uint32_t last = races->last[task];

	if (last == RACES_NONE)
		memset(clock, 0, ENGINE_TASKS * sizeof(*clock));
	else
		memcpy(clock, races->step[last].clock,
		       ENGINE_TASKS * sizeof(*clock));
}

static void link_part(struct races *races, uint32_t nr)
{
	const struct part *part = &races->part[nr];
	uint64_t at;

	for (at = part->at & ~7ULL; at < part->at + part->size; at += 8) {
		uint32_t head =
			meetings_head(part->what, part->how == TOUCH_READS, at);
		struct races_link *link = &races->link[races->nr_links];

		ensure(races->nr_links < 2 * RACES_PARTS);
		*link = (struct races_link){ nr, races->nr, races->head[head],
					     head };
		races->head[head] = races->nr_links++;
	}
}

/* Did @step let others go on by giving something back? */
static bool gives_back(const struct races *races, const struct races_step *step)
{
	unsigned int i;

	for (i = 0; i < step->nr; i++)
		if (races->part[step->part + i].how == PART_UNLOCKS)
			return true;
	return false;
}

unsigned int races_push(struct races *races, uint8_t choice, uint8_t task,
			uint32_t enabled_by, const struct footprint *footprint,
			struct race found[RACES_MAX])
{
	struct races_step *step = &races->step[races->nr];
	struct meetings meetings;
	unsigned int nr, i;

	ensure(races_has_room(races));
	*step = (struct races_step){ .choice = choice,
				     .task = task,
				     .everything = footprint->everything,
				     .nr = (uint8_t)footprint->nr,
				     .part = races->nr_parts,
				     .link = races->nr_links,
				     .before = races->last[task],
				     .enabled_by = enabled_by,
				     .stops = footprint->stops,
				     .left = footprint->left,
				     .mark = footprint->mark,
				     .position = footprint->position,
				     .point = footprint->point,
				     .stores = footprint_stores(footprint) };
	meetings_clear(&meetings, footprint->interrupt);
	begin_clock(races, task, step->clock);
	if (enabled_by != RACES_NONE &&
	    gives_back(races, &races->step[enabled_by]))
		meetings_add_late(races, &meetings, enabled_by);
	else if (enabled_by != RACES_NONE)
		join(step->clock, races->step[enabled_by].clock);
	meetings_add_parts(races, footprint->part, footprint->nr, task,
			   &meetings);
	if (footprint->everything)
		meetings_add_everybody(races, task, &meetings);
	step->count = 0;
	nr = find_races(races, choice, task, &meetings, step->clock, found);
	step->count = ++step->clock[task];
	memcpy(&races->part[races->nr_parts], footprint->part,
	       footprint->nr * sizeof(footprint->part[0]));
	for (i = 0; i < footprint->nr; i++)
		link_part(races, races->nr_parts + i);
	races->nr_parts += footprint->nr;
	races->last[task] = races->nr++;
	return nr;
}

unsigned int races_of_blocked(const struct races *races, uint8_t choice,
			      uint8_t task, const struct part *lock,
			      struct race found[RACES_MAX])
{
	struct meetings meetings;
	uint16_t clock[ENGINE_TASKS];

	meetings_clear(&meetings, false);
	begin_clock(races, task, clock);
	meetings_add_part(races, lock, task, true, &meetings);
	return find_races(races, choice, task, &meetings, clock, found);
}

bool races_depend(const struct races *races, const struct races_step *step,
		  const struct part *part, unsigned int nr, bool everything)
{
	unsigned int i, j;

	if (step->everything || everything)
		return true;
	for (i = 0; i < step->nr; i++)
		for (j = 0; j < nr; j++)
			if (parts_conflict(&races->part[step->part + i],
					   &part[j]))
				return true;
	return false;
}
