/* SPDX-License-Identifier: MIT */
/*
 * sentry.h: a sentry: work that plays many programs, done in a child, so that
 * somebody is left to say which of them killed it, and how.
 *
 * For work that a worker is too slow for: nothing goes to and fro. What it comes
 * to has to be printed, or to stand in memory that both share.
 *
 *	sentry_plays(sentry, target, &program);    before each run, in the work
 */
#ifndef FUZZ_SENTRY_H
#define FUZZ_SENTRY_H

#include "player.h"
#include "worker.h"

#define SENTRY_DIED (-1)

/* In memory that both share. */
struct sentry {
	unsigned long runs; /* begun */
	const struct target *target;
	struct program program; /* under way, or the last */
	unsigned long at; /* the work's: where it is ... */
	unsigned long nr; /* ... what it has counted ... */
	int worst; /* ... and the exit code that it has so far */
};

/* Aborts with a message if memory is short. */
struct sentry *sentry_open(void);
void sentry_close(struct sentry *sentry);
void sentry_plays(struct sentry *sentry, const struct target *target,
		  const struct program *program);
/*
 * Do @work in a child. No engine is up, here or in it. Returns: what it returned,
 * an exit code; or SENTRY_DIED.
 */
int sentry_watch(struct sentry *sentry, int (*work)(void *arg), void *arg);
/* What kills whoever plays the program that was under way: "segv in xas_load". */
void sentry_name(const struct sentry *sentry, char words[OUTCOME_WORDS]);

#endif
