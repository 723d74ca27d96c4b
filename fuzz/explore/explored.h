/* SPDX-License-Identifier: MIT */
/*
 * explored.h: what an exploration came to: how many schedules, and which
 * distinct findings.
 *
 * Findings are one if the id and the sites of the two steps in conflict are. Of
 * each the simplest schedule is kept: fewest preemptions, then fewest entries,
 * then the first in order. So it does not matter who found what, or when.
 */
#ifndef FUZZ_EXPLORED_H
#define FUZZ_EXPLORED_H

#include "record.h"
#include "sites.h"
#include "tour.h"

#define EXPLORED_BUGS 64 /* more are counted, not kept */
#define EXPLORED_BOUNDS 64

struct explored_bug {
	char id[TEXT_WORD_MAX];
	char steps[2][SITE_NAME_MAX]; /* in conflict; "": not known */
	bool crashed; /* then steps[0] is the function */
	unsigned long schedules; /* that end in it */
	unsigned int preemptions; /* of the simplest */
	unsigned int nr_taken; /* above PROGRAM_SWITCHES: does not fit */
	struct program_switch taken[PROGRAM_SWITCHES];
};

struct explored {
	/* By preemptions; with reduction all are in the first. */
	unsigned long schedules[EXPLORED_BOUNDS];
	unsigned long findings[EXPLORED_BOUNDS];
	struct tour_counts runs; /* how many were not all that they should be */
	unsigned int nr;
	struct explored_bug bugs[EXPLORED_BUGS];
};

/* A bug without steps: the schedule that @engine took, and what to call it. */
void explored_bug(struct explored_bug *bug, const struct engine *engine,
		  const char *id);
/* Name the steps in conflict; the last run of @engine was recorded. */
void explored_conflict(struct explored_bug *bug, const struct engine *engine,
		       const struct record *record);
/* By name, then by steps. Returns: 0: they are one. */
int explored_order(const struct explored_bug *a, const struct explored_bug *b);
void explored_add(struct explored *explored, const struct explored_bug *bug);
/* A schedule of @tour that counts, and the finding that it ended in, or NULL. */
void explored_count(struct explored *explored, const struct tour *tour,
		    const struct explored_bug *bug);
void explored_add_runs(struct explored *explored,
		       const struct tour_counts *runs);
/* All of @from as well. */
void explored_merge(struct explored *explored, const struct explored *from);
/* By preemptions, then by name. */
void explored_sort(struct explored *explored);
/* @counts: one of the two above. Returns: those with at most @preemptions. */
unsigned long explored_within(const unsigned long *counts,
			      unsigned int preemptions);

#endif
