/* SPDX-License-Identifier: MIT */
/*
 * pool.h: a pool: programs enumerated by several processes at once.
 *
 *	pool = pool_open(jobs, target, &engine, &record);
 *	while (...) {
 *		while ((work = pool_free(pool)) && ...next program...)
 *			pool_give(pool, work);
 *		if ((work = pool_wait(pool)))
 *			... work->done ...
 *	}
 *
 * Each process has a job of its own (jobs.h) to play schedules, so that one that
 * crashes is a finding and nothing else is lost.
 */
#ifndef FUZZ_POOL_H
#define FUZZ_POOL_H

#include <sys/types.h>

#include "enumerate.h"

/* Shared with the process that does it. */
struct work {
	struct program program;
	struct enumerate_limits limits;
	size_t tag; /* the caller's */
	struct enumerated done;
};

struct pool;

/*
 * At most JOBS_MAX processes. @engine, @record: the tool's own, as for
 * jobs_open(). Aborts with a message if memory is short.
 */
struct pool *pool_open(unsigned int nr, const struct target *target,
		       struct engine *engine, struct record *record);
void pool_close(struct pool *pool);
/* To be filled in and given. Returns: NULL if all are busy. */
struct work *pool_free(struct pool *pool);
void pool_give(struct pool *pool, struct work *work);
/*
 * One that is done, after a moment at most; free from the next call on. Returns:
 * NULL if there is none.
 */
const struct work *pool_wait(struct pool *pool);
bool pool_is_idle(const struct pool *pool);
/* A process died, and not of a schedule. */
bool pool_failed(const struct pool *pool);

#endif
