/* SPDX-License-Identifier: MIT */
/*
 * jobs.h: jobs: one exploration, shared out among child processes.
 *
 *     parent                                  child, one a job
 *     shares          --one, a byte-->        so many schedules of it
 *     found           <--rest, one byte--     what it found
 *
 * What is given out is a share of the schedules (shares.h). When a job has
 * nothing to do the next share that comes back is split. A child that dies was
 * killed by the schedule that it was playing, which is a finding; another goes on
 * behind it: the tour lies in memory that both share.
 *
 * Promises:
 *  1. Each schedule with exactly so many preemptions, or each class of them, is
 *     counted once, however many jobs there are and whatever dies; so are
 *     findings.
 *  2. Shares, with those that were given out and are not back, and what was
 *     found are consistent between two calls: all that a state file needs.
 *  3. No child outlives its parent.
 */
#ifndef FUZZ_JOBS_H
#define FUZZ_JOBS_H

#include <sys/types.h>

#include "explored.h"
#include "shares.h"

#define JOBS_MAX 64

/* What a child shares with its parent. */
struct job_board {
	struct program program;
	unsigned long limit; /* schedules to play before it goes back */
	bool hurry; /* give back what is left, now */
	unsigned long runs; /* all there were */
	struct tour tour; /* the share */
	struct explored found;
	struct met met; /* by reduction: where its operations did */
	struct near near; /* what is asked if it spares, or comes by reduction */
	bool spares, notes;
	struct engine engine;
};

struct job {
	struct job_board *board;
	struct share *share; /* that was given out; NULL: idle */
	pid_t pid; /* 0: there is no child */
	int socket;
	unsigned long runs; /* when it was last looked at ... */
	unsigned int looks; /* ... and how often nothing had moved since */
};

struct jobs {
	const struct target *target;
	const struct program *program;
	struct engine *engine; /* the parent's */
	struct record *record; /* children's, each has a copy */
	/*
	 * The caller's: play @program, with the schedule that killed a child,
	 * once more and say in @bug what its crash is called and where it was.
	 * Returns: false if nothing dies of it. NULL: "crash" is enough.
	 */
	bool (*name_crash)(void *arg, const struct program *program,
			   struct explored_bug *bug);
	void *arg;
	unsigned int preemptions; /* exactly, or TOUR_ALL */
	unsigned long most; /* schedules at a time; 0: as many as may be */
	unsigned int nr;
	struct job job[JOBS_MAX];
	struct shares shares; /* what is to come */
	struct explored found;
	struct met met;
	struct near *near; /* the caller's, which reduction adds to; or NULL */
	bool spares; /* preemptions only where @near says */
	unsigned long runs; /* schedules played, those that did not count too */
	bool failed; /* a child died, and not of its schedule */
	bool unplayed; /* a run ended before the prefix did */
};

/*
 * At most JOBS_MAX jobs. @engine: the tool's own, destroyed and brought up anew
 * around each fork. @record: the tool's own, of which children have copies.
 * Aborts with a message if memory is short.
 */
struct jobs *jobs_open(unsigned int nr, const struct target *target,
		       const struct program *program, struct engine *engine,
		       struct record *record);
void jobs_close(struct jobs *jobs);
/* Another program, of which nothing is known; @jobs->shares are empty. Rest first. */
void jobs_aim(struct jobs *jobs, const struct program *program);
/*
 * Give out, wait a moment, take back. Returns: false if nothing is left, or if
 * it failed.
 */
bool jobs_work(struct jobs *jobs);
/* How many ways to leave the first schedule are not done: explore.h. */
unsigned int jobs_ways_left(const struct jobs *jobs);
/* With reduction: what is left, as a fraction of all, as far as is known. */
double jobs_left(const struct jobs *jobs);
/* Take everything back, soon. */
void jobs_rest(struct jobs *jobs);

/* ------------------------------------------------------------ jobs_child.c */

/* Serve requests until the parent is gone. Does not return. */
__attribute__((noreturn)) void jobs_serve(const struct jobs *jobs,
					  const struct job *job);

#endif
