/* SPDX-License-Identifier: MIT */
/* window.c: see window.h. */
#include "window.h"

static void window_begin(const struct policy *policy, struct engine *engine)
{
	struct window *window = policy->state;

	window->inner.begin(&window->inner, engine);
}

/* Points that the program's tasks have made so far. */
static unsigned long points_of(const struct engine *engine)
{
	unsigned long points = engine->verdict.points;
	unsigned int i;

	for (i = 0; i <= TASK_RCU; i++)
		if (engine->tasks[i].inside)
			points += engine->tasks[i].point;
	return points;
}

static bool is_over(const struct engine *engine)
{
	return engine->nr_taken >= PROGRAM_SWITCHES;
}

static bool is_before(const struct window *window, const struct engine *engine)
{
	return window->from && points_of(engine) < window->from;
}

static unsigned int window_next_point(const struct policy *policy,
				      struct engine *engine, struct task *task)
{
	struct window *window = policy->state;

	if (is_over(engine))
		return POINT_NEVER;
	if (is_before(window, engine))
		return task->point + 1;
	return window->inner.next_point(&window->inner, engine, task);
}

static struct task *window_choose(const struct policy *policy,
				  struct engine *engine, struct task *task)
{
	struct window *window = policy->state;

	if (is_over(engine) || is_before(window, engine))
		return NULL;
	return window->inner.choose(&window->inner, engine, task);
}

void window_policy(struct window *window, struct policy *policy)
{
	*policy = (struct policy){
		.name = window->inner.name,
		.begin = window_begin,
		.next_point = window_next_point,
		.choose = window_choose,
		.state = window,
	};
}
