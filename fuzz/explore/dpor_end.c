/* SPDX-License-Identifier: MIT */
/*
 * dpor_end.c: the end of a run, and what could have come after it. See dpor.h.
 */
#include "dpor_see.h"
#include "fewest.h"

/* A step of @choice that was not chosen: what races with it? */
static void end_tail(struct dpor *dpor)
{
	unsigned int nr, i;

	if (dpor->tail == TAIL_AHEAD || !dpor->footprint.nr ||
	    !races_has_room(&dpor->races))
		return;
	nr = races_push(&dpor->races, TASK_RCU, TASK_RCU, RACES_NONE,
			&dpor->footprint, dpor->found);
	for (i = 0; i < nr; i++)
		dpor_backtrack(dpor, &dpor->found[i]);
	races_cut(&dpor->races, dpor->races.nr - 1);
}

/* They wait for a lock that they will never get: who took it before them? */
static void end_blocked(struct dpor *dpor, const struct engine *engine)
{
	unsigned int i, j, nr;

	for (i = 0; i < PROGRAM_TASKS; i++) {
		const struct task *task = &engine->tasks[i];
		struct part lock = { .how = PART_LOCKS, .what = TOUCH_MEMORY };

		if (!task->inside || !sched_stands(task) ||
		    task->m.site->kind != MACHINE_LOCKS)
			continue;
		lock.at = dpor_place(engine, (uintptr_t)task->m.addr);
		lock.size = task->m.site->size;
		nr = races_of_blocked(&dpor->races, (uint8_t)i, (uint8_t)i,
				      &lock, dpor->found);
		for (j = 0; j < nr; j++)
			dpor_backtrack(dpor, &dpor->found[j]);
	}
}

void dpor_end_run(struct dpor *dpor, const struct engine *engine)
{
	if (dpor->at <= dpor->races.nr)
		return;
	/* What would have come after a finding was not seen. */
	dpor->footprint.everything |= !engine ||
				      (engine->over && !engine->hands_off);
	dpor_end_step(dpor, engine, 0);
	footprint_clear(&dpor->footprint);
}

bool dpor_played(struct dpor *dpor, struct engine *engine)
{
	if (dpor->blocked) {
		/* Who sleeps has nothing to do with who waits for whom. */
		end_blocked(dpor, engine);
		dpor->redundant++;
		return false;
	}
	dpor_end_run(dpor, engine);
	end_tail(dpor);
	end_blocked(dpor, engine);
	dpor->cut += dpor->short_of_room;
	dpor->schedules++;
	if (dpor->near && dpor->schedules <= DPOR_NOTED)
		near_add(dpor->near, &dpor->races);
	return true;
}

bool dpor_within(const struct dpor *dpor, const struct engine *engine,
		 unsigned int most)
{
	struct fewest_end end = { 0, 0 };
	unsigned int i;

	for (i = 0; i < PROGRAM_TASKS; i++)
		end.left |=
			(uint32_t)(dpor_is_left(engine, &engine->tasks[i]) &&
				   !sched_stands(&engine->tasks[i]))
			<< i;
	for (i = 0; i < dpor->nr_irqs; i++)
		end.interrupts |= 1U << dpor->irq_task[i];
	return fewest_within(&dpor->races, &end, most);
}

void dpor_died(struct dpor *dpor)
{
	if (dpor->stale) {
		dpor_restored(dpor, NULL);
		return;
	}
	dpor_end_run(dpor, NULL);
	end_tail(dpor);
	dpor->schedules++;
}
