/* SPDX-License-Identifier: MIT */
/*
 * systematic.h: programs by the dozen, all schedules of each: from a source one
 * after another, through the pool, into the ledger.
 *
 *     source --program--> pool --what came of it--> ledger, findings, frontier
 *
 * Promises:
 *  1. A program that the ledger has is not played again, unless all its schedules
 *     were too many and the limits are higher now.
 *  2. A finding is handed out before its program is in the ledger.
 *  3. Findings are distinct if the checker or the two steps in conflict are; of
 *     each the first program that showed it, since this was begun, is handed out.
 */
#ifndef FUZZ_SYSTEMATIC_H
#define FUZZ_SYSTEMATIC_H

#include "frontier.h"
#include "ledger.h"
#include "pool.h"

#define SYSTEMATIC_BUGS 256 /* distinct ones; more are counted */

/* What some programs came to, all together. */
struct tally {
	unsigned long programs;
	unsigned long complete; /* all their schedules */
	unsigned long bounded; /* all with at most ENUMERATE_BOUND preemptions */
	unsigned long schedules, redundant, findings;
	double seconds; /* of one process */
};

struct systematic_bug {
	char id[TEXT_WORD_MAX];
	char steps[2][SITE_NAME_MAX];
	unsigned long programs;
};

struct systematic {
	/* the caller's */
	const struct target *target;
	struct pool *pool;
	struct ledger *ledger;
	struct enumerate_limits limits;
	/*
	 * The next program, and a tag of the caller's for it. Returns: false if
	 * there is none now; it is asked again when another one is done.
	 */
	bool (*next)(struct systematic *systematic, struct program *program,
		     size_t *tag);
	/* One is done; @enumerated is NULL if the ledger had it. */
	void (*done)(struct systematic *systematic,
		     const struct program *program, size_t tag,
		     const struct entry *entry);
	/* A distinct finding. Returns: false if it could not be kept. */
	bool (*found)(struct systematic *systematic,
		      const struct program *program,
		      const struct explored_bug *bug);
	void *arg;
	/* its own */
	struct met met;
	unsigned int nr_bugs;
	struct systematic_bug bugs[SYSTEMATIC_BUGS];
	const char *trouble; /* why it cannot go on, or NULL */
};

/* A moment of it. Returns: false if there is nothing to do, or trouble. */
bool systematic_work(struct systematic *systematic);
/* A finding that it did not come to itself: handed out if it is distinct. */
void systematic_found(struct systematic *systematic,
		      const struct program *program,
		      const struct explored_bug *bug);
/* @sign 1; or -1, to take it out. */
void tally_add(struct tally *tally, const struct entry *entry, int sign);

#endif
