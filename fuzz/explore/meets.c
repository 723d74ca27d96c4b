/* SPDX-License-Identifier: MIT */
/* meets.c: see meets.h. */
#include "meets.h"

#include <string.h>

static struct meets *meets_of(struct observer *observer)
{
	return (struct meets *)(void *)observer;
}

static void meets_reset(struct observer *observer, const struct engine *engine)
{
	struct meets *meets = meets_of(observer);

	(void)engine;
	meets->nr = 0;
	memset(meets->last, 0, sizeof(meets->last));
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
	meets_step(observer, engine);
}

static void meets_access(struct observer *observer, const struct engine *engine,
			 const struct access *access)
{
	(void)access;
	meets_step(observer, engine);
}

static void meets_touch(struct observer *observer, const struct engine *engine,
			const struct touch *touch)
{
	struct meets *meets = meets_of(observer);

	if (touch->what != TOUCH_MEMORY || engine->hands_off ||
	    meets->nr == MEETS_MAX)
		return;
	meets->meet[meets->nr++] = (struct meet){
		.part = { touch->at, (uint32_t)touch->size, TOUCH_MEMORY,
			  (uint8_t)touch->how },
		.step = meets->last[engine->current->m.id],
	};
}

struct observer *meets_observer(struct meets *meets,
				const struct record *record)
{
	meets->record = record;
	meets->observer = (struct observer){ .reset = meets_reset,
					     .begin = meets_begin,
					     .access = meets_access,
					     .dead_access = meets_step,
					     .touch = meets_touch };
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

/* Did step @at meet @step by what no access tells? */
static bool met_beside(const struct meets *meets, unsigned int at,
		       const struct step *step)
{
	struct part part;
	unsigned int i;

	if (!is_access(step))
		return false;
	part = part_of_step(step);
	for (i = 0; i < meets->nr; i++)
		if (meets->meet[i].step == at &&
		    parts_conflict(&meets->meet[i].part, &part))
			return true;
	return false;
}

bool meets_conflict(const struct meets *meets, unsigned int a, unsigned int b)
{
	const struct step *one = &meets->record->steps[a];
	const struct step *two = &meets->record->steps[b];
	struct part part[2];

	if (one->task == two->task)
		return false;
	if (is_access(one) && is_access(two) &&
	    !(is_of_lock(one) && is_of_lock(two))) {
		part[0] = part_of_step(one);
		part[1] = part_of_step(two);
		if (parts_conflict(&part[0], &part[1]))
			return true;
	}
	return meets->nr &&
	       (met_beside(meets, a, two) || met_beside(meets, b, one));
}
