/* SPDX-License-Identifier: MIT */
/*
 * sched.c: the scheduler: whose turn it is.
 *
 * One task runs at a time, until it reaches an access point at which the policy
 * wants another, cannot go on, or has ended its list. Then the policy's choice
 * runs, or the first task that can. Nobody starves: after as many access points
 * in one operation as FAIR_OPERATIONS long ones make, the next task in turn is
 * given the CPU.
 *
 * Promises:
 *  1. A preemption is a switch away from a runnable task inside an operation;
 *     all of them are counted. It is none if the task made no step since it got
 *     the CPU, or is about to wait: the order of steps is the same without it.
 *  2. A task inside preempt_disable() shares its CPU with nobody. Callbacks have
 *     a CPU that no task has, if there is one.
 *  3. Set-up and epilogue are alone but for callbacks, for which they can wait.
 *  4. A run that is broken off leaves no frame behind that could run again.
 */
#include "inside.h"

#include "policy.h"

/* ---------------------------------------------------------- access points */

static void sched_sync(struct task *task)
{
	long fuel = MACHINE_GET(machine.fuel);

	task->point += (unsigned int)(task->fuel - fuel);
	task->fuel = fuel;
}

unsigned int sched_current_point(const struct engine *engine)
{
	const struct task *task = engine->current;

	return task->point +
	       (unsigned int)(task->fuel - MACHINE_GET(machine.fuel));
}

/* Up to where the policy is to be asked, or as memory looks at each one step. */
static void sched_run_on(struct engine *engine)
{
	struct task *task = engine->current;
	long left = (long)(task->asks_at - task->point) - 1;

	task->fuel = reorder_looks(engine) ? 0 : left;
	MACHINE_SET(machine.fuel, task->fuel);
}

/* Let the running task go on until something is to be decided. */
static void sched_refuel(struct engine *engine)
{
	struct task *task = engine->current;
	unsigned int next = task->fair_at;

	if (next <= task->point)
		next = task->point + 1; /* due, and about to be seen to */
	if (engine->hands_off) {
		next = POINT_NEVER;
	} else {
		unsigned int asked = engine->policy->next_point(
			engine->policy, engine, task);

		if (asked < next)
			next = asked;
	}
	ensure(next > task->point);
	task->asks_at = next;
	sched_run_on(engine);
}

/* --------------------------------------------------------------- choosing */

/* Another task of its CPU, but not one below an interrupt, is pinned there. */
static bool cpu_is_pinned(const struct engine *engine, const struct task *task)
{
	int i;

	for (i = 0; i <= TASK_RCU; i++) {
		const struct task *other = &engine->tasks[i];

		if (other != task && other->state != TASK_INTERRUPTED &&
		    other->m.cpu == task->m.cpu &&
		    (other->m.preempt_off || other->m.irq_off))
			return true;
	}
	return false;
}

/*
 * An interrupt list is ready only while one of its operations is under way, and
 * the program's tasks are not there for set-up and epilogue.
 */
bool sched_can_run(struct engine *engine, struct task *task)
{
	bool ready = task->state == TASK_READY;

	if (task->m.id == TASK_RCU && task->state == TASK_IDLE)
		ready = rcu_due(engine);
	if (engine->hands_off && task->m.id < PROGRAM_TASKS)
		ready = false;
	return ready && (!engine->shared_cpu || !cpu_is_pinned(engine, task));
}

struct task *sched_first(struct engine *engine)
{
	struct task *rcu = &engine->tasks[TASK_RCU];
	struct task *boot = &engine->tasks[TASK_BOOT];
	int i;

	if (engine->hands_off && boot->state == TASK_READY)
		return boot;
	for (i = 0; i < PROGRAM_TASKS; i++)
		if (sched_can_run(engine, &engine->tasks[i]))
			return &engine->tasks[i];
	return sched_can_run(engine, rcu) ? rcu : NULL;
}

/* The next task in turn after the running one; itself if it is alone. */
static struct task *sched_in_turn(struct engine *engine)
{
	int at = engine->current->m.id, i;

	for (i = 1; i <= TASK_RCU; i++) {
		struct task *task =
			&engine->tasks[(at + i) % (TASK_RCU + 1)];

		if (sched_can_run(engine, task))
			return task;
	}
	return engine->current;
}

/* -------------------------------------------------------------- switching */

static void sched_abandon(struct engine *engine, struct task *task)
{
	order_end(&engine->order, task->m.id);
	fiber_leave(task->on, &engine->main);
}

void sched_switch(struct engine *engine, struct task *next)
{
	struct task *task = engine->current;

	sched_sync(task);
	if (next->m.id == TASK_RCU && task->m.id != TASK_RCU)
		engine->rcu.before = task;
	engine->current = next;
	engine->fresh = true;
	MACHINE_SET(machine.self, &next->m);
	if (engine->weak.on)
		reorder_leave(engine, task, next);
	sched_lost(engine, task);
	fiber_switch(task->on, next->on);
	if (engine->over)
		sched_abandon(engine, task);
	order_cpu_enter(&engine->order, task->m.cpu);
	if (engine->weak.on)
		reorder_return(engine, task);
	if (engine->scene.supply.nr)
		supply_look(&engine->scene, task->m.id);
	sched_refuel(engine);
}

/* Not because a policy said so: it goes on without being asked again. */
static void sched_give(struct engine *engine, struct task *next)
{
	sched_switch(engine, next);
	engine->fresh = false;
}

/* Nobody can run, or somebody runs and runs: is that a finding? */
static void sched_judge(struct engine *engine, bool runnable)
{
	const struct progress progress = { runnable, engine->rounds };
	struct finding finding;

	if (checkers_progress(&progress, &finding))
		sched_break_off(engine, &finding);
}

/* Who runs when the running task cannot. */
static struct task *sched_next(struct engine *engine)
{
	struct task *before = engine->rcu.before;
	struct task *next = sched_first(engine);

	if (engine->current->m.id == TASK_RCU && before &&
	    before->m.id < PROGRAM_TASKS && sched_can_run(engine, before))
		next = before;
	if (!next)
		sched_judge(engine, false);
	ensure(next);
	return next;
}

/* Every policy's run can be played again as a script. */
static void sched_note(struct engine *engine, const struct task *next)
{
	const struct task *task = engine->current;

	if (engine->nr_taken < PROGRAM_SWITCHES)
		engine->taken[engine->nr_taken] = (struct program_switch){
			.task = (uint8_t)task->m.id,
			.op = (uint8_t)task->op,
			.point = (uint16_t)task->point,
			.next = (uint8_t)next->m.id,
		};
	engine->nr_taken++;
}

/* Is it a preemption if another runs now? */
static bool sched_preempts(const struct engine *engine)
{
	const struct task *task = engine->current;

	return task->inside && !engine->fresh && !sched_stands(task) &&
	       !sched_gives_way(task);
}

/* Who is preempted had no turn of its own: what others do until it is back is not held
 * against it, in as many switches as a program can have. */
static void sched_take(struct engine *engine)
{
	engine->verdict.preemptions++;
	if (engine->nr_taken <= PROGRAM_SWITCHES)
		engine->rounds = 0;
}

/* Ask the policy. Returns: true if it said anything that can be done. */
static bool sched_ask(struct engine *engine)
{
	struct task *task = engine->current, *next;
	bool told = false;

	while ((next = engine->policy->choose(engine->policy, engine, task))) {
		if (next != task && !next->list->irq &&
		    !sched_can_run(engine, next))
			continue;
		told = true;
		sched_note(engine, next);
		if (next->list->irq && next->state == TASK_IDLE) {
			engine->fresh = false;
			execute_interrupt(engine, next);
		} else if (next != task && sched_can_run(engine, next)) {
			if (sched_preempts(engine))
				sched_take(engine);
			task->gave_way_at = task->point;
			sched_switch(engine, next);
		}
	}
	engine->fresh = false;
	return told;
}

void sched_point(struct engine *engine)
{
	struct task *task = engine->current;

	sched_sync(task);
	task->asks = task->point >= task->asks_at;
	if (!task->asks) {
		sched_run_on(engine);
		return;
	}
	if (!engine->hands_off) {
		sched_ask(engine);
		if (task->point >= task->fair_at) {
			task->fair_at = task->point + engine->fair_points;
			engine->verdict.preemptions += sched_relax(engine);
		}
	}
	sched_refuel(engine);
}

bool sched_relax(struct engine *engine)
{
	struct task *next = sched_in_turn(engine);

	engine->rounds++;
	sched_judge(engine, true);
	if (next == engine->current)
		return false;
	sched_give(engine, next);
	return true;
}

void sched_boundary(struct engine *engine, unsigned int op)
{
	struct task *task = engine->current;
	struct task *rcu = &engine->tasks[TASK_RCU];

	task->op = op;
	task->point = 0;
	task->fair_at = engine->fair_points;
	task->fuel = MACHINE_GET(machine.fuel);
	if (engine->hands_off)
		return;
	if (!sched_ask(engine) && task != rcu && sched_can_run(engine, rcu))
		sched_give(engine, rcu);
}

void sched_enter(struct engine *engine)
{
	engine->current->inside = true;
	engine->current->m.site = NULL;
	engine->current->point = 0;
	engine->current->gave_way_at = 0;
	reorder_begin(engine);
	sched_refuel(engine);
}

void sched_leave(struct engine *engine)
{
	struct task *task = engine->current;

	sched_sync(task);
	reorder_end(engine);
	if (task->m.id < PROGRAM_TASKS)
		engine->verdict.points += task->point;
	task->point = 0;
	task->inside = false;
	rcu_left(engine);
	engine->rounds *= task->m.id == TASK_RCU; /* that is no progress */
	if (task->tracking) {
		task->tracking = false;
		engine->waiting--;
		sched_update_watch(engine);
	}
}

void sched_exit(struct engine *engine)
{
	struct task *task = engine->current;
	struct task *boot = &engine->tasks[TASK_BOOT];
	bool unfinished = engine->hands_off;
	int i;

	order_end(&engine->order, task->m.id);
	task->state = TASK_IDLE;
	task->started = false;
	for (i = 0; i <= TASK_RCU; i++)
		unfinished |= engine->tasks[i].state != TASK_IDLE;
	sched_switch(engine, unfinished ? sched_next(engine) : boot);
}

void sched_wait(struct engine *engine, enum task_state state,
		const volatile void *blocked_on)
{
	struct task *task = engine->current;

	reorder_sync(engine, task);
	task->state = state;
	task->blocked_on = blocked_on;
	engine->waiting++;
	sched_update_watch(engine);
	sched_give(engine, sched_next(engine));
}

void sched_migrate(struct engine *engine, int cpu)
{
	struct task *task = engine->current;

	ensure(!task->m.preempt_off && !task->m.irq_off && cpu < MACHINE_CPUS);
	reorder_sync(engine, task);
	task->m.cpu = cpu;
	engine->shared_cpu = true;
	while (!sched_can_run(engine, task))
		sched_give(engine, sched_next(engine));
	order_cpu_enter(&engine->order, cpu);
}

/* ------------------------------------------------------------ breaking off */

void sched_break_off(struct engine *engine, const struct finding *finding)
{
	struct task *task = engine->current;

	if (!engine->verdict.finding.checker) {
		engine->verdict.finding = *finding;
		engine->verdict.task = task->m.id;
	}
	sched_sync(task);
	engine->over = true;
	task->started = true; /* to be buried, even if its list has ended */
	sched_abandon(engine, task);
	__builtin_unreachable();
}
