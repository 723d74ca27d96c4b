/* SPDX-License-Identifier: MIT */
/*
 * events.h: events of a run, counted: begins and ends of operations, accesses.
 *
 * A run that crashed can be played again up to the last event before it did,
 * and broken off there: the same steps, and nothing happens.
 *
 *	options.observers[last] = events_observer(&events);
 *
 * Behind all others: what it has counted, they have seen.
 */
#ifndef FUZZ_EVENTS_H
#define FUZZ_EVENTS_H

#include "engine.h"

struct events {
	struct observer observer; /* first */
	unsigned long *nr; /* counted so far; the caller's */
	/* Break @engine's run off behind so many, with a finding; 0: never. */
	unsigned long stop;
	struct engine *engine;
	struct finding finding;
};

struct observer *events_observer(struct events *events);

#endif
