/* SPDX-License-Identifier: MIT */
/*
 * predict.h: schedules that are predicted to be worth playing: an operation stops,
 * and one or two others are made meanwhile that store where it looks.
 *
 *     each set-up: each operation alone  --> where it looks
 *                  each two, in order    --> where they store
 *     a look and a store at one spot: a communication, by where the one looks,
 *     where the others stored last and, if both did, where the first had
 *
 * A run stops the operation in front of a look that communicates, or behind the last.
 * Its kinds are this communication with each of a few in front of the stop: what was
 * seen before it has changed, what is seen next is new. Of each kind there are a few
 * runs, of as many set-ups and operations as can be, then four times as many, and so
 * on: kinds that many programs have do not crowd out the others. What is left out is
 * not known to be nothing.
 *
 * Promises: with one process the same runs in the same order each time; what kills
 * a process is a finding, and another goes on behind it.
 *
 * See: Gong, Altinbüken, Fonseca, Maniatis: Snowboard: Finding Kernel Concurrency
 * Bugs through Systematic Inter-thread Communication Analysis, SOSP 2021.
 */
#ifndef FUZZ_PREDICT_H
#define FUZZ_PREDICT_H

#include "predictor.h"

struct predict;

/*
 * At most JOBS_MAX processes. @engine, @record: the tool's own, as for
 * jobs_open(). Aborts with a message if memory is short.
 */
struct predict *predict_open(unsigned int nr, const struct target *target,
			     struct engine *engine, struct record *record);
void predict_close(struct predict *predict);
/*
 * Each process plays a block: a set-up, some first operations, all second ones.
 * Waits. Returns: false if there is none left.
 */
bool predict_work(struct predict *predict);
/* What the @nr-th process came to in its last block, or NULL. */
const struct predicted *predict_result(const struct predict *predict,
				       unsigned int nr);
/* A process died, and not of a run. */
bool predict_failed(const struct predict *predict);

#endif
