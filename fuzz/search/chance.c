/* SPDX-License-Identifier: MIT */
/*
 * chance.c: see chance.h. Between the scheduler's questions and a policy by
 * chance, which says of those who can make a step who does.
 */
#include "chance.h"

#include <string.h>

static const struct chance_way chance_walk = {
	.name = "random-walk",
	.about = "a switch to any other task, once in 8 points",
};

const struct chance_way *const chance_ways[] = {
	&chance_walk, &chance_uniform, &chance_pct,
	&chance_pos,  &chance_surw,    NULL,
};

const struct chance_way *chance_find(const char *name)
{
	unsigned int i = 0;

	while (chance_ways[i] && strcmp(chance_ways[i]->name, name))
		i++;
	return chance_ways[i];
}

/* ---------------------------------------------------------------- choosing */

unsigned int chance_any(struct chance *chance, uint32_t can)
{
	unsigned int skip = rng_below(&chance->walk.rng,
				      (unsigned int)__builtin_popcount(can));

	while (skip--)
		can &= can - 1;
	return (unsigned int)__builtin_ctz(can);
}

unsigned int chance_first(const uint32_t *priority, uint32_t can)
{
	unsigned int first = (unsigned int)__builtin_ctz(can), i;

	for (i = first + 1; i < CHANCE_TASKS; i++)
		if (can >> i & 1 && priority[i] > priority[first])
			first = i;
	return first;
}

const struct machine_task *chance_access(const struct task *task)
{
	const struct machine_task *m = &task->m;

	return task->inside && task->point && m->site && m->addr ? m : NULL;
}

bool chance_writes(const struct machine_task *access)
{
	return access->site->kind != MACHINE_LOADS;
}

/* ---------------------------------------------------------------- who can */

static bool can_step(struct engine *engine, struct task *task)
{
	if (task->list->irq && task->state == TASK_IDLE)
		return execute_may_interrupt(engine, task, engine->current);
	return sched_can_run(engine, task) &&
	       !(task->state == TASK_READY && sched_stands(task));
}

/* A bit each; the running task alone if nobody else can, whatever it does then. */
static uint32_t who_can(struct engine *engine, const struct task *running)
{
	uint32_t can = 0;
	unsigned int i;

	for (i = 0; i < CHANCE_TASKS; i++)
		if (running->m.id != (int)i &&
		    can_step(engine, &engine->tasks[i]))
			can |= 1U << i;
	if (!can || !(sched_stands(running) || sched_gives_way(running)))
		can |= 1U << running->m.id;
	return can;
}

/* It made so many points in its operation that the CPU was taken from it. */
static bool has_looped(const struct engine *engine, const struct task *task)
{
	return task && task->inside && task->fair_at > engine->fair_points;
}

/* The running task goes on, or who does. */
static struct task *chance_decide(struct chance *chance, struct engine *engine,
				  struct task *task)
{
	const struct chance_way *way = chance->way;
	uint32_t can;

	if (chance->expected == task && engine->fresh)
		return task; /* it was chosen */
	if (chance->expected != task && has_looped(engine, chance->expected) &&
	    way->looped)
		way->looped(chance, (unsigned int)chance->expected->m.id);
	can = who_can(engine, task);
	if (!(can & (can - 1)))
		return &engine->tasks[__builtin_ctz(can)];
	return &engine->tasks[way->pick(chance, engine, can)];
}

/* -------------------------------------------------------------- the policy */

static void chance_begin(const struct policy *policy, struct engine *engine)
{
	struct chance *chance = policy->state;
	struct policy script;

	policy_script(&script, &chance->walk.script);
	script.begin(&script, engine);
	rng_seed(&chance->walk.rng, chance->walk.seed);
	chance->expected = NULL;
	chance->held = false;
	chance->way->begin(chance, engine);
}

static unsigned int chance_next_point(const struct policy *policy,
				      struct engine *engine, struct task *task)
{
	(void)policy, (void)engine;
	return task->point + 1;
}

static struct task *chance_choose(const struct policy *policy,
				  struct engine *engine, struct task *task)
{
	struct chance *chance = policy->state;
	struct task *rcu = &engine->tasks[TASK_RCU], *next = task;
	struct policy script;

	if (chance->walk.script.left) {
		policy_script(&script, &chance->walk.script);
		return script.choose(&script, engine, task);
	}
	if (!chance->held)
		next = chance_decide(chance, engine, task);
	chance->expected = next;
	if (next != task)
		return next;
	/* At a boundary what is due runs, unless it is held back. */
	chance->held = !chance->held && !task->inside && task != rcu &&
		       sched_can_run(engine, rcu);
	if (chance->held)
		return task;
	if (chance->way->step)
		chance->way->step(chance, engine, task);
	return NULL;
}

void chance_init(struct chance *chance, const struct chance_way *way,
		 unsigned int depth)
{
	memset(chance, 0, sizeof(*chance));
	chance->way = way;
	chance->depth = depth;
}

/* Those that the program brings. */
static bool chance_reorder(const struct policy *policy, struct engine *engine,
			   struct task *task, const struct reorder_offer *offer,
			   uint8_t *how)
{
	struct chance *chance = policy->state;

	(void)engine;
	return script_reorder(&chance->walk.script, task, offer, how);
}

void chance_policy(struct chance *chance, struct policy *policy, uint64_t seed,
		   unsigned long nr)
{
	seed = rng_mix(seed, nr);
	chance->learning = chance->way->learns && nr < CHANCE_LEARNS;
	if (!chance->way->begin) {
		policy_random_walk(policy, &chance->walk, seed,
				   CHANCE_WALK_MEAN);
		return;
	}
	chance->walk.seed = seed;
	*policy = (struct policy){
		.name = chance->way->name,
		.begin = chance_begin,
		.next_point = chance_next_point,
		.choose = chance_choose,
		.reorder = chance_reorder,
		.state = chance,
	};
}
