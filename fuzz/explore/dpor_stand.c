/* SPDX-License-Identifier: MIT */
/*
 * dpor_stand.c: steps that lead nowhere: a task that is where it has been. See
 * dpor_see.h.
 *
 * A task that retries until somebody else has done something goes round and round
 * until then, and each round more would be a class of schedules more, without end.
 * If it comes to an access of its operation with the stack and registers that it
 * had there before, has stored nothing in between, and nobody has stored to what
 * it loaded, then the next round is as the last one: it stands until somebody
 * does. What a loop counts in memory that is no access point is not seen.
 */
#include "dpor_see.h"

#include <string.h>

#define ROUND_STEPS 64 /* of a loop, at most */

/* It reads what frames have left, and what sanitizers keep between variables. */
#ifdef __clang__
#define UNWATCHED                                                              \
	__attribute__((no_sanitize("address", "memory", "thread", "undefined")))
#else
#define UNWATCHED __attribute__((no_sanitize("address", "thread", "undefined")))
#endif

/*
 * Its frames, callee-saved registers among them, as a number, the same in every
 * process that plays the program.
 */
UNWATCHED uint64_t dpor_position(const struct engine *engine,
				 const struct task *task)
{
	typedef uint64_t __attribute__((may_alias)) word;
	const volatile word *at = (const void *)task->frame;
	const uintptr_t stack = (uintptr_t)task->on->stack;
	const char *end = task->base;
	uint64_t hash = 0xcbf29ce484222325U;

	for (; (const char *)(at + 1) <= end; at++) {
		uint64_t value = *at;

		if (value - stack < task->on->size)
			value -= stack;
		else if (value - (uintptr_t)engine < sizeof(*engine))
			value -= (uintptr_t)engine;
		hash = (hash ^ value) * 0x9fb21c651e98df25U;
		hash ^= hash >> 32;
	}
	return hash | 1;
}

static bool stores_to(const struct races *races, const struct races_step *step,
		      const struct races_step *loop)
{
	unsigned int i, j;

	if (step->everything)
		return true;
	for (i = 0; i < step->nr; i++)
		for (j = 0; j < loop->nr; j++) {
			const struct part *a = &races->part[step->part + i];
			const struct part *b = &races->part[loop->part + j];

			if (a->what == TOUCH_MEMORY && parts_conflict(a, b))
				return true;
		}
	return false;
}

/* Has anybody stored to what a step of @task loaded, from @from on, since then? */
static bool is_stored_to(const struct races *races, uint8_t task, uint32_t from)
{
	uint32_t loop, at;

	for (loop = races->last[task]; loop != RACES_NONE && loop >= from;
	     loop = races->step[loop].before)
		for (at = loop + 1; at < races->nr; at++)
			if (races->step[at].task != task &&
			    stores_to(races, &races->step[at],
				      &races->step[loop]))
				return true;
	return false;
}

static bool is_round(const struct dpor *dpor, const struct engine *engine,
		     const struct task *task)
{
	const struct races *races = &dpor->races;
	struct met_mark mark = dpor_mark(task);
	uint32_t at = races->last[task->m.id];
	unsigned int steps;

	for (steps = 0; at != RACES_NONE && steps < ROUND_STEPS; steps++) {
		const struct races_step *step = &races->step[at];

		if (step->mark.place != mark.place || step->stores)
			return false;
		if (step->mark.mark == mark.mark && step->position &&
		    step->position == dpor_position(engine, task))
			return !is_stored_to(races, (uint8_t)task->m.id, at);
		at = step->before;
	}
	return false;
}

uint64_t dpor_going_on(const struct dpor *dpor, const struct engine *engine,
		       uint64_t now)
{
	uint64_t left = now;
	unsigned int i;

	for (i = 0; i < PROGRAM_TASKS; i++) {
		const struct task *task = &engine->tasks[i];

		if (now >> i & 1 && task->inside && task->m.site &&
		    is_round(dpor, engine, task))
			left &= ~(1ULL << i);
	}
	return left;
}
