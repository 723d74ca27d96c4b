/* SPDX-License-Identifier: MIT */
/*
 * explore.c: see explore.h. Depth first, without memory of states: a run
 * repeats the choices on the stack and then goes on as long as it can.
 */
#include "explore.h"
#include "prefix.h"

#include <string.h>

void explore_begin(struct explore *explore, unsigned int preemptions)
{
	explore->preemptions = preemptions;
	explore->reorderings = 0;
	explore->prefix = false;
	explore->near = NULL;
	explore->schedules = 0;
	explore->cut = 0;
	explore->nr = 0;
	explore->base = 0;
	explore->at = 0;
	explore->pending = true;
}

/* --------------------------------------------------------------- the stack */

static uint8_t lowest_task(uint16_t tasks)
{
	return (uint8_t)__builtin_ctz(tasks);
}

bool explore_advance(struct explore *explore)
{
	struct explore_level *level;

	while (!explore->pending && explore->nr > explore->base) {
		level = &explore->levels[explore->nr - 1];
		if (level->left) {
			level->next = lowest_task(level->left);
			level->left &= level->left - 1;
			explore->pending = true;
		} else {
			explore->nr--;
		}
	}
	return explore->pending;
}

bool explore_next(struct explore *explore)
{
	if (!explore_advance(explore))
		return false;
	explore->pending = false;
	explore->schedules++;
	return true;
}

bool explore_split(struct explore *explore, struct explore *part)
{
	unsigned int i = explore->base;

	if (!explore_advance(explore))
		return false;
	while (i < explore->nr && !explore->levels[i].left)
		i++;
	if (i == explore->nr)
		return false;
	explore_copy(part, explore);
	part->cut = 0;
	part->base = i;
	part->nr = i + 1;
	part->pending = false;
	explore_advance(part);
	explore->base = i + 1;
	return true;
}

void explore_copy(struct explore *to, const struct explore *from)
{
	explore_begin(to, from->preemptions);
	to->reorderings = from->reorderings;
	to->prefix = from->prefix;
	to->cut = from->cut;
	to->nr = from->nr;
	to->base = from->base;
	to->pending = from->pending;
	memcpy(to->levels, from->levels, from->nr * sizeof(*from->levels));
}

unsigned int explore_ways_left(const struct explore *explore)
{
	unsigned int i, ways = 0;

	for (i = 0; i < explore->nr; i++) {
		const struct explore_level *level = &explore->levels[i];

		if (i >= explore->base)
			ways += (unsigned int)__builtin_popcount(level->left);
		if (level->next != level->first)
			break;
	}
	return ways;
}

/* ------------------------------------------------------------- what can be */

/* Others that can make a step, and where interrupts may come. */
static uint16_t explore_others(struct engine *engine, const struct task *self,
			       bool interrupts)
{
	uint16_t tasks = 0;
	unsigned int i;

	for (i = 0; i <= TASK_RCU; i++) {
		struct task *task = &engine->tasks[i];
		bool can;

		if (task == self)
			continue;
		if (interrupts)
			can = execute_may_interrupt(engine, task, self);
		else
			can = sched_can_run(engine, task) &&
			      !(task->state == TASK_READY &&
				sched_stands(task));
		tasks |= can << i;
	}
	return tasks;
}

/* It was switched for fairness' sake: see FAIR_OPERATIONS. */
static bool is_looping(const struct engine *engine, const struct task *task)
{
	return task->inside && task->fair_at > engine->fair_points;
}

/* Inside an operation: can it matter who makes the next step? */
static bool is_near(const struct explore *explore, const struct task *task)
{
	return !explore->near || near_has(explore->near, met_mark(task).mark);
}

/* May another make the next step? The running task has the CPU @fresh. */
static bool explore_may_switch(const struct explore *explore,
			       const struct engine *engine,
			       const struct task *task)
{
	if (is_looping(engine, task))
		return false;
	if (engine->fresh)
		return explore->last < 0 ||
		       !is_looping(engine, &engine->tasks[explore->last]);
	return !task->inside || sched_stands(task) || sched_gives_way(task) ||
	       (engine->verdict.preemptions < explore->preemptions &&
		is_near(explore, task));
}

/* Who can make the next step: @task, an interrupt on it, another. */
static uint16_t explore_options(const struct explore *explore,
				struct engine *engine, struct task *task,
				bool sent)
{
	bool stands = sched_stands(task);
	uint16_t others = 0, interrupts = 0;

	if (!(engine->fresh && sent) &&
	    explore_may_switch(explore, engine, task))
		others = explore_others(engine, task, false);
	if (!is_looping(engine, task) && !(engine->fresh && stands) &&
	    is_near(explore, task))
		interrupts = explore_others(engine, task, true);
	if (others && (stands || sched_gives_way(task)))
		return others | interrupts;
	return others | interrupts | 1U << task->m.id;
}

/* -------------------------------------------------------------- the policy */

static void explore_start(const struct policy *policy, struct engine *engine)
{
	struct explore *explore = policy->state;

	explore->at = 0;
	explore->sent = false;
	explore->landed = false;
	explore->reordered = 0;
	explore->held = false;
	explore->last = -1;
	prefix_begin(&explore->script, engine, explore->prefix);
	prefix_begin(&explore->fixed, engine, !explore->reorderings);
}

static unsigned int explore_next_point(const struct policy *policy,
				       struct engine *engine,
				       struct task *task)
{
	(void)policy, (void)engine;
	return task->point + 1;
}

/* A new choice: first to go on, then the others in order. */
static void explore_push(struct explore *explore, uint16_t options,
			 uint8_t self)
{
	struct explore_level *level = &explore->levels[explore->nr++];

	level->all = options;
	level->next = options >> self & 1 ? self : lowest_task(options);
	level->left = options & ~(1U << level->next);
	level->first = level->next;
}

static uint8_t explore_decide(struct explore *explore, uint16_t options,
			      uint8_t self)
{
	const struct explore_level *level;

	if (!(options & (options - 1)))
		return lowest_task(options);
	if (explore->at >= EXPLORE_LEVELS) {
		explore->cut += explore->at++ == EXPLORE_LEVELS;
		return options >> self & 1 ? self : lowest_task(options);
	}
	if (explore->at == explore->nr)
		explore_push(explore, options, self);
	level = &explore->levels[explore->at++];
	ensure(level->all == options); /* the target is deterministic */
	return level->next;
}

/* Nobody has decided yet: who makes the next step? */
static struct task *explore_step(struct explore *explore,
				 struct engine *engine, struct task *task,
				 bool sent)
{
	uint16_t options = explore_options(explore, engine, task, sent);
	uint8_t next = explore_decide(explore, options, (uint8_t)task->m.id);

	return &engine->tasks[next];
}

static struct task *explore_choose(const struct policy *policy,
				   struct engine *engine, struct task *task)
{
	struct explore *explore = policy->state;
	struct task *rcu = &engine->tasks[TASK_RCU], *next;
	bool sent = explore->sent && !explore->landed;
	bool held = explore->held;

	explore->sent = false;
	explore->landed = false;
	explore->held = false;
	if (explore->script.left) {
		next = prefix_choose(&explore->script, engine, task);
		explore->sent = next && next != task &&
				sched_can_run(engine, next);
		if (next || explore->script.left)
			return next;
	}
	next = held ? task : explore_step(explore, engine, task, sent);
	if (next != task) {
		explore->sent = next->state != TASK_IDLE || next == rcu;
		return next;
	}
	explore->last = task->m.id;
	explore->held = !held && !task->inside && task != rcu &&
			sched_can_run(engine, rcu);
	return explore->held ? task : NULL;
}

/* 0: as it is; of a load, so many values back. */
static bool explore_reorder(const struct policy *policy, struct engine *engine,
			    struct task *task,
			    const struct reorder_offer *offer, uint8_t *how)
{
	struct explore *explore = policy->state;
	unsigned int most = offer->kind == ENTRY_STALE ? offer->most : 1;
	uint8_t choice;

	(void)engine;
	if (explore->script.left)
		return script_reorder(&explore->script, task, offer, how);
	if (!explore->reorderings)
		return script_reorder(&explore->fixed, task, offer, how);
	if (offer->kind == ENTRY_SWITCH ||
	    explore->reordered == explore->reorderings)
		return false;
	choice = explore_decide(explore, (uint16_t)((2U << most) - 1), 0);
	explore->reordered += choice > 0;
	*how = offer->kind == ENTRY_STALE ? choice : 0;
	return choice;
}

static bool explore_land(const struct policy *policy, struct engine *engine,
			 struct task *task, const struct weak_note *note)
{
	struct explore *explore = policy->state;

	(void)engine, (void)task, (void)note;
	if (!explore->reorderings || !explore_decide(explore, 3, 0))
		return false;
	explore->landed = true;
	return true;
}

void explore_policy(struct policy *policy, struct explore *explore)
{
	*policy = (struct policy){
		.name = "explore",
		.begin = explore_start,
		.next_point = explore_next_point,
		.choose = explore_choose,
		.reorder = explore_reorder,
		.land = explore_land,
		.reorders = explore->reorderings,
		.state = explore,
	};
}
