/* SPDX-License-Identifier: MIT */
/*
 * policy_random.c: random walk: a baseline, and the many ways on from a prefix
 * that a program's schedule sets.
 */
#include "policy.h"

static void walk_begin(const struct policy *policy, struct engine *engine)
{
	struct walk *walk = policy->state;
	struct policy script;

	policy_script(&script, &walk->script);
	script.begin(&script, engine);
	rng_seed(&walk->rng, walk->seed);
}

static unsigned int walk_next_point(const struct policy *policy,
				    struct engine *engine, struct task *task)
{
	(void)policy, (void)engine;
	return task->point + 1;
}

static bool may_interrupt(const struct task *task)
{
	return task->list->irq && task->state == TASK_IDLE &&
	       task->op < task->list->nr;
}

/* Any task that can run, the running one aside; NULL: there is none. */
static struct task *walk_pick(struct walk *walk, struct engine *engine,
			      struct task *task)
{
	struct task *can[ENGINE_TASKS];
	unsigned int nr = 0;
	int i;

	for (i = 0; i <= TASK_RCU; i++) {
		struct task *next = &engine->tasks[i];

		if (next != task &&
		    (may_interrupt(next) || sched_can_run(engine, next)))
			can[nr++] = next;
	}
	return nr ? can[rng_below(&walk->rng, nr)] : NULL;
}

static struct task *walk_choose(const struct policy *policy,
				struct engine *engine, struct task *task)
{
	struct walk *walk = policy->state;
	struct policy script;

	if (walk->script.left) {
		policy_script(&script, &walk->script);
		return script.choose(&script, engine, task);
	}
	if (!rng_one_in(&walk->rng, walk->mean))
		return NULL;
	return walk_pick(walk, engine, task);
}

/* Those that the program brings. */
static bool walk_reorder(const struct policy *policy, struct engine *engine,
			 struct task *task, const struct reorder_offer *offer,
			 uint8_t *how)
{
	struct walk *walk = policy->state;

	(void)engine;
	return script_reorder(&walk->script, task, offer, how);
}

void policy_random_walk(struct policy *policy, struct walk *walk, uint64_t seed,
			unsigned int mean)
{
	walk->seed = seed;
	walk->mean = mean ? mean : 1;
	*policy = (struct policy){
		.name = "random-walk",
		.begin = walk_begin,
		.next_point = walk_next_point,
		.choose = walk_choose,
		.reorder = walk_reorder,
		.state = walk,
	};
}
