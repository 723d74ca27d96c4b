/* SPDX-License-Identifier: MIT */
/*
 * sweep.h: a sweep: what pagerace pairs and pagerace systematic have in common:
 * programs through systematic.h, findings to files, how far it is.
 */
#ifndef FUZZ_SWEEP_H
#define FUZZ_SWEEP_H

#include <signal.h>

#include "command.h"
#include "systematic.h"
#include "ticker.h"

struct sweep {
	const struct options *options;
	const struct variant *variant;
	struct systematic systematic; /* next and done are the command's */
	struct ledger ledger;
	struct player *player;
	struct worker *worker;
	const volatile sig_atomic_t *stopped;
	struct ticker ticker;
	double began;
	struct tally all;
	unsigned long given; /* programs so far */
	const char *doing; /* for the line of progress */
	unsigned long of; /* so many programs there are to be; 0: nobody knows */
};

/* Of a program, at most: a second on the core, ten on Linux. */
#define SWEEP_RUNS 30000

/* Letters of the options that both have. */
#define SWEEP_OPTIONS "trjTMo"

/*
 * @about names the sweep: a ledger of another one is refused. Returns: false,
 * having said why.
 */
bool sweep_open(struct sweep *sweep, const struct options *options,
		const char *about);
/* Until nothing is left, it is stopped, or time is over. Returns: false: trouble. */
bool sweep_run(struct sweep *sweep);
/* Has it to stop, at once, or when those under way are done? */
bool sweep_is_over(const struct sweep *sweep);
bool sweep_is_full(const struct sweep *sweep);
/* To be called by done(); @before: what it took the place of, or NULL. */
void sweep_done(struct sweep *sweep, const struct entry *entry,
		const struct entry *before);
/* Runs of the next program, at most; twice that where all are too many. */
void sweep_limit(struct sweep *sweep, unsigned long runs);
/* A row of numbers under what sweep_head() prints. */
void sweep_head(const char *what);
void sweep_row(const char *what, const struct tally *tally);
/* The last lines. Returns: the exit code. */
int sweep_conclude(struct sweep *sweep);
void sweep_close(struct sweep *sweep);

#endif
