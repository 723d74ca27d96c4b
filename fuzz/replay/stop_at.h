/* SPDX-License-Identifier: MIT */
/*
 * stop_at.h: stop_at: a run that stops for a debugger, right behind a step, in the
 * frame of the task that made it.
 *
 *	options.observers[last] = stop_at_observer(&stop_at, &record, 41);
 *
 * Behind @record, by whose numbers it goes: those of `show --verbose`. SIGTRAP is
 * raised on the task's own stack; without a debugger it ends the process.
 */
#ifndef FUZZ_STOP_AT_H
#define FUZZ_STOP_AT_H

#include "record.h"

struct stop_at {
	struct observer observer; /* first */
	const struct record *record;
	unsigned long step; /* from 1 */
	bool reached;
};

struct observer *stop_at_observer(struct stop_at *stop_at,
				  const struct record *record,
				  unsigned long step);

#endif
