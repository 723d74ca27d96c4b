/* SPDX-License-Identifier: MIT */
/* meetings.c: see meetings.h. */
#include "meetings.h"

#include <string.h>

#include "hash.h"

uint32_t meetings_head(unsigned int what, bool reads, uint64_t at)
{
	uint32_t key = what * 2U + reads;

	return hash_word(hash_word(key, (uint32_t)(at >> 3)),
			 (uint32_t)(at >> 35)) &
	       (RACES_HEADS - 1);
}

void meetings_clear(struct meetings *meetings, bool interrupt)
{
	memset(meetings, 0xff, sizeof(*meetings));
	memset(meetings->only_after, 0, sizeof(meetings->only_after));
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

void meetings_add_late(const struct races *races, struct meetings *meetings,
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
void meetings_settle(const struct races *races, struct meetings *meetings)
{
	unsigned int i;

	for (i = 0; i < ENGINE_TASKS; i++) {
		uint32_t *step = &meetings->step[i];

		if (meetings->from[i] == RACES_NONE || *step == RACES_NONE ||
		    *step <= meetings->from[i] || *step > meetings->to[i])
			continue;
		meetings_add_late(races, meetings, *step);
		*step = meetings->from[i];
		meetings->only_after[i] = false;
	}
}

uint32_t meetings_take(struct meetings *meetings, bool *only_after)
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

/* Links to what @part may meet in eight bytes, newest first. */
struct link_walk {
	uint32_t at[2]; /* loads; all others */
	uint32_t others; /* tasks that could be met for the first time */
};

/* Returns: false if there are none. */
static bool link_walk_begin(struct link_walk *walk, const struct races *races,
			    const struct part *part, uint64_t at)
{
	walk->at[0] = part->how == TOUCH_READS ?
			      RACES_NONE :
			      races->head[meetings_head(part->what, true, at)];
	walk->at[1] = races->head[meetings_head(part->what, false, at)];
	return walk->at[0] != RACES_NONE || walk->at[1] != RACES_NONE;
}

/* Who could be met for the first time. */
static uint32_t others_of(const struct races *races, uint8_t task)
{
	uint32_t others = 0;
	unsigned int i;

	for (i = 0; i < ENGINE_TASKS; i++)
		others |= (uint32_t)(races->last[i] != RACES_NONE) << i;
	return others & ~(1U << task);
}

/* Returns: NULL if there is none. */
static const struct races_link *link_walk_next(struct link_walk *walk,
					       const struct races *races)
{
	const struct races_link *link;
	bool stores = walk->at[0] == RACES_NONE ||
		      (walk->at[1] != RACES_NONE && walk->at[1] > walk->at[0]);

	if (walk->at[stores] == RACES_NONE)
		return NULL;
	link = &races->link[walk->at[stores]];
	walk->at[stores] = link->next;
	return link;
}

/*
 * Who takes a lock races with who took it before: the unlock in between is no
 * more than an edge, and neither is a look at the lock while it was @held.
 */
static void meet_lock(const struct races *races, const struct part *part,
		      struct link_walk *walk, uint8_t task, bool held,
		      struct meetings *meetings)
{
	bool cpu = part->what == PART_CPUS;
	const struct races_link *link;
	uint32_t to = RACES_NONE;

	while ((link = link_walk_next(walk, races))) {
		const struct part *other = &races->part[link->part];
		uint8_t who = races->step[link->step].task;

		if (!parts_conflict(part, other))
			continue;
		if (other->how == PART_UNLOCKS &&
		    (part->how == PART_LOCKS || cpu)) {
			held = true;
			to = link->step;
		}
		if (other->how == PART_LOCKS && to != RACES_NONE &&
		    races->step[to].task == who && who != task &&
		    !(meetings->interrupt && cpu))
			meet_section(races, meetings, link->step, to);
		if (who != task && held &&
		    (other->how == PART_UNLOCKS || other->how == TOUCH_READS))
			meetings_add_late(races, meetings, link->step);
		else if (who != task)
			meet(races, meetings, link->step, false);
		if (hides_older(part, other))
			break;
	}
}

static void meet_memory(const struct races *races, const struct part *part,
			struct link_walk *walk, uint8_t task,
			struct meetings *meetings)
{
	const struct races_link *link;

	while (walk->others && (link = link_walk_next(walk, races))) {
		const struct part *other = &races->part[link->part];
		uint8_t who = races->step[link->step].task;

		if (!parts_conflict(part, other))
			continue;
		if (who != task)
			meet(races, meetings, link->step,
			     part->how == TOUCH_ENABLES);
		walk->others &= ~(1U << who);
		if (hides_older(part, other))
			break;
	}
}

void meetings_add_part(const struct races *races, const struct part *part,
		       uint8_t task, bool held, struct meetings *meetings)
{
	struct link_walk walk;
	uint64_t at;

	for (at = part->at & ~7ULL; at < part->at + part->size; at += 8) {
		if (!link_walk_begin(&walk, races, part, at))
			continue;
		walk.others = others_of(races, task);
		if (held || part->how == PART_LOCKS || part->what == PART_CPUS)
			meet_lock(races, part, &walk, task, held, meetings);
		else
			meet_memory(races, part, &walk, task, meetings);
	}
}

void meetings_add_everybody(const struct races *races, uint8_t task,
			    struct meetings *meetings)
{
	unsigned int i;

	for (i = 0; i < ENGINE_TASKS; i++)
		if (i != task && races->last[i] != RACES_NONE)
			meet(races, meetings, races->last[i], false);
}

void meetings_add_parts(const struct races *races, const struct part *part,
			unsigned int nr, uint8_t task,
			struct meetings *meetings)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		meetings_add_part(races, &part[i], task, false, meetings);
	for (i = 0; i < ENGINE_TASKS; i++)
		if (i != task && races->last[i] != RACES_NONE &&
		    races->step[races->last[i]].everything)
			meet(races, meetings, races->last[i], false);
}
