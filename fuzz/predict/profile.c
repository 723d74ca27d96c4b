/* SPDX-License-Identifier: MIT */
/* profile.c: see profile.h. */
#include "profile.h"

#include <string.h>

#include "hash.h"

#define SLOTS (4U * PROFILE_SPOTS) /* a power of two */
#define OF_PAGE (1ULL << 63) /* no address has it */

/* Where spots of the profile that is being made stand; 0: nowhere, else one more. */
struct slots {
	struct profile *profile;
	uint16_t slot[SLOTS];
};

static struct slots *slots_for(struct profile *profile)
{
	static struct slots slots; /* too large for a stack */

	profile->nr = 0;
	slots.profile = profile;
	memset(slots.slot, 0, sizeof(slots.slot));
	return &slots;
}

/* The spot @at; with @mark, if @marked. Returns: NULL if there is no room. */
static struct spot *spot_at(struct slots *slots, uint64_t at, uint32_t mark,
			    bool marked)
{
	struct profile *profile = slots->profile;
	uint32_t hash = hash_word(hash_word(HASH_START, (uint32_t)at),
				  (uint32_t)(at >> 32) + (marked ? mark : 0));
	struct spot *spot;

	for (;; hash++) {
		uint16_t *slot = &slots->slot[hash % SLOTS];

		if (!*slot) {
			if (profile->nr == PROFILE_SPOTS)
				return NULL;
			spot = &profile->spots[profile->nr++];
			*spot = (struct spot){ .at = at };
			*slot = (uint16_t)profile->nr;
			return spot;
		}
		spot = &profile->spots[*slot - 1];
		if (spot->at == at && (!marked || spot->mark == mark))
			return spot;
	}
}

static uint64_t spot_of(const struct step *step)
{
	uint64_t at = (uintptr_t)step->addr >> 2;

	if (step->site->kind == MACHINE_LOCKS ||
	    step->site->kind == MACHINE_UNLOCKS)
		at |= SPOT_LOCK;
	return at;
}

static void add_access(struct slots *slots, uint64_t at, uint32_t mark,
		       const struct step *step)
{
	struct spot *spot = spot_at(slots, at, mark, true);

	if (!spot || spot->mark)
		return;
	spot->mark = mark;
	spot->value = at & OF_PAGE ? 0 : step->old;
	spot->point = step->point;
	spot->op = step->op;
}

/* Which of them are of the last point of their operation. */
static void mark_last(struct profile *profile, const struct record *record,
		      unsigned int task)
{
	uint16_t points[UINT8_MAX + 1] = { 0 };
	unsigned int i;

	for (i = 0; i < record->nr; i++) {
		const struct step *step = &record->steps[i];

		if (!step->setup && step->task == task &&
		    step->point > points[step->op])
			points[step->op] = step->point;
	}
	for (i = 0; i < profile->nr; i++)
		profile->spots[i].last = profile->spots[i].point >=
					 points[profile->spots[i].op];
}

void profile_accesses(struct profile *profile, const struct record *record,
		      unsigned int task)
{
	struct slots *slots = slots_for(profile);
	unsigned int i, page;

	for (i = 0; i < record->nr; i++) {
		const struct step *step = &record->steps[i];
		uint32_t mark;
		int pfn;

		if (step->setup || step->task != task ||
		    step->kind != STEP_ACCESS || !step->addr)
			continue;
		mark = step->site->name_hash;
		add_access(slots, spot_of(step), mark, step);
		pfn = step_page(record->target, step);
		if (pfn >= 0)
			add_access(slots, OF_PAGE | (unsigned int)pfn, mark,
				   step);
		for (page = 0; page < step->nr_moved; page++)
			add_access(slots,
				   OF_PAGE | ((unsigned int)step->moved + page),
				   mark, step);
	}
	mark_last(profile, record, task);
}

/* Not a lock that was not had, a count that stayed: those only look. */
static bool step_stores(const struct step *step)
{
	if (step->site->kind == MACHINE_RMWS)
		return step->old != step->new;
	if (step->site->kind == MACHINE_TRYLOCKS)
		return step->new;
	return step_writes(step);
}

static uint32_t mark_of(const struct step *step,
			const struct program_list *list)
{
	const struct program_op *op = &list->ops[step->op];

	return hash_word(step->site->name_hash,
			 op->op | (uint32_t)op->order << 8 |
				 (uint32_t)op->compound << 16);
}

/* @by: of each spot, whose store was last; @op stores there. */
static void add_store(struct slots *slots, uint8_t *by, uint64_t at,
		      uint32_t mark, uint64_t value, uint8_t op)
{
	struct spot *spot = spot_at(slots, at, 0, false);
	size_t nr;

	if (!spot)
		return;
	nr = (size_t)(spot - slots->profile->spots);
	if (spot->mark && by[nr] != op)
		spot->before = spot->mark;
	spot->mark = mark;
	spot->value = value;
	by[nr] = op;
}

void profile_stores(struct profile *profile, const struct record *record,
		    const struct program_list *list, unsigned int task)
{
	static uint8_t by[PROFILE_SPOTS];
	struct slots *slots = slots_for(profile);
	unsigned int i, page;

	for (i = 0; i < record->nr; i++) {
		const struct step *step = &record->steps[i];
		uint32_t mark;

		if (step->setup || step->task != task || !step->site)
			continue;
		mark = mark_of(step, list);
		if (step->kind == STEP_ACCESS && step->addr &&
		    step_stores(step))
			add_store(slots, by, spot_of(step), mark, step->new,
				  step->op);
		for (page = 0; page < step->nr_moved; page++)
			add_store(slots, by,
				  OF_PAGE | ((unsigned int)step->moved + page),
				  mark, 0, step->op);
	}
}
