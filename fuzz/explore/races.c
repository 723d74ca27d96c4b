/* SPDX-License-Identifier: MIT */
/* races.c: see races.h. */
#include "races.h"

#include <string.h>

#include "hash.h"

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

bool races_has_room(const struct races *races)
{
	return races->nr < RACES_STEPS &&
	       races->nr_parts + FOOTPRINT_PARTS <= RACES_PARTS;
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

/* ---------------------------------------------------------- what was before */

/* Words are eight bytes, pages and indices eight in a row. */
static uint32_t head_of(const struct part *part, uint64_t at)
{
	return hash_word(hash_word(part->what, (uint32_t)(at >> 3)),
			 (uint32_t)(at >> 35)) &
	       (RACES_HEADS - 1);
}

/*
 * Earlier steps that the newest one meets, of each task the last one: what that
 * task did before is before that. NONE: it met none.
 */
struct meetings {
	uint32_t step[ENGINE_TASKS];
	bool only_after[ENGINE_TASKS]; /* it could not be the other way round */
	uint32_t late[ENGINE_TASKS]; /* edges that hide no race */
	/* The task had from here to there what the newest one takes. */
	uint32_t from[ENGINE_TASKS], to[ENGINE_TASKS];
	bool interrupt; /* who is pinned to a CPU does not keep it out */
};

static void meetings_clear(struct meetings *meetings, bool interrupt)
{
	memset(meetings, 0xff, sizeof(*meetings));
	meetings->interrupt = interrupt;
}

static void meet(const struct races *races, struct meetings *meetings,
		 uint32_t step, bool only_after)
{
	uint8_t task = races->step[step].task;
	uint32_t *known = &meetings->step[task];

	if (*known == step)
		meetings->only_after[task] &= only_after;
	if (*known == RACES_NONE || *known < step) {
		*known = step;
		meetings->only_after[task] = only_after;
	}
}

static void meet_late(const struct races *races, struct meetings *meetings,
		      uint32_t step)
{
	uint32_t *known = &meetings->late[races->step[step].task];

	if (*known == RACES_NONE || *known < step)
		*known = step;
}

/* It took the lock at @from, and gave it back at @to. */
static void meet_section(const struct races *races, struct meetings *meetings,
			 uint32_t from, uint32_t to)
{
	uint8_t task = races->step[from].task;

	if (meetings->from[task] == RACES_NONE) {
		meetings->from[task] = from;
		meetings->to[task] = to;
		return;
	}
	if (from < meetings->from[task])
		meetings->from[task] = from;
	if (to > meetings->to[task])
		meetings->to[task] = to;
}

/*
 * What a task did while it had the lock can come after the newest step only if
 * the task took the lock after it.
 */
static void meet_at_locks(const struct races *races, struct meetings *meetings)
{
	unsigned int i;

	for (i = 0; i < ENGINE_TASKS; i++) {
		uint32_t *step = &meetings->step[i];

		if (meetings->from[i] == RACES_NONE || *step == RACES_NONE ||
		    *step <= meetings->from[i] || *step > meetings->to[i])
			continue;
		meet_late(races, meetings, *step);
		*step = meetings->from[i];
		meetings->only_after[i] = false;
	}
}

/* Take out the newest of them. Returns: NONE if none is left. */
static uint32_t meetings_take(struct meetings *meetings, bool *only_after)
{
	uint32_t newest = RACES_NONE;
	unsigned int i, of = 0;

	for (i = 0; i < ENGINE_TASKS; i++)
		if (meetings->step[i] != RACES_NONE &&
		    (newest == RACES_NONE || meetings->step[i] > newest)) {
			newest = meetings->step[i];
			of = i;
		}
	*only_after = meetings->only_after[of];
	meetings->step[of] = RACES_NONE;
	return newest;
}

/* Nothing that is older than a store to all of it is met. */
static bool hides_older(const struct part *part, const struct part *other)
{
	return (other->how == TOUCH_WRITES || other->how == PART_LOCKS) &&
	       other->at <= part->at &&
	       other->at + other->size >= part->at + part->size;
}

/*
 * Who takes a lock races with who took it before: the unlock in between is no
 * more than an edge, and neither is a look at the lock while it was @held.
 */
static void meet_along(const struct races *races, const struct part *part,
		       uint32_t head, uint8_t task, bool held,
		       struct meetings *meetings)
{
	uint32_t at, to = RACES_NONE;

	for (at = races->head[head]; at != RACES_NONE;
	     at = races->link[at].next) {
		const struct races_link *link = &races->link[at];
		const struct part *other = &races->part[link->part];

		if (!parts_conflict(part, other))
			continue;
		if (other->how == PART_UNLOCKS &&
		    (part->how == PART_LOCKS || part->what == PART_CPUS)) {
			held = true;
			to = link->step;
		}
		if (other->how == PART_LOCKS && to != RACES_NONE &&
		    races->step[to].task == races->step[link->step].task &&
		    races->step[to].task != task &&
		    !(meetings->interrupt && part->what == PART_CPUS))
			meet_section(races, meetings, link->step, to);
		if (races->step[link->step].task == task)
			;
		else if (held && (other->how == PART_UNLOCKS ||
				  other->how == TOUCH_READS))
			meet_late(races, meetings, link->step);
		else
			meet(races, meetings, link->step, part->how == TOUCH_ENABLES);
		if (hides_older(part, other))
			break;
	}
}

static void meet_all(const struct races *races, const struct part *part,
		     uint8_t task, bool held, struct meetings *meetings)
{
	uint64_t at;

	for (at = part->at & ~7ULL; at < part->at + part->size; at += 8)
		meet_along(races, part, head_of(part, at), task, held,
			   meetings);
}

/* A step that depends on everything: the others' last ones. */
static void meet_everybody(const struct races *races, uint8_t task,
			   struct meetings *meetings)
{
	unsigned int i;

	for (i = 0; i < ENGINE_TASKS; i++)
		if (i != task && races->last[i] != RACES_NONE)
			meet(races, meetings, races->last[i], false);
}

static void meet_footprint(const struct races *races, const struct part *part,
			   unsigned int nr, uint8_t task,
			   struct meetings *meetings)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		meet_all(races, &part[i], task, false, meetings);
	for (i = 0; i < ENGINE_TASKS; i++)
		if (i != task && races->last[i] != RACES_NONE &&
		    races->step[races->last[i]].everything)
			meet(races, meetings, races->last[i], false);
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

	meet_at_locks(races, meetings);
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
		uint32_t head = head_of(part, at);
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
				     .stops = footprint->stops };
	meetings_clear(&meetings, footprint->interrupt);
	begin_clock(races, task, step->clock);
	if (enabled_by != RACES_NONE &&
	    gives_back(races, &races->step[enabled_by]))
		meet_late(races, &meetings, enabled_by);
	else if (enabled_by != RACES_NONE)
		join(step->clock, races->step[enabled_by].clock);
	meet_footprint(races, footprint->part, footprint->nr, task, &meetings);
	if (footprint->everything)
		meet_everybody(races, task, &meetings);
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
	meet_all(races, lock, task, true, &meetings);
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
