/* SPDX-License-Identifier: MIT */
/*
 * coverage.h: schedule coverage: what the schedules of a corpus came to.
 *
 * Of the sites of one target, counted over recorded runs:
 *  - reached: an access was made there; preempted at: a task was switched away
 *    from in front of it, by the schedule, inside an operation;
 *  - communication: a site reads or writes what another task's site wrote last;
 *  - race: two sites made accesses that race and whose order a schedule could
 *    have reversed (reverse_possible()), the first one before the second.
 *
 * A race of two sites that was seen in one order only, over all runs, is unreversed: what a
 * search has still to do, or what some protocol of the target forbids.
 *
 * Owns: its tables, in memory that children share, so that a child may play what
 *   could kill it. One process at a time may add.
 */
#ifndef FUZZ_COVERAGE_H
#define FUZZ_COVERAGE_H

#include "record.h"

#define COVERAGE_WINDOW 1024 /* steps back that a race may span */

struct coverage_site {
	const struct site *site;
	uint32_t reached, preempted; /* times */
};

/* What it comes to. */
struct coverage_sum {
	unsigned int sites, reached, preempted;
	unsigned int talks; /* communication pairs */
	unsigned int races; /* pairs of two sites, in whatever order */
	unsigned int both; /* of them, seen in either order */
};

struct coverage {
	unsigned int nr; /* sites; their numbers begin at 1 */
	struct coverage_site *sites;
	uint32_t *talks; /* [writer][reader], times */
	uint32_t *races; /* [first][second], times */
	unsigned long *runs;
	size_t size; /* bytes of all tables */
};

/* Aborts with a message if memory is short. */
void coverage_open(struct coverage *coverage, const struct target *target);
void coverage_close(struct coverage *coverage);
/* Count the run that @engine just ended, and @record kept. */
void coverage_add(struct coverage *coverage, const struct engine *engine,
		  const struct record *record);
void coverage_sum(const struct coverage *coverage, struct coverage_sum *sum);
/* Where the count of [@a][@b] stands in a table of pairs. */
size_t coverage_pair(const struct coverage *coverage, unsigned int a,
		     unsigned int b);

#endif
