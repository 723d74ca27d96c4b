/* SPDX-License-Identifier: MIT */
/*
 * reverse.h: race reversal: from a recorded run, children in which one race
 * goes the other way round.
 *
 *     recorded   ... a(i) ... b(j) ...     a and b race, no common lock
 *     child      ... [others, up to b(j)] a(i) ... the rest
 *
 * Task i is stopped in front of its access a until j has made b. Of the last
 * accesses that b races with one is picked, not always the very last, and
 * of a few dozen pairs the one that was reversed least often so far. The new
 * order is written back as the child's schedule. What races: steps_race(); an
 * access to a page that changes hands is enough.
 *
 * See: README.md, what the search finds without it; reverse_test.c, how soon it
 * finds the founding race once the program is given.
 */
#ifndef FUZZ_REVERSE_H
#define FUZZ_REVERSE_H

#include "record.h"
#include "rng.h"

#define REVERSE_PAIRS (1 << 20)
#define REVERSE_HISTORY 4 /* older accesses of a that may be picked */
#define REVERSE_TOURNAMENT 32 /* pairs of which the rarest wins */
#define REVERSE_BLOCKS 2048

/*
 * Steps of a record by where they went, so that a partner is not looked for among
 * all that came before: records of a large target are long, and few of the steps
 * have to do with each other. Numbers are of steps, from 1; 0: none.
 */
struct reverse_near {
	uint16_t last[REVERSE_BLOCKS]; /* of blocks of memory, many to one */
	uint16_t before[RECORD_STEPS]; /* the one before it, of those */
	uint16_t wide[RECORD_STEPS]; /* before it, of those of no one block */
};

struct reverse {
	struct reverse_near near; /* of the record looked at */
	uint16_t times[REVERSE_PAIRS]; /* a pair of sites was reversed */
	unsigned int usual; /* the sum of how often, of the last 256 or so */
	bool first; /* the last one was reversed for the first time */
	bool rare; /* it was reversed no more often than is usual of late */
};

/* Do they race, and could a schedule have it the other way round? */
bool reverse_possible(const struct record *record, const struct step *a,
		      const struct step *b);
/*
 * Make @child: @program with a schedule that reverses one race of @record.
 * Returns: false if there is none to reverse.
 */
bool reverse_race(struct reverse *reverse, const struct record *record,
		  const struct program *program, struct rng *rng,
		  struct program *child);
/*
 * The schedule that plays the steps of @record in the order that has [a, b]
 * reversed; a = b: as recorded. At most PROGRAM_SWITCHES entries.
 */
void reverse_schedule(const struct record *record, unsigned int a,
		      unsigned int b, struct program *child);

#endif
