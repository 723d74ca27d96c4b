/* SPDX-License-Identifier: MIT */
/*
 * triage.h: a triage: many artifacts, few bugs.
 *
 *     file --play--> find --as found--> pile --minimize some--> group
 *
 * Finds with the same checker and the same two accesses in conflict lie on one
 * pile. Of each pile PILE_SAMPLES are minimized; if they differ, all of it.
 * Groups are finds that minimize to the same checker and deciding orders, by their
 * sites (show/deciding.h), or conflict: a bug has few groups. Two groups are called
 * one bug only if both need the same fix out and are clean with it in.
 *
 * Promises:
 *  1. Artifacts are read and never touched.
 *  2. What was done is in the journal, and on disk, before the next is begun.
 *  3. Same files, same groups, however often it was interrupted.
 *  4. Results of another build are put aside, not mixed with and not lost.
 */
#ifndef FUZZ_TRIAGE_H
#define FUZZ_TRIAGE_H

#include <limits.h>
#include <signal.h>

#include "artifact.h"
#include "journal.h"
#include "minimize.h"

#define PILE_SAMPLES 2
#define TRIAGE_VARIANTS_MAX 128

/* A file that shows a finding. */
struct find {
	const char *path; /* the caller's */
	uint64_t hash;
	const struct variant *variant;
	struct identity identity; /* as found */
	unsigned int preemptions, operations;
	int group; /* -1: not known yet */
};

struct group {
	const struct variant *variant;
	struct identity identity; /* minimized */
	char orders[JOURNAL_ORDERS_MAX]; /* that decide; or "" */
	unsigned int preemptions, operations, files;
	const char *example; /* path of its first artifact */
	char file[TEXT_WORD_MAX * 3]; /* below the folder of results, or "" */
	struct program program;
	bool needs_revert; /* clean with the fix in */
};

struct triage {
	/* the caller's */
	struct engine *engine;
	struct record *record;
	const volatile sig_atomic_t *stop;
	const char *out; /* folder of results, or NULL */
	const struct variant *variant; /* NULL: what the files say */
	const char *target; /* of files that say nothing; NULL: the first */
	void (*progress)(struct triage *triage, const char *doing,
			 const char *path);
	void *arg;
	/* its own */
	struct journal journal;
	struct worker *workers[TRIAGE_VARIANTS_MAX];
	struct find *finds;
	size_t nr_finds, room_finds;
	struct group *groups;
	size_t nr_groups, room_groups;
	unsigned long nr_clean, nr_skipped;
	unsigned long nr_unsure; /* findings that other reverts show as well */
	char aside[PATH_MAX]; /* where results of another build went; or "" */
	char trouble[512]; /* why it was broken off; "" : stopped, or not */
};

/* Changes with this command: its targets, and what they were built with. */
uint32_t triage_build(void);
/* Returns: false with trouble set. */
bool triage_open(struct triage *triage);
void triage_close(struct triage *triage);
/*
 * Play one file, or find out from the journal how it went. @why: NULL, or why it
 * was skipped. Returns: false if it was stopped or there is trouble.
 */
bool triage_play(struct triage *triage, const char *path, const char **why);
/* Group what was found. Returns: false if it was stopped or in trouble. */
bool triage_group(struct triage *triage);
/* One of the workers; it is made on first use. */
struct worker *triage_worker(struct triage *triage,
			     const struct variant *variant);
/* Note down and keep. Returns: false with trouble set. */
bool triage_note(struct triage *triage, const struct note *note);
/* "core/late-head-read" */
const char *triage_variant_name(const struct variant *variant,
				char name[JOURNAL_VARIANT_MAX]);

/* ------------------------------------------------------- triage_aside.c */

/* Move what the journal of another build names. False: trouble is set. */
bool triage_put_aside(struct triage *triage);

/* ------------------------------------------------------- triage_table.c */

void triage_print(const struct triage *triage, FILE *out);

#endif
