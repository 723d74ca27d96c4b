/* SPDX-License-Identifier: MIT */
/*
 * enumerate.h: one small program, all its schedules, within a budget: by
 * reduction; where that is too much, all up to so many preemptions, those first
 * that preempt where tasks meet (near.h).
 */
#ifndef FUZZ_ENUMERATE_H
#define FUZZ_ENUMERATE_H

#include "jobs.h"

#define ENUMERATE_BOUND 2 /* preemptions, where all schedules are too many */

struct enumerate_limits {
	unsigned long all; /* runs by reduction; redundant ones count */
	/* schedules with few preemptions: so many near, so many anywhere */
	unsigned long bounded;
};

/* What came of it. */
struct enumerated {
	bool complete; /* all its schedules */
	int bound; /* else: up to so many preemptions; -1: not even 0 */
	bool failed; /* jobs_work() did: nothing holds */
	unsigned long runs;
	unsigned long schedules; /* inequivalent, or with few preemptions */
	unsigned long redundant;
	unsigned long findings;
	double seconds;
	unsigned int nr; /* distinct findings */
	struct explored_bug bugs[EXPLORED_BUGS];
	struct met met;
};

/* @jobs: opened for @program's target, at rest, with no shares. */
void enumerate(struct jobs *jobs, const struct program *program,
	       const struct enumerate_limits *limits,
	       struct enumerated *enumerated);

#endif
