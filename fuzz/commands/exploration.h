/* SPDX-License-Identifier: MIT */
/*
 * exploration.h: an exploration under way, and what it says: a row a bound,
 * programs with the simplest schedule of each finding, a sentence to quote.
 */
#ifndef FUZZ_EXPLORATION_H
#define FUZZ_EXPLORATION_H

#include <signal.h>

#include "command.h"
#include "jobs.h"
#include "ticker.h"

struct exploration {
	const struct options *options;
	const struct variant *variant;
	struct input input; /* its program: with the prefix for a schedule */
	struct jobs *jobs;
	uint32_t key;
	unsigned int bound; /* that is under way */
	unsigned int ways; /* most ways that were ever left in it */
	double saved; /* when, in seconds */
	const volatile sig_atomic_t *stopped;
	struct ticker ticker;
};

/* The row of @bound, under a heading if it is the first. */
void exploration_print_bound(const struct explored *found, unsigned int bound);
/*
 * Findings to files, or to stdout; there, too, what cannot be written. Returns:
 * false, having said why.
 */
bool exploration_give(const struct exploration *it);
/* The last line. Returns: the exit code. */
int exploration_conclude(const struct exploration *it);

#endif
