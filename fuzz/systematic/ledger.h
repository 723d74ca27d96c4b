/* SPDX-License-Identifier: MIT */
/*
 * ledger.h: a ledger: what enumerated programs came to, a line each, so that the
 * same command goes on where it was stopped or killed.
 *
 *     pagerace systematic 1 KEY
 *     HASH COMPLETE BOUND RUNS SCHEDULES REDUNDANT FINDINGS PAIRS PLACES SECONDS
 *
 * Promises: what was noted is known after any death; a last line that was torn is
 * taken off; a ledger of another build or target is refused.
 */
#ifndef FUZZ_LEDGER_H
#define FUZZ_LEDGER_H

#include <stdio.h>

#include "enumerate.h"

#define LEDGER_BUCKETS 65536

struct entry {
	uint64_t hash; /* of the program */
	bool complete;
	int bound; /* -1: none */
	unsigned long runs, schedules, redundant, findings;
	struct met_new new;
	double seconds;
	int next; /* in its bucket; -1: none */
};

struct ledger {
	FILE *file; /* NULL: in memory only */
	int bucket[LEDGER_BUCKETS];
	struct entry *entries;
	size_t nr, room;
};

/*
 * Open or begin @path (NULL: in memory only). Returns: NULL, or what is wrong with it; then there is
 * nothing to close.
 */
const char *ledger_open(struct ledger *ledger, const char *path, uint32_t key);
void ledger_close(struct ledger *ledger);
/* The last one. Returns: NULL if it is not there. Valid until the next ledger_add(). */
const struct entry *ledger_find(const struct ledger *ledger, uint64_t hash);
/* Returns: false with errno if it could not be written. */
bool ledger_add(struct ledger *ledger, const struct entry *entry);

#endif
