/* SPDX-License-Identifier: MIT */
/* stop_at.c: see stop_at.h. */
#include "stop_at.h"

#include <signal.h>

static void look(struct observer *observer)
{
	struct stop_at *stop_at = (struct stop_at *)(void *)observer;

	if (stop_at->reached || stop_at->record->nr < stop_at->step)
		return;
	stop_at->reached = true;
	raise(SIGTRAP);
}

static void stop_at_reset(struct observer *observer,
			  const struct engine *engine)
{
	(void)engine;
	((struct stop_at *)(void *)observer)->reached = false;
}

static void stop_at_begin(struct observer *observer,
			  const struct engine *engine, enum operation op,
			  const struct op_args *args)
{
	(void)engine, (void)op, (void)args;
	look(observer);
}

static void stop_at_access(struct observer *observer,
			   const struct engine *engine,
			   const struct access *access)
{
	(void)engine, (void)access;
	look(observer);
}

static void stop_at_dead_access(struct observer *observer,
				const struct engine *engine)
{
	(void)engine;
	look(observer);
}

static void stop_at_end(struct observer *observer, const struct engine *engine,
			const struct op_result *result)
{
	(void)engine, (void)result;
	look(observer);
}

struct observer *stop_at_observer(struct stop_at *stop_at,
				  const struct record *record,
				  unsigned long step)
{
	*stop_at = (struct stop_at){
		.observer = { .reset = stop_at_reset,
			      .begin = stop_at_begin,
			      .access = stop_at_access,
			      .dead_access = stop_at_dead_access,
			      .end = stop_at_end },
		.record = record,
		.step = step,
	};
	return &stop_at->observer;
}
