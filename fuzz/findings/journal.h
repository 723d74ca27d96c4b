/* SPDX-License-Identifier: MIT */
/*
 * journal.h: a journal: what a triage has done, so that the next one goes on.
 *
 * A text file, a line for each thing done, written at once; words are apart by
 * tabs:
 *
 *     pagerace triage 1 BUILD
 *     played     HASH VARIANT ID SITE SITE PREEMPTIONS OPERATIONS
 *     minimized  HASH VARIANT ID SITE SITE PREEMPTIONS OPERATIONS FILE ORDERS
 *
 * Promises:
 *  1. What was noted is known after any death. A last line that was torn is
 *     taken off.
 *  2. A journal of another build is read, and not gone on with.
 */
#ifndef FUZZ_JOURNAL_H
#define FUZZ_JOURNAL_H

#include <stdio.h>

#include "worker.h"

#define JOURNAL_BUCKETS 4096
#define JOURNAL_ORDERS_MAX 768 /* characters of deciding orders */
#define JOURNAL_VARIANT_MAX (2 * TEXT_WORD_MAX)

/* What a finding is known by. Empty id: clean. */
struct identity {
	char id[TEXT_WORD_MAX];
	char site[2][OUTCOME_NAME_MAX]; /* in conflict, sorted; or a place */
};

struct identity identity_of(const struct outcome *outcome);
bool identity_equal(const struct identity *a, const struct identity *b);

enum note_kind {
	NOTE_PLAYED,
	NOTE_MINIMIZED,
};

struct note {
	enum note_kind kind;
	uint64_t hash; /* of the artifact */
	char variant[JOURNAL_VARIANT_MAX]; /* TARGET/REVERT */
	struct identity identity;
	unsigned int preemptions, operations;
	char file[TEXT_WORD_MAX * 3]; /* minimized: below the folder, or "" */
	char orders[JOURNAL_ORDERS_MAX]; /* minimized: deciding_name() */
	int next; /* in its bucket; -1: none */
};

struct journal {
	FILE *file; /* NULL: in memory only */
	bool other; /* of another build: there to be read */
	int bucket[JOURNAL_BUCKETS];
	struct note *notes;
	size_t nr, room;
};

/*
 * Open or begin @path (NULL: in memory only) for a build known as @build.
 * Returns: NULL, or what is wrong with it; then there is nothing to close.
 */
const char *journal_open(struct journal *journal, const char *path,
			 uint32_t build);
void journal_close(struct journal *journal);
/* The last note of that kind, or NULL. Valid until the next journal_add(). */
const struct note *journal_find(const struct journal *journal,
				enum note_kind kind, uint64_t hash,
				const char *variant);
/* Returns: false with errno if it could not be written. */
bool journal_add(struct journal *journal, const struct note *note);

#endif
