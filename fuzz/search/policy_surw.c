/* SPDX-License-Identifier: MIT */
/*
 * policy_surw.c: SURW, selectively uniform random walk: of some events all orders
 * are about as likely as each other. Who makes the next of them is drawn, each task
 * by how many of them it has left, and nobody else makes one before; all other
 * steps are anybody's, each alike.
 *
 * Zhao, Wolff, Mathur, Roychoudhury, "Selectively uniform concurrency testing",
 * ASPLOS 2025.
 *
 * Which events the paper leaves open. Here it is the accesses to one object, drawn
 * for each run of those that several tasks touched and one wrote to; all steps, if
 * there is none. How many a task has is the mean of the runs learnt from, of which
 * the first knows nothing; who has made as many and is in front of one more has one.
 * Left out: tasks that others create, whose events count as their creator's until
 * then: ours are all there from the start. What callbacks do counts as if they could
 * run at any time. An access that begins elsewhere in an object is another object's.
 */
#include "chance.h"

#define NOBODY CHANCE_TASKS /* was drawn yet */

/* ---------------------------------------------------------------- learning */

/* Returns: NULL if there are too many. */
static struct surw_object *surw_object(struct surw *surw,
				       const volatile void *addr)
{
	unsigned int i;

	for (i = 0; i < surw->nr; i++)
		if (surw->objects[i].addr == addr)
			return &surw->objects[i];
	if (surw->nr == SURW_OBJECTS)
		return NULL;
	surw->objects[surw->nr] = (struct surw_object){ .addr = addr };
	return &surw->objects[surw->nr++];
}

static void surw_learn(struct surw *surw, const struct task *task)
{
	const struct machine_task *access = chance_access(task);
	struct surw_object *object;

	surw->all.events[task->m.id]++;
	object = access ? surw_object(surw, access->addr) : NULL;
	if (!object)
		return;
	object->events[task->m.id]++;
	object->written |= chance_writes(access);
}

/* Does their order mean anything? */
static bool surw_is_shared(const struct surw_object *object)
{
	unsigned int i, tasks = 0;

	for (i = 0; i < CHANCE_TASKS; i++)
		tasks += object->events[i] != 0;
	return object->written && tasks > 1;
}

/* ----------------------------------------------------------------- drawing */

/* Is the next step of @task one of the events? */
static bool surw_is_event(const struct surw *surw, const struct task *task)
{
	const struct machine_task *access = chance_access(task);

	return !surw->chosen || (access && access->addr == surw->chosen);
}

/* Tasks that are not at their end, and callbacks that wait. */
static uint32_t surw_alive(const struct engine *engine)
{
	uint32_t alive = 0;
	unsigned int i;

	for (i = 0; i < CHANCE_TASKS; i++) {
		const struct task *task = &engine->tasks[i];
		bool more = i == TASK_RCU ? engine->rcu.nr != 0 :
					    task->list->irq &&
						    task->op < task->list->nr;

		alive |= (uint32_t)(more || task->state != TASK_IDLE) << i;
	}
	return alive;
}

/*
 * One of these tasks, by what it has left; one that has nothing left counts if it is
 * in front of an event all the same. Somebody does.
 */
static unsigned int surw_draw(struct chance *chance,
			      const struct engine *engine, uint32_t tasks)
{
	const struct surw *surw = &chance->surw;
	uint32_t weights[CHANCE_TASKS], sum = 0, at;
	unsigned int i;

	for (i = 0; i < CHANCE_TASKS; i++) {
		weights[i] = surw->left[i];
		if (!weights[i])
			weights[i] = surw_is_event(surw, &engine->tasks[i]);
		if (!(tasks >> i & 1))
			weights[i] = 0;
		sum += weights[i];
	}
	ensure(sum);
	at = rng_below(&chance->walk.rng, sum);
	for (i = 0; at >= weights[i]; i++)
		at -= weights[i];
	return i;
}

/* Whose accesses are the events of this run? */
static const struct surw_object *surw_choose(struct chance *chance)
{
	struct surw *surw = &chance->surw;
	const struct surw_object *chosen = &surw->all;
	unsigned int i, nr = 0;

	for (i = 0; i < surw->nr; i++)
		if (surw_is_shared(&surw->objects[i]) &&
		    rng_one_in(&chance->walk.rng, ++nr))
			chosen = &surw->objects[i];
	return chosen;
}

static void surw_begin(struct chance *chance, const struct engine *engine)
{
	struct surw *surw = &chance->surw;
	const struct surw_object *chosen = surw_choose(chance);
	unsigned int i;

	(void)engine;
	surw->chosen = chosen->addr;
	for (i = 0; i < CHANCE_TASKS && surw->runs; i++)
		surw->left[i] =
			(chosen->events[i] + surw->runs - 1) / surw->runs;
	surw->runs += chance->learning;
	surw->loose = false;
	surw->intended = NOBODY;
}

/* ---------------------------------------------------------------- a policy */

/* Who is meant cannot, or has ended: then somebody of those who wait. */
static unsigned int surw_pick(struct chance *chance,
			      const struct engine *engine, uint32_t can)
{
	struct surw *surw = &chance->surw;
	uint32_t events = 0, may;
	unsigned int i;

	if (surw->loose)
		return chance_any(chance, can);
	for (i = 0; i < CHANCE_TASKS; i++)
		if (can >> i & 1 && surw_is_event(surw, &engine->tasks[i]))
			events |= 1U << i;
	if (events && surw->intended == NOBODY)
		surw->intended = surw_draw(chance, engine, surw_alive(engine));
	may = can & ~(events & ~(1U << surw->intended));
	if (may)
		return chance_any(chance, may);
	surw->intended = surw_draw(chance, engine, can);
	return surw->intended;
}

static void surw_step(struct chance *chance, const struct engine *engine,
		      const struct task *task)
{
	struct surw *surw = &chance->surw;
	unsigned int id = (unsigned int)task->m.id;

	(void)engine;
	if (chance->learning)
		surw_learn(surw, task);
	if (!surw_is_event(surw, task))
		return;
	surw->left[id] -= surw->left[id] != 0;
	surw->intended = NOBODY;
}

/* It may wait for an event that is held back: from now on they are anybody's. */
static void surw_looped(struct chance *chance, unsigned int task)
{
	(void)task;
	chance->surw.loose = true;
}

const struct chance_way chance_surw = {
	.name = "surw",
	.about = "all orders of the accesses to one object, each alike",
	.learns = true,
	.begin = surw_begin,
	.pick = surw_pick,
	.step = surw_step,
	.looped = surw_looped,
};
