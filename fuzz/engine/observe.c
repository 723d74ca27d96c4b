/* SPDX-License-Identifier: MIT */
/*
 * observe.c: the engine shows what happens to whoever looks on: observer.h.
 */
#include "inside.h"

void observe(struct engine *engine, const struct run_options *options)
{
	unsigned int i, nr = 0;

	engine->observed = engine->touched = false;
	for (i = 0; options && i < ENGINE_OBSERVERS; i++) {
		struct observer *observer = options->observers[i];

		if (!observer)
			continue;
		engine->observers[nr++] = observer;
		engine->observed |= observer->access != NULL;
		engine->touched |= observer->touch != NULL;
	}
	engine->observers[nr] = NULL;
}

void observe_reset(const struct engine *engine)
{
	struct observer *const *to = engine->observers;

	for (; *to; to++)
		if ((*to)->reset)
			(*to)->reset(*to, engine);
}

void observe_begin(const struct engine *engine, enum operation op,
		   const struct op_args *args)
{
	struct observer *const *to = engine->observers;

	for (; *to; to++)
		if ((*to)->begin)
			(*to)->begin(*to, engine, op, args);
}

void observe_access(const struct engine *engine, const struct access *access)
{
	struct observer *const *to = engine->observers;

	for (; *to; to++)
		if ((*to)->access)
			(*to)->access(*to, engine, access);
}

void observe_fence(const struct engine *engine, uint8_t order)
{
	struct observer *const *to = engine->observers;

	for (; *to; to++)
		if ((*to)->fence)
			(*to)->fence(*to, engine, order);
}

void observe_dead_access(const struct engine *engine)
{
	struct observer *const *to = engine->observers;

	for (; *to; to++)
		if ((*to)->dead_access)
			(*to)->dead_access(*to, engine);
}

void observe_landed(const struct engine *engine, const struct access *access,
		    const struct site *site)
{
	struct observer *const *to = engine->observers;

	for (; *to; to++)
		if ((*to)->landed)
			(*to)->landed(*to, engine, access, site);
}

void observe_pages(const struct engine *engine, unsigned long pfn,
		   unsigned int order, bool alloc)
{
	struct observer *const *to = engine->observers;

	for (; *to; to++)
		if ((*to)->pages)
			(*to)->pages(*to, engine, pfn, order, alloc);
}

void observe_touch(const struct engine *engine, enum touch_what what,
		   uintptr_t at, size_t size, enum touch_how how)
{
	const struct touch touch = { what, how, at, size };
	struct observer *const *to = engine->observers;

	for (; engine->touched && *to; to++)
		if ((*to)->touch)
			(*to)->touch(*to, engine, &touch);
}

void observe_end(const struct engine *engine, const struct op_result *result)
{
	struct observer *const *to = engine->observers;

	for (; *to; to++)
		if ((*to)->end)
			(*to)->end(*to, engine, result);
}

void observe_settled(const struct engine *engine, enum operation op,
		     const struct op_result *result)
{
	struct observer *const *to = engine->observers;

	for (; *to; to++)
		if ((*to)->settled)
			(*to)->settled(*to, engine, op, result);
}

void observe_passed(const struct engine *engine, enum passed why)
{
	struct observer *const *to = engine->observers;

	for (; *to; to++)
		if ((*to)->passed)
			(*to)->passed(*to, engine, why);
}
