/* SPDX-License-Identifier: MIT */
/*
 * predictor.h: schedules that are predicted to be worth playing: an operation stops,
 * and one or two others are made meanwhile that store where it looks.
 *
 *     each set-up: each operation alone  --> where it looks
 *                  each two, in order    --> where they store
 *     a look and a store at one spot: a communication, by where the one looks,
 *     where the others stored last and, if both did, where the first had, and how
 *     the value changed
 *
 * A run stops the operation in front of a look that communicates, or behind the last.
 * Its kinds are this communication with each of a few in front of the stop: what was
 * seen before it has changed, what is seen next is new. Of each kind there are a few
 * runs, of as many set-ups and operations as can be, then four times as many, and so
 * on: kinds that many programs have do not crowd out the others. What is left out is
 * not known to be nothing.
 *
 * A predictor knows what was tried, and outlives who tries it (prediction.h): it may
 * lie in memory that several processes share. All zero: nothing was tried.
 *
 * See: Gong, Altinbüken, Fonseca, Maniatis: Snowboard: Finding Kernel Concurrency
 * Bugs through Systematic Inter-thread Communication Analysis, SOSP 2021.
 */
#ifndef FUZZ_PREDICTOR_H
#define FUZZ_PREDICTOR_H

#include "kinds.h"
#include "program.h"
#include "turns.h"

#define PREDICT_KILLERS                                                        \
	64 /* operations that are known to kill who plays them */

struct predictor {
	struct turns turns;
	unsigned int nr_killers;
	uint64_t killers[PREDICT_KILLERS]; /* programs; the last ones */
	struct kinds kinds;
};

/* Operations in @program that are to be looked at kill who plays them. */
void predictor_killed(struct predictor *predictor,
		      const struct program *program);
bool predictor_kills(const struct predictor *predictor,
		     const struct program *program);

#endif
