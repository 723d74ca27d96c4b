/* SPDX-License-Identifier: MIT */
/*
 * leftovers.h: leftovers: what of a program a run did not do: operations that
 * were passed over, switches that were not met.
 *
 *	options.policy = the script's policy
 *	options.observers[n] = leftovers_observer(&watch);
 *	engine_run(...);
 *	leftovers_gather(&watch, engine, &script);
 *
 * To an engine most inputs are of that kind. To a person who wrote a program it
 * is a slip of the pen, or a schedule that the code has grown out of.
 */
#ifndef FUZZ_LEFTOVERS_H
#define FUZZ_LEFTOVERS_H

#include "policy.h"

enum leftover {
	LEFT_NOT, /* it was done */
	/* an operation: as in enum passed */
	LEFT_LACKED = PASSED_LACKED,
	LEFT_EMPTY = PASSED_EMPTY,
	LEFT_ILLEGAL = PASSED_ILLEGAL,
	LEFT_SPARED = PASSED_SPARED,
	LEFT_UNCALLED, /* an interrupt for which no switch came */
	/* a switch */
	LEFT_UNMET, /* its task never came there */
	LEFT_UNDONE, /* it did, and the next task could not run */
	LEFT_AHEAD, /* the finding ended the run before */
};

/* enum leftover for each; plain data. */
struct leftovers {
	uint8_t setup[PROGRAM_SETUP_OPS];
	uint8_t ops[PROGRAM_TASKS][PROGRAM_OPS];
	uint8_t switches[PROGRAM_SWITCHES]; /* in the program's order */
};

struct leftovers_watch {
	struct observer observer; /* first */
	struct leftovers left;
};

/* Who looks on for operations; of one run. */
struct observer *leftovers_observer(struct leftovers_watch *watch);
/* After it: the rest, of the script that it played. */
void leftovers_gather(struct leftovers_watch *watch,
		      const struct engine *engine, const struct script *script);

#endif
