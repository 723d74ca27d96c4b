/* SPDX-License-Identifier: MIT */
/*
 * predict.h: the processes that play what is predicted (predictor.h), a block each at
 * a time.
 *
 * Promises: with one process the same runs in the same order each time; what kills
 * a process is a finding, and another goes on behind it.
 */
#ifndef FUZZ_PREDICT_H
#define FUZZ_PREDICT_H

#include "predicted.h"

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
