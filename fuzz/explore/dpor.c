/* SPDX-License-Identifier: MIT */
/*
 * dpor.c: see dpor.h. Depth first: a run repeats the choices on the stack and
 * then goes on as long as it can.
 */
#include "dpor_see.h"
#include "prefix.h"

#include <string.h>

void dpor_begin(struct dpor *dpor)
{
	dpor->schedules = dpor->redundant = dpor->cut = dpor->crowded = 0;
	dpor->prefix = false;
	dpor->met = NULL;
	dpor->near = NULL;
	dpor->nr = dpor->base = dpor->hold = dpor->stale = 0;
	dpor->stop_at = DPOR_STEPS + 1;
	dpor->at = 0;
	dpor->pending = true;
	dpor->nr_sleepers = 0;
	races_clear(&dpor->races);
}

/* ----------------------------------------------------------------- choices */

static uint8_t lowest(uint64_t choices)
{
	return (uint8_t)__builtin_ctzll(choices);
}

/* -------------------------------------------------------------- sleep, race */

/* Would the step of @sleeper and the newest one commute? */
static bool wakes(const struct dpor *dpor, const struct dpor_sleeper *sleeper)
{
	const struct races_step *step = &dpor->races.step[dpor->races.nr - 1];
	uint8_t task = dpor_task(dpor, sleeper->choice);

	return task == step->task || step->stops >> sleeper->choice & 1 ||
	       sleeper->stops >> step->choice & 1 ||
	       races_depend(&dpor->races, step,
			    &dpor->races.part[sleeper->part], sleeper->nr,
			    sleeper->everything);
}

/* Those of the level below that sleep on after its step. */
static void sleep_on(struct dpor *dpor, struct dpor_level *level)
{
	unsigned int below = dpor->nr - 1;
	uint32_t i, end = dpor->nr_sleepers;

	level->asleep = 0;
	level->sleepers = end;
	if (!below)
		return;
	for (i = dpor->level[below - 1].sleepers; i < end; i++) {
		const struct dpor_sleeper *sleeper = &dpor->sleeper[i];

		if (wakes(dpor, sleeper) || dpor->nr_sleepers == DPOR_SLEEPERS)
			continue;
		level->asleep |= 1ULL << sleeper->choice;
		dpor->sleeper[dpor->nr_sleepers++] = *sleeper;
	}
}

void dpor_backtrack(struct dpor *dpor, const struct race *race)
{
	struct dpor_level *level = &dpor->level[race->step];
	uint64_t initials = race->initials & level->enabled;
	uint8_t own = dpor_task(dpor, level->choice);

	initials &= ~dpor_choices_of(dpor, own);
	if (initials && !(initials & level->backtrack))
		level->backtrack |= 1ULL << lowest(initials);
}

/* The newest step and an earlier one met. */
static void dpor_tell(const struct dpor *dpor, const struct race *race)
{
	const struct races_step *step = dpor->races.step;

	if (dpor->met)
		met_add(dpor->met, &step[race->step].mark,
			&step[dpor->races.nr - 1].mark);
}

/* The step under way has ended; @now: who could go on. */
void dpor_end_step(struct dpor *dpor, const struct engine *engine, uint64_t now)
{
	unsigned int at = dpor->at - 1, i, nr;
	struct dpor_level *level = &dpor->level[at];
	uint8_t task = dpor_task(dpor, level->choice);
	uint64_t other = ~dpor_choices_of(dpor, task);

	if (dpor->at <= dpor->races.nr)
		return;
	if (engine)
		dpor_look(dpor, engine, &engine->tasks[task]);
	dpor->footprint.stops = level->enabled & ~now & other;
	level->backtrack |= dpor->footprint.stops;
	if (level->choice >= DPOR_FIRST_IRQ) /* another host? */
		level->backtrack |= level->enabled & ~other;
	nr = races_push(&dpor->races, level->choice, task,
			dpor->enabler[level->choice], &dpor->footprint,
			dpor->found);
	for (i = 0; i < nr; i++) {
		dpor_backtrack(dpor, &dpor->found[i]);
		dpor_tell(dpor, &dpor->found[i]);
	}
}

/* Of those who could go on at level @at some could not before the step below. */
static void note_enabler(struct dpor *dpor, unsigned int at, uint64_t now)
{
	const struct dpor_level *below = &dpor->level[at - 1];
	uint64_t let = now & ~below->enabled;

	if (let)
		let &= ~dpor_choices_of(dpor, dpor_task(dpor, below->choice));
	for (; let; let &= let - 1)
		dpor->enabler[lowest(let)] = at - 1;
}

/* The next step is the first that no earlier run made: how does it find things? */
static void catch_up(struct dpor *dpor, const struct engine *engine,
		     const struct task *task)
{
	unsigned int i;

	dpor_look(dpor, engine, task);
	for (i = 1; i < dpor->at; i++)
		note_enabler(dpor, i, dpor->level[i].enabled);
}

/* -------------------------------------------------------------- the policy */

bool dpor_spares(const struct program *program, const struct target *target)
{
	unsigned int i, j;

	for (i = 0; i < PROGRAM_TASKS; i++)
		for (j = 0; j < program->tasks[i].nr; j++)
			if (target->removes[program->tasks[i].ops[j].op] ==
			    REMOVES_IDLE)
				return true;
	return false;
}

static void dpor_start(const struct policy *policy, struct engine *engine)
{
	struct dpor *dpor = policy->state;
	const struct program *program = engine->program;
	unsigned int i;

	dpor->at = dpor->ahead = 0;
	dpor->blocked = dpor->held = dpor->short_of_room = dpor->lost = false;
	dpor->tail = TAIL_AHEAD;
	dpor->sent = NULL;
	dpor->nr_irqs = 0;
	for (i = 0; i < PROGRAM_TASKS; i++) {
		const struct program_list *list = &program->tasks[i];

		if (!list->irq || !list->nr || !engine->target->interrupt)
			continue;
		if (dpor->nr_irqs < DPOR_IRQS)
			dpor->irq_task[dpor->nr_irqs++] = (uint8_t)i;
		else
			dpor->cut++;
	}
	dpor->views = engine->target->cache_entry != NULL;
	dpor->spares = dpor->views && dpor_spares(program, engine->target);
	memset(dpor->enabler, 0xff, sizeof(dpor->enabler));
	memset(dpor->inside, 0, sizeof(dpor->inside));
	for (i = 0; i < TARGET_INDEX_MAX; i++)
		dpor->stands[i] = TARGET_NO_PAGE;
	prefix_begin(&dpor->script, engine, dpor->prefix);
}

/* The running task first, so that a schedule has few switches. */
static void push_level(struct dpor *dpor, uint64_t now, uint8_t self)
{
	struct dpor_level *level = &dpor->level[dpor->nr++];
	const struct dpor_level saved = *level;
	uint64_t awake;

	level->enabled = now;
	level->backtrack = 0;
	level->tried = level->again = 0;
	level->parts = dpor->races.nr_parts;
	sleep_on(dpor, level);
	awake = now & ~level->asleep;
	if (!awake) {
		dpor->nr--;
		dpor->nr_sleepers = level->sleepers;
		dpor->blocked = true;
		return;
	}
	level->choice = awake >> self & 1 ? self : lowest(awake);
	level->backtrack = 1ULL << level->choice;
	if (dpor->nr <= dpor->stale)
		dpor_restore_level(level, &saved);
}

/* Who makes the next step? */
static uint8_t take_choice(struct dpor *dpor)
{
	uint8_t choice = dpor->level[dpor->at++].choice;

	if (choice >= DPOR_FIRST_IRQ)
		dpor->irq_host[dpor_task(dpor, choice)] =
			(choice - DPOR_FIRST_IRQ) % PROGRAM_TASKS;
	return choice;
}

/* Could @task come to where it is about to make its step, and have stored nothing? */
static bool may_go_round(const struct task *task)
{
	const struct site *site = task->m.site;

	return task->m.id < PROGRAM_TASKS && task->inside && site &&
	       site->kind != MACHINE_STORES && site->kind != MACHINE_LOCKS &&
	       site->kind != MACHINE_UNLOCKS;
}

/* The same, of a step that is new. Broken off if nobody may make it. */
static uint8_t begin_step(struct dpor *dpor, struct engine *engine,
			  uint64_t now, uint8_t self)
{
	static const struct finding nothing;
	const struct task *task;
	uint8_t choice, host;

	if (dpor->at == dpor->stop_at)
		dpor->blocked = true;
	else if (dpor->at == dpor->nr)
		push_level(dpor, now, self);
	if (dpor->blocked)
		sched_break_off(engine, &nothing);
	/* the target is deterministic */
	ensure(dpor->level[dpor->at].enabled == now);
	choice = take_choice(dpor);
	task = &engine->tasks[dpor_task(dpor, choice)];
	host = task->list->irq ? dpor->irq_host[task->m.id] :
				 (uint8_t)task->m.id;
	footprint_clear(&dpor->footprint);
	dpor->footprint.interrupt = task->list->irq;
	dpor->footprint.left = dpor_is_left(engine, task);
	dpor->footprint.mark = met_mark(task);
	dpor->footprint.point = dpor_quiet_point(task);
	if (may_go_round(task))
		dpor->footprint.position = dpor_position(engine, task);
	dpor->cpu = engine->tasks[host].m.cpu;
	dpor->pinned = task_is_pinned(task);
	if (dpor->nr_irqs && host < PROGRAM_TASKS)
		dpor_add(dpor, PART_HOSTS, host, 1, TOUCH_WRITES);
	return choice;
}

static bool is_cut(struct dpor *dpor)
{
	dpor->short_of_room |= dpor->at == DPOR_STEPS ||
			       !races_has_room(&dpor->races);
	return dpor->short_of_room;
}

static void send_to(struct dpor *dpor, struct task *to)
{
	dpor->sent = to;
	dpor->sent_op = to->op;
	dpor->sent_point = to->point;
}

/* @task has the CPU and makes the step that was chosen for it. */
static struct task *go_on(struct dpor *dpor, struct engine *engine,
			  struct task *task)
{
	struct task *rcu = &engine->tasks[TASK_RCU];
	uint8_t choice = dpor->level[dpor->at - 1].choice;

	dpor->sent = NULL;
	if (choice >= DPOR_FIRST_IRQ)
		return &engine->tasks[dpor_task(dpor, choice)];
	task->gave_way_at = task->point; /* whose turn it is is our business */
	dpor->held = !task->inside && task != rcu && sched_can_run(engine, rcu);
	return dpor->held ? task : NULL;
}

/* Those who could, of whom the next step was chosen before, or is not yet. */
static uint64_t who_could(const struct dpor *dpor, struct engine *engine)
{
	const struct dpor_level *level = &dpor->level[dpor->at];

	if (dpor->at == dpor->nr || dpor->at > dpor->races.nr)
		return dpor_enabled(dpor, engine);
	/* the target is deterministic */
	ensure(sched_can_run(engine, dpor_host(engine, level->choice)));
	return level->enabled;
}

/* Of those who could: as before, if this step was chosen before. */
static uint64_t who_goes_on(const struct dpor *dpor,
			    const struct engine *engine, uint64_t now)
{
	if (dpor->at == dpor->nr)
		return dpor_going_on(dpor, engine, now);
	ensure(!(dpor->level[dpor->at].enabled & ~now));
	return dpor->level[dpor->at].enabled;
}

/* It is @task's turn, or another's. */
static struct task *give(struct dpor *dpor, struct engine *engine,
			 struct task *task, uint8_t choice)
{
	struct task *host = dpor_host(engine, choice);

	send_to(dpor, host);
	return host == task ? go_on(dpor, engine, task) : host;
}

/* The step of @task has ended, and the next is none that was made before. */
static struct task *new_step(struct dpor *dpor, struct engine *engine,
			     struct task *task)
{
	uint64_t could = who_could(dpor, engine), now;

	if (dpor->at > dpor->races.nr)
		dpor_end_step(dpor, engine, could);
	else
		catch_up(dpor, engine, task);
	now = who_goes_on(dpor, engine, could);
	dpor->lost = could && !now;
	if (dpor->at)
		note_enabler(dpor, dpor->at, now);
	if (!now || is_cut(dpor))
		return NULL;
	return give(dpor, engine, task,
		    begin_step(dpor, engine, now, (uint8_t)task->m.id));
}

static struct task *dpor_choose(const struct policy *policy,
				struct engine *engine, struct task *task)
{
	struct dpor *dpor = policy->state;
	bool made = dpor->sent == task && (task->op != dpor->sent_op ||
					   task->point != dpor->sent_point);

	dpor_pass_over(dpor, task);
	if (dpor->script.left) {
		struct task *next = prefix_choose(&dpor->script, engine, task);

		if (next || dpor->script.left)
			return next;
	}
	if (dpor->held || dpor->lost || dpor->short_of_room) {
		dpor->held = false;
		return NULL;
	}
	if (dpor->sent == task && !made)
		return go_on(dpor, engine, task);
	if (dpor->at < dpor->races.nr)
		return give(dpor, engine, task, take_choice(dpor));
	return new_step(dpor, engine, task);
}

void dpor_policy(struct policy *policy, struct dpor *dpor)
{
	dpor_see(dpor);
	*policy = (struct policy){
		.name = "dpor",
		.begin = dpor_start,
		.next_point = dpor_next_point,
		.choose = dpor_choose,
		.state = dpor,
	};
}
