/* SPDX-License-Identifier: MIT */
/*
 * machine_threads.c: what threads of user space ask of the machine beside what
 * kernel code does: to begin, to rest, to end all of it. See target.h, threads.
 * And what is said of a thread to those who look for races.
 */
#include "machine.h"

#include "border.h"
#include "inside.h"

/* No loop: it goes on when it has the CPU again, whatever happened. */
void machine_rest(struct site *site)
{
	struct engine *engine = machine_engine();
	unsigned int rounds = engine->rounds;

	machine_before(site, NULL, NULL);
	border_to_engine(engine);
	if (engine->current->gave_way_at != sched_current_point(engine))
		sched_relax(engine);
	if (engine->rounds > rounds) /* who sleeps is not stuck */
		engine->rounds = rounds;
	border_to_target(engine);
	machine_after(0, 0);
}

/* The task that did least so far. */
static struct task *idle_task(struct engine *engine)
{
	struct task *found = NULL;
	int i;

	for (i = 1; i < PROGRAM_TASKS; i++) {
		struct task *task = &engine->tasks[i];

		if (task->state == TASK_IDLE &&
		    (!found || task->lives < found->lives))
			found = task;
	}
	return found;
}

int machine_spawn(struct site *site)
{
	struct engine *engine = machine_engine();
	struct task *task;

	machine_before(site, NULL, NULL);
	border_to_engine(engine);
	task = idle_task(engine);
	if (task) {
		task->state = TASK_READY;
		order_wake(&engine->order, task->m.id);
		observe_touch(engine, TOUCH_WAITERS, (uintptr_t)task, 1,
			      TOUCH_ENABLES);
	}
	border_to_target(engine);
	machine_after(0, 0);
	return task ? task->m.id : -1;
}

void machine_spawned(void)
{
	struct engine *engine = machine_engine();

	order_woken(&engine->order, engine->current->m.id);
	observe_touch(engine, TOUCH_WAITERS, (uintptr_t)engine->current, 1,
		      TOUCH_ENABLES);
}

void machine_touch(const volatile void *addr, size_t size)
{
	observe_touch(machine_engine(), TOUCH_MEMORY, (uintptr_t)addr, size,
		      TOUCH_WRITES);
}

void machine_bug_of(const char *id, const volatile void *object)
{
	struct finding finding = checker_finding(&checker_target_bug, id);

	finding.object = object;
	border_to_engine(machine_engine());
	sched_break_off(machine_engine(), &finding);
}

void machine_exit(void)
{
	struct engine *engine = machine_engine();
	const struct finding nothing = { 0 };

	border_to_engine(engine);
	engine->verdict.operations++;
	sched_break_off(engine, &nothing);
}

/* A fiber knows how deep it is in that: it may be abandoned there. */
void machine_race_begin(void)
{
	machine_engine()->current->on->races++;
	tsan_ignore_begin();
}

void machine_race_end(void)
{
	machine_engine()->current->on->races--;
	tsan_ignore_end();
}
