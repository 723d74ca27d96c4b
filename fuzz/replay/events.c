/* SPDX-License-Identifier: MIT */
/* events.c: see events.h. */
#include "events.h"

static void count(struct observer *observer)
{
	struct events *events = (struct events *)(void *)observer;

	if (++*events->nr == events->stop)
		sched_break_off(events->engine, &events->finding);
}

static void events_reset(struct observer *observer, const struct engine *engine)
{
	(void)engine;
	*((struct events *)(void *)observer)->nr = 0;
}

static void events_begin(struct observer *observer, const struct engine *engine,
			 enum operation op, const struct op_args *args)
{
	(void)engine, (void)op, (void)args;
	count(observer);
}

static void events_access(struct observer *observer,
			  const struct engine *engine,
			  const struct access *access)
{
	(void)engine, (void)access;
	count(observer);
}

static void events_end(struct observer *observer, const struct engine *engine,
		       const struct op_result *result)
{
	(void)engine, (void)result;
	count(observer);
}

/* Between the end and this the books are kept, by views of the target. */
static void events_settled(struct observer *observer,
			   const struct engine *engine, enum operation op,
			   const struct op_result *result)
{
	(void)engine, (void)op, (void)result;
	count(observer);
}

struct observer *events_observer(struct events *events)
{
	events->observer = (struct observer){
		.reset = events_reset,
		.begin = events_begin,
		.access = events_access,
		.end = events_end,
		.settled = events_settled,
	};
	return &events->observer;
}
