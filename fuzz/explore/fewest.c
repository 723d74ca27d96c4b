/* SPDX-License-Identifier: MIT */
/*
 * fewest.c: see fewest.h. Breadth first, by cost: a place is how many steps each
 * task has made, and who has the CPU.
 */
#include "fewest.h"

#include <string.h>

#include "hash.h"

#define SLOTS (2 * FEWEST_PLACES)

struct place {
	uint16_t made[ENGINE_TASKS];
	uint8_t task;
};

struct places {
	unsigned int nr;
	uint32_t nr_now, nr_later;
	uint32_t now[FEWEST_PLACES]; /* to be gone on from, at this cost */
	uint32_t later[FEWEST_PLACES]; /* ... at one more */
	struct place place[FEWEST_PLACES];
	bool done[FEWEST_PLACES];
	uint32_t slot[SLOTS]; /* a place + 1, by hash; 0: none */
};

struct fewest {
	const struct races *races;
	const struct fewest_end *end;
	uint32_t first[ENGINE_TASKS + 1]; /* of a task's, in @step */
	uint32_t step[RACES_STEPS];
	struct places places;
};

/* ------------------------------------------------------------------- places */

static uint32_t place_hash(const struct place *place)
{
	uint32_t hash = hash_word(HASH_START, place->task);
	unsigned int i;

	for (i = 0; i < ENGINE_TASKS; i++)
		hash = hash_word(hash, place->made[i]);
	return hash;
}

/* Returns: its number; FEWEST_PLACES if there is no room. */
static uint32_t place_number(struct places *places, const struct place *place)
{
	uint32_t at = place_hash(place) % SLOTS;

	for (; places->slot[at]; at = (at + 1) % SLOTS)
		if (!memcmp(&places->place[places->slot[at] - 1], place,
			    sizeof(*place)))
			return places->slot[at] - 1;
	if (places->nr == FEWEST_PLACES)
		return FEWEST_PLACES;
	places->place[places->nr] = *place;
	places->done[places->nr] = false;
	places->slot[at] = ++places->nr;
	return places->nr - 1;
}

/* Returns: false if there is no room. */
static bool reach(struct places *places, const struct place *place, bool later)
{
	uint32_t nr = place_number(places, place);

	if (nr == FEWEST_PLACES)
		return false;
	if (places->done[nr])
		return true;
	if (later && places->nr_later < FEWEST_PLACES)
		places->later[places->nr_later++] = nr;
	else if (!later && places->nr_now < FEWEST_PLACES)
		places->now[places->nr_now++] = nr;
	else
		return false;
	return true;
}

/* -------------------------------------------------------------------- steps */

/* Tasks' steps, each in order. */
static void sort_steps(struct fewest *fewest)
{
	const struct races *races = fewest->races;
	unsigned int task, i, nr = 0;

	for (task = 0; task < ENGINE_TASKS; task++) {
		fewest->first[task] = nr;
		for (i = 0; i < races->nr; i++)
			if (races->step[i].task == task)
				fewest->step[nr++] = i;
	}
	fewest->first[ENGINE_TASKS] = nr;
}

/* The next one of @task; NULL if it has made all. */
static const struct races_step *
next_step(const struct fewest *fewest, const struct place *place, uint8_t task)
{
	uint32_t at = fewest->first[task] + place->made[task];

	return at < fewest->first[task + 1] ?
		       &fewest->races->step[fewest->step[at]] :
		       NULL;
}

static bool can_make(const struct fewest *fewest, const struct place *place,
		     uint8_t task)
{
	const struct races_step *step = next_step(fewest, place, task);
	unsigned int i;

	for (i = 0; step && i < ENGINE_TASKS; i++)
		if (i != task && step->clock[i] > place->made[i])
			return false;
	return step;
}

static bool made_all(const struct fewest *fewest, const struct place *place)
{
	uint8_t task;

	for (task = 0; task < ENGINE_TASKS; task++)
		if (next_step(fewest, place, task))
			return false;
	return true;
}

/* The lock that @step takes; NULL: it takes none. */
static const struct part *lock_of(const struct fewest *fewest,
				  const struct races_step *step)
{
	const struct part *part = &fewest->races->part[step->part];
	unsigned int i;

	for (i = 0; i < step->nr; i++)
		if (part[i].what == TOUCH_MEMORY && part[i].how == PART_LOCKS)
			return &part[i];
	return NULL;
}

/* Does @step leave @lock taken, or free? @held stays if it does neither. */
static void follow_lock(const struct fewest *fewest,
			const struct races_step *step, const struct part *lock,
			bool *held)
{
	const struct part *part = &fewest->races->part[step->part];
	unsigned int i;

	for (i = 0; i < step->nr; i++)
		if (part[i].how != TOUCH_READS && parts_overlap(&part[i], lock))
			*held = part[i].how != PART_UNLOCKS;
}

/* May somebody have @lock? */
static bool is_held(const struct fewest *fewest, const struct place *place,
		    const struct part *lock)
{
	unsigned int task, i;

	for (task = 0; task < ENGINE_TASKS; task++) {
		const uint32_t *step = &fewest->step[fewest->first[task]];
		bool held = false;

		for (i = 0; i < place->made[task]; i++)
			follow_lock(fewest, &fewest->races->step[step[i]], lock,
				    &held);
		if (held)
			return true;
	}
	return false;
}

/* What it costs to leave who has the CPU. */
static bool costs(const struct fewest *fewest, const struct place *place)
{
	const struct races_step *step = next_step(fewest, place, place->task);
	const struct part *lock;

	if (!step)
		return fewest->end->left >> place->task & 1;
	lock = step->left ? lock_of(fewest, step) : NULL;
	return step->left && !(lock && is_held(fewest, place, lock));
}

static bool interrupts(const struct fewest *fewest, uint8_t task)
{
	return fewest->end->interrupts >> task & 1;
}

/* --------------------------------------------------------------- the search */

/* Who could go on from @from? Returns: false if there is no room. */
static bool go_on_from(struct fewest *fewest, const struct place *from)
{
	bool later = costs(fewest, from), room = true;
	uint8_t task;

	for (task = 0; task < ENGINE_TASKS; task++) {
		struct place place = *from;

		if (!can_make(fewest, from, task))
			continue;
		place.made[task]++;
		if (!interrupts(fewest, task))
			place.task = task;
		room &= reach(&fewest->places, &place,
			      later && place.task != from->task);
	}
	return room;
}

/* All that costs no more. Returns: true if that is enough, or too much. */
static bool within_cost(struct fewest *fewest)
{
	struct places *places = &fewest->places;

	while (places->nr_now) {
		uint32_t nr = places->now[--places->nr_now];
		struct place place = places->place[nr];

		if (places->done[nr])
			continue;
		places->done[nr] = true;
		if (made_all(fewest, &place) || !go_on_from(fewest, &place))
			return true;
	}
	return false;
}

static void begin(struct fewest *fewest)
{
	struct places *places = &fewest->places;
	struct place place;
	uint8_t task;

	places->nr = places->nr_now = places->nr_later = 0;
	memset(places->slot, 0, sizeof(places->slot));
	for (task = 0; task < ENGINE_TASKS; task++) {
		memset(&place, 0, sizeof(place));
		place.task = task;
		if (next_step(fewest, &place, task))
			reach(places, &place, false);
	}
}

bool fewest_within(const struct races *races, const struct fewest_end *end,
		   unsigned int most)
{
	static struct fewest fewest;
	struct places *places = &fewest.places;
	unsigned int cost;

	fewest.races = races;
	fewest.end = end;
	sort_steps(&fewest);
	begin(&fewest);
	for (cost = 0; cost <= most; cost++) {
		if (within_cost(&fewest))
			return true;
		memcpy(places->now, places->later,
		       places->nr_later * sizeof(places->now[0]));
		places->nr_now = places->nr_later;
		places->nr_later = 0;
	}
	return false;
}
