/* SPDX-License-Identifier: MIT */
/* window.c: see window.h. */
#include "window.h"

static void window_begin(const struct policy *policy, struct engine *engine)
{
	struct window *window = policy->state;

	window->passed = 0;
	window->inner.begin(&window->inner, engine);
}

static bool is_over(const struct engine *engine)
{
	return engine->nr_taken >= PROGRAM_SWITCHES;
}

static unsigned int window_next_point(const struct policy *policy,
				      struct engine *engine, struct task *task)
{
	struct window *window = policy->state;

	if (is_over(engine))
		return POINT_NEVER;
	if (window->passed < window->from) {
		window->passed++;
		return task->point + 1;
	}
	return window->inner.next_point(&window->inner, engine, task);
}

static struct task *window_choose(const struct policy *policy,
				  struct engine *engine, struct task *task)
{
	struct window *window = policy->state;

	if (is_over(engine) || window->passed < window->from)
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
