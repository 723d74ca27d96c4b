/* SPDX-License-Identifier: MIT */
/*
 * effect.c: see effect.h. A step has a time for itself, then one for each store that
 * is seen before the next step, and each of these one right before it.
 */
#include "effect.h"

#define EFFECT_STEP (4 * RECORD_LANDINGS) /* times from one step to the next */

static uint32_t time_of_step(unsigned int at)
{
	return (at + 1) * EFFECT_STEP;
}

static uint32_t time_of_landing(const struct record *record, unsigned int nr)
{
	return record->landings[nr].after * EFFECT_STEP + 2 * (nr + 1);
}

/* Is that the store of late step @step, or another one of its kind? */
static bool is_landing_of(const struct landing *landing,
			  const struct step *step)
{
	return landing->task == step->task && landing->site == step->site &&
	       landing->addr == step->addr;
}

static bool is_late(const struct step *step)
{
	return step->kind == STEP_ACCESS && step->reordered & STEP_LATE;
}

/* Stores of one task to one place are seen in their order. Returns: RECORD_LANDINGS: none. */
static unsigned int landing_of(const struct record *record, unsigned int at)
{
	const struct step *steps = record->steps, *step = &steps[at];
	unsigned int i, before = 0;

	for (i = 0; i < at; i++)
		before += is_late(&steps[i]) && steps[i].task == step->task &&
			  steps[i].site == step->site &&
			  steps[i].addr == step->addr;
	for (i = 0; i < record->nr_landings; i++)
		if (is_landing_of(&record->landings[i], step) && !before--)
			return i;
	return RECORD_LANDINGS;
}

unsigned int effect_landed(const struct record *record, unsigned int landing)
{
	const struct landing *it = &record->landings[landing];
	unsigned int i;

	for (i = it->after < record->nr ? it->after : record->nr; i-- > 0;)
		if (is_late(&record->steps[i]) &&
		    is_landing_of(it, &record->steps[i]) &&
		    landing_of(record, i) == landing)
			return i;
	return record->nr;
}

/* Does step @step store there, and is there another value then? */
static bool stores_to(const struct step *step, const struct step *load)
{
	uintptr_t at = (uintptr_t)step->addr, to = (uintptr_t)load->addr;

	if (step->kind != STEP_ACCESS || step->setup || step->dead ||
	    at >= to + load->site->size || to >= at + step->site->size)
		return false;
	return step->site->kind == MACHINE_STORES ||
	       (step->site->kind == MACHINE_RMWS && step->old != step->new);
}

static uint32_t time_of_store(const struct record *record, unsigned int at)
{
	unsigned int landing;

	if (!is_late(&record->steps[at]))
		return time_of_step(at);
	landing = landing_of(record, at);
	return landing == RECORD_LANDINGS ? EFFECT_NEVER :
					    time_of_landing(record, landing);
}

/* The last store to where @load loads that took effect before @time; nr: none. */
static unsigned int store_before(const struct record *record,
				 const struct step *load, uint32_t time)
{
	unsigned int i, last = record->nr;
	uint32_t newest = 0, it;

	for (i = 0; i < record->nr; i++) {
		if (!stores_to(&record->steps[i], load))
			continue;
		it = time_of_store(record, i);
		if (it >= time || it < newest)
			continue;
		newest = it;
		last = i;
	}
	return last;
}

unsigned int effect_missed(const struct record *record, unsigned int at)
{
	const struct step *load = &record->steps[at];
	unsigned int back = load->reordered & STEP_BACK, store = record->nr;
	uint32_t time = time_of_step(at);

	for (; back; back--) {
		store = store_before(record, load, time);
		if (store == record->nr)
			break;
		time = time_of_store(record, store);
	}
	return store;
}

uint32_t effect_time(const struct record *record, unsigned int at)
{
	const struct step *step = &record->steps[at];
	unsigned int store;

	if (at >= record->nr)
		return EFFECT_NEVER;
	if (step->kind != STEP_ACCESS || !step->reordered)
		return time_of_step(at);
	if (step->reordered & STEP_LATE)
		return time_of_store(record, at);
	store = effect_missed(record, at);
	return store == record->nr ? time_of_step(at) :
				     time_of_store(record, store) - 1;
}
