/* SPDX-License-Identifier: MIT */
/* meets.c: see meets.h. */
#include "meets.h"

#include <string.h>

#include "dpor_see.h"
#include "effect.h"

#define MEETS_PARTS 8 /* of a step */

static struct meets *meets_of(struct observer *observer)
{
	return (struct meets *)(void *)observer;
}

static void meets_reset(struct observer *observer, const struct engine *engine)
{
	struct meets *meets = meets_of(observer);
	unsigned int i;

	meets->nr = 0;
	meets->owed = MEETS_NONE;
	meets->spares = engine->target->cache_entry &&
			dpor_spares(engine->program, engine->target);
	memset(meets->last, 0, sizeof(meets->last));
	memset(meets->between, true, sizeof(meets->between));
	memset(meets->head, 0, sizeof(meets->head));
	for (i = 0; i < TARGET_INDEX_MAX; i++)
		meets->stands[i] = TARGET_NO_PAGE;
}

static void add_meet(struct meets *meets, unsigned int step, unsigned int what,
		     unsigned int how, uint64_t at, size_t size)
{
	uint16_t *head = &meets->head[step % MEETS_HEADS];

	if (meets->nr == MEETS_MAX)
		return;
	meets->meet[meets->nr++] = (struct meet){
		.part = { at, (uint32_t)size, (uint8_t)what, (uint8_t)how },
		.step = step,
		.next = *head,
	};
	*head = (uint16_t)meets->nr;
}

/*
 * Where pages stand now; which of them did not, before step @at. Who has late
 * stores sees more than others: what they see is looked at when they run, and is
 * owed to his last step.
 */
static void look_at_indices(struct meets *meets, const struct engine *engine,
			    unsigned int at)
{
	const struct weak *weak = &engine->weak;
	unsigned int index;

	if (weak->on && weak->tasks[engine->current->m.id].nr_notes) {
		meets->owed = at;
		return;
	}
	if (meets->owed != MEETS_NONE)
		at = meets->owed;
	meets->owed = MEETS_NONE;
	POSITIONS_EACH(index, &engine->scene.books.positions)
	{
		int page = history_page(engine->target, index);

		if (page != meets->stands[index] && !engine->hands_off)
			add_meet(meets, at, TOUCH_INDICES, TOUCH_WRITES, index,
				 1);
		meets->stands[index] = (int16_t)page;
	}
}

/* A look-up that gets a reference has a look where the page stands. */
static bool gets_reference(const struct engine *engine,
			   const struct access *access)
{
	return access->kind == MACHINE_RMWS && access->old != access->new &&
	       engine->scene.history.ops[access->task].kind == HISTORY_LOOKUP;
}

/* The running task has made a step, which the record has. */
static void meets_step(struct observer *observer, const struct engine *engine)
{
	struct meets *meets = meets_of(observer);

	meets->last[engine->current->m.id] = meets->record->nr - 1;
}

static void meets_begin(struct observer *observer, const struct engine *engine,
			enum operation op, const struct op_args *args)
{
	(void)op, (void)args;
	meets_of(observer)->between[engine->current->m.id] = false;
	meets_step(observer, engine);
}

static void meets_end(struct observer *observer, const struct engine *engine,
		      const struct op_result *result)
{
	(void)result;
	meets_step(observer, engine);
}

static void meets_settled(struct observer *observer,
			  const struct engine *engine, enum operation op,
			  const struct op_result *result)
{
	(void)op, (void)result;
	meets_of(observer)->between[engine->current->m.id] = true;
}

static void look_at_use(struct meets *meets, const struct engine *engine,
			const struct access *access, unsigned int at)
{
	int page = dpor_page_used(engine, access);
	unsigned int index;

	for (index = 0; page >= 0 && index < TARGET_INDEX_MAX; index++)
		if (meets->stands[index] == page)
			add_meet(meets, at, TOUCH_INDICES, TOUCH_WRITES, index,
				 1);
}

static void meets_access(struct observer *observer, const struct engine *engine,
			 const struct access *access)
{
	struct meets *meets = meets_of(observer);
	unsigned int at = meets->record->nr - 1;

	meets_step(observer, engine);
	if (!engine->target->cache_entry || meets->record->dropped)
		return;
	if (gets_reference(engine, access))
		add_meet(meets, at, TOUCH_INDICES, TOUCH_READS, 0,
			 TARGET_INDEX_MAX);
	if (meets->spares && !engine->hands_off)
		look_at_use(meets, engine, access, at);
	look_at_indices(meets, engine, at);
}

/* A late store is seen: now it is where pages stand that may be different. */
static void meets_landed(struct observer *observer, const struct engine *engine,
			 const struct access *access, const struct site *site)
{
	struct meets *meets = meets_of(observer);
	unsigned int at;

	(void)access, (void)site;
	if (!engine->target->cache_entry || !meets->record->nr_landings ||
	    meets->record->nr_landings == RECORD_LANDINGS)
		return;
	at = effect_landed(meets->record, meets->record->nr_landings - 1);
	if (at < meets->record->nr)
		look_at_indices(meets, engine, at);
}

static void meets_touch(struct observer *observer, const struct engine *engine,
			const struct touch *touch)
{
	struct meets *meets = meets_of(observer);
	const struct machine_task *m = &engine->current->m;
	unsigned int at = meets->last[m->id];

	if (engine->hands_off || touch->what > TOUCH_WAITERS)
		return;
	if (meets->between[m->id] || (touch->what == TOUCH_WAITERS && m->site &&
				      m->site->kind == MACHINE_WAKES))
		at = meets->record->nr; /* it is made next */
	add_meet(meets, at, touch->what, touch->how, touch->at, touch->size);
}

struct observer *meets_observer(struct meets *meets,
				const struct record *record)
{
	meets->record = record;
	meets->observer = (struct observer){ .reset = meets_reset,
					     .begin = meets_begin,
					     .access = meets_access,
					     .landed = meets_landed,
					     .dead_access = meets_step,
					     .touch = meets_touch,
					     .end = meets_end,
					     .settled = meets_settled };
	return &meets->observer;
}

bool step_only_looks(const struct step *step)
{
	switch (step->site->kind) {
	case MACHINE_LOADS:
		return true;
	case MACHINE_RMWS:
		return step->old == step->new;
	case MACHINE_TRYLOCKS:
		return step->old;
	default:
		return false;
	}
}

bool step_takes_lock(const struct step *step)
{
	return step->kind == STEP_ACCESS &&
	       (step->site->kind == MACHINE_LOCKS ||
		(step->site->kind == MACHINE_TRYLOCKS && !step->old));
}

static bool is_of_lock(const struct step *step)
{
	return step_takes_lock(step) || step->site->kind == MACHINE_UNLOCKS;
}

static struct part part_of_step(const struct step *step)
{
	return (struct part){ (uintptr_t)step->addr, step->site->size,
			      TOUCH_MEMORY,
			      step_only_looks(step) ? TOUCH_READS :
						      TOUCH_WRITES };
}

static bool is_access(const struct step *step)
{
	return step->kind == STEP_ACCESS && step->addr && step->site->size;
}

/* Parts of step @at, into @part. Returns: how many. */
static unsigned int parts_of(const struct meets *meets, unsigned int at,
			     struct part part[MEETS_PARTS])
{
	const struct step *step = &meets->record->steps[at];
	unsigned int nr = 0, i;

	if (is_access(step))
		part[nr++] = part_of_step(step);
	for (i = meets->head[at % MEETS_HEADS]; i && nr < MEETS_PARTS;
	     i = meets->meet[i - 1].next)
		if (meets->meet[i - 1].step == at)
			part[nr++] = meets->meet[i - 1].part;
	return nr;
}

static bool both_of_lock(const struct step *a, const struct step *b)
{
	return is_access(a) && is_access(b) && is_of_lock(a) && is_of_lock(b);
}

bool meets_conflict(const struct meets *meets, unsigned int a, unsigned int b)
{
	const struct step *one = &meets->record->steps[a];
	const struct step *two = &meets->record->steps[b];
	struct part of_one[MEETS_PARTS], of_two[MEETS_PARTS];
	unsigned int nr_one, nr_two, i, j;

	if (one->task == two->task || both_of_lock(one, two))
		return false;
	nr_one = parts_of(meets, a, of_one);
	nr_two = parts_of(meets, b, of_two);
	for (i = 0; i < nr_one; i++)
		for (j = 0; j < nr_two; j++)
			if (parts_conflict(&of_one[i], &of_two[j]))
				return true;
	return false;
}
