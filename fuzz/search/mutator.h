/* SPDX-License-Identifier: MIT */
/*
 * mutator.h: what the fuzzing engine is handed as the next input.
 *
 * A structural mutation or a round of race reversal. A round begins with
 * a recorded run of the parent, in its own schedule or, more often than not, one by
 * chance (chance.h): a random walk, POS, SURW. The first child reverses one race of
 * it, the second one race of the first child's own run, and so on: as deep as the
 * race that is looked for. A round is over behind the first if what that reversed was reversed more often than is usual: most
 * programs that are drawn are like many. Interrupts that no run called yet are called first. A round that reversed a pair of sites for the first time
 * is followed by another of the same parent.
 *
 * One time in two, in 32 if there are seeds, the next program is drawn afresh
 * (generate.h) and gets a round; else, one time in five, it is a round, of a
 * parent that half of the time was mutated first. But when a parent comes up
 * whose operations are new, it gets a burst of rounds, as it is, before anything
 * else is tried. Half of the inputs go to bursts of the programs that the corpus
 * held at the start, one after the other, however large the corpus has grown.
 *
 * Between rounds, stops are played that are predicted (foresight.h).
 *
 * If memory is weak, one child in two has one reordering more (cycle.h), and so
 * have some of the mutations.
 *
 * If schedules alone are searched, all that is mutated is them, and nothing is drawn
 * afresh: the operations of the programs at the start, which may be one, stay.
 *
 * Promises: deterministic in its seeds. Its own runs count as executions
 * (engine.executions). If one is a finding, its input is handed out at once; if
 * one kills, too. Where nobody can bail out of a run (bail.h) there are none: a
 * round begins with the parent as an input like any, which the caller records.
 */
#ifndef FUZZ_MUTATOR_H
#define FUZZ_MUTATOR_H

#include "chance.h"
#include "cycle.h"
#include "foresight.h"
#include "reverse.h"

#define MUTATOR_CHILDREN 4 /* of a round */
#define MUTATOR_BURST 8 /* rounds for operations that are new */
#define MUTATOR_MORE 32 /* rounds of a parent that went on because of fruit */
#define MUTATOR_LISTS 16384 /* sets of lists that are told apart */
#define MUTATOR_CHANCES 3 /* policies by chance that rounds begin with */
#define MUTATOR_SEEDS 64 /* programs at the start; further ones are not noted */

struct mutator {
	struct engine *engine;
	const struct target *target;
	struct record record; /* of the last run, the fuzz target's included */
	struct reverse reverse;
	bool known[MUTATOR_LISTS]; /* these lists had their burst */
	struct program parent; /* of the rounds */
	struct chance chances[MUTATOR_CHANCES]; /* what they know of the parent */
	uint64_t seed; /* of its rounds */
	unsigned long played[MUTATOR_CHANCES]; /* rounds by each of them */
	unsigned int rounds; /* that it gets in any case */
	unsigned int more; /* and at most, each for the fruit of the one before */
	bool fruitful; /* this round reversed a pair for the first time */
	bool asks; /* the caller plays parents, too */
	struct cycle cycle;
	bool weak; /* the caller's: reorderings are drawn, too */
	bool schedules_only; /* the caller's: operations stay as they are */
	bool begun; /* something was mutated: no more seeds */
	unsigned int nr_seeds, next_seed;
	bool of_seed; /* the rounds are a seed's */
	unsigned int owed; /* inputs the others get before the next seed's turn */
	struct program seeds[MUTATOR_SEEDS];
	unsigned int children; /* left in this round */
	struct program child; /* the last one */
	struct foresight foresight;
};

void mutator_init(struct mutator *mutator, struct engine *engine,
		  const struct target *target);
/* @program was run; before the first mutation that means: it is a seed. */
void mutator_saw(struct mutator *mutator, const struct program *program);
/* Replace @program by the next one to try. */
void mutator_next(struct mutator *mutator, struct program *program,
		  uint64_t seed);

#endif
