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
#define LANES 4 /* of a hash, which wait for one another no longer */

/* It reads what frames have left, and what sanitizers keep between variables. */
#ifdef __clang__
#define UNWATCHED                                                              \
	__attribute__((no_sanitize("address", "memory", "thread", "undefined")))
#else
#define UNWATCHED __attribute__((no_sanitize("address", "thread", "undefined")))
#endif

/* Where a process has what differs from one to another. */
struct frames {
	uint64_t stack, stack_size, engine;
};

UNWATCHED static inline uint64_t place_of(const struct frames *frames,
					  uint64_t value)
{
	if (value - frames->stack < frames->stack_size)
		return value - frames->stack;
	if (value - frames->engine < sizeof(struct engine))
		return value - frames->engine;
	return value;
}

UNWATCHED static inline uint64_t mixed(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9fb21c651e98df25U;
	return hash ^ hash >> 32;
}

/*
 * Its frames, callee-saved registers among them, as a number, the same in every
 * process that plays the program.
 */
UNWATCHED uint64_t dpor_position(const struct engine *engine,
				 const struct task *task)
{
	typedef uint64_t __attribute__((may_alias)) word;
	const volatile word *at = (const void *)task->frame;
	const size_t nr =
		(size_t)((const char *)task->base - (const char *)task->frame) /
		sizeof(*at);
	const struct frames frames = { (uintptr_t)task->on->stack,
				       task->on->size, (uintptr_t)engine };
	uint64_t lane[LANES] = { 1, 2, 3, 4 };
	size_t i, j;

	for (i = 0; i + LANES <= nr; i += LANES)
		for (j = 0; j < LANES; j++)
			lane[j] = mixed(lane[j], place_of(&frames, at[i + j]));
	for (; i < nr; i++)
		lane[0] = mixed(lane[0], place_of(&frames, at[i]));
	for (i = 1; i < LANES; i++)
		lane[0] = mixed(lane[0], lane[i]);
	return lane[0] | 1;
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
	uint32_t at = races->last[task->m.id], mark = 0;
	unsigned int steps;

	for (steps = 0; at != RACES_NONE && steps < ROUND_STEPS; steps++) {
		const struct races_step *step = &races->step[at];

		if (step->mark.place != task->op || step->stores)
			return false;
		if (!mark)
			mark = met_mark(task).mark;
		if (step->mark.mark == mark && step->position &&
		    step->position == dpor_position(engine, task))
			return !is_stored_to(races, (uint8_t)task->m.id, at);
		at = step->before;
	}
	return false;
}

uint64_t dpor_going_on(const struct dpor *dpor, const struct engine *engine,
		       uint64_t now)
{
	uint64_t left = now & ((1U << PROGRAM_TASKS) - 1);

	for (; left; left &= left - 1) {
		const struct task *task = &engine->tasks[__builtin_ctzll(left)];

		if (task->inside && task->m.site &&
		    is_round(dpor, engine, task))
			now &= ~(1ULL << task->m.id);
	}
	return now;
}
