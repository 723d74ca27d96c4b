/* SPDX-License-Identifier: MIT */
/*
 * campaign.h: a campaign: fuzzing processes on one machine and one corpus, for
 * hours, over findings and over deaths.
 *
 *     worker 0 --> corpus/ <-- worker 1 ...      libFuzzer, -reload
 *         |          |  a copy each
 *         v          v
 *        raw/      kept/    every entry ever reported
 *         |  moved
 *         v
 *      artifacts/ --> triage/                     pagerace triage
 *      log            what was reported, a line each
 *
 * Workers may be of several builds, which see different things and share all
 * of it: each has a share of the time (campaign_builds.c), and raw/NAME/ and
 * artifacts/NAME/ for what it finds.
 *
 * In C, not shell: workers die with their supervisor (no orphan goes on in a
 * folder that a resumed campaign has), and the folder is locked. Not libFuzzer's
 * -fork mode: its children start anew every few seconds and our mutator with
 * them, and its parent keeps what they found in memory and temporary folders.
 *
 * Promises:
 *  1. What the log calls new or a finding is on disk by then, and no process of
 *     the campaign removes it: libFuzzer drops entries for smaller ones, from
 *     corpus/, while kept/ keeps them.
 *  2. A campaign is its folder: killed at any moment, the same command goes on
 *     with all that was reported. Totals of executions and seconds may lack what
 *     came after they were written last.
 *  3. An entry that kills workers when they start (the target was changed) goes
 *     from the corpus to the findings.
 *  4. No two campaigns use one folder.
 *
 * See: README.md, A campaign; test/campaign.sh, which kills it.
 */
#ifndef FUZZ_CAMPAIGN_H
#define FUZZ_CAMPAIGN_H

#include <limits.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>

#include "coverage.h"
#include "pulse.h"
#include "targets.h"

#define CAMPAIGN_JOBS_MAX 64
#define CAMPAIGN_ARGS_MAX 64 /* arguments of a fuzzing process */
#define CAMPAIGN_FALSE_STARTS 3 /* in a row, then the fuzzer is no good */
#define CAMPAIGN_RESTART_S 1.0 /* seconds between two starts of one worker */
#define CAMPAIGN_BUILDS_MAX 16
#define CAMPAIGN_SHARE_MAX 64
#define CAMPAIGN_NAME 24 /* of a build, with its end */
#define CAMPAIGN_PATH (PATH_MAX + 64)

enum campaign_build_state {
	BUILD_AWAITED, /* its fuzzer is not there yet */
	BUILD_READY,
	BUILD_BROKEN, /* and never will be, or ends before it begins */
};

/* One of those that workers are of. */
struct campaign_build {
	char name[CAMPAIGN_NAME]; /* "": there is one, and it has no name */
	unsigned int share; /* of the time, beside those of the others */
	char fuzzer[CAMPAIGN_PATH];
	enum campaign_build_state state;
	unsigned int false_starts; /* in a row */
	double used; /* seconds of workers; of a turn under way all of it */
	double loading; /* seconds that it took to play the corpus */
	unsigned long executions; /* of workers that ended, this session */
	size_t found;
};

struct campaign_worker {
	pid_t pid; /* 0: none at the moment */
	unsigned int starts;
	double started; /* seconds */
	struct campaign_build *build; /* NULL: it was never started */
	double turn; /* seconds that it has; 0: no end */
	bool loaded; /* it has played the corpus */
	long at; /* of its log, read so far */
	unsigned long executions; /* of this process; the last it said */
	struct pulse pulse; /* of it; executions 0: it has none */
	double said; /* when, seconds */
	unsigned long rate; /* executions a second, of its own account */
	unsigned long total; /* with those of the mutator; 0: it said nothing */
	unsigned int edges, features, entries;
	char id[64]; /* of the finding that it ends with, or "?" */
	char artifact[CAMPAIGN_PATH]; /* that it wrote, or "" */
};

/* File names, in the order of their coming. Owns them. */
struct names {
	char **name;
	size_t nr, room;
	size_t *slots; /* by hash: index + 1; 0: empty; twice the room */
};

struct campaign {
	/* the caller's */
	const char *dir;
	const char *seeds; /* a folder, or NULL */
	const struct variant *variant;
	unsigned int jobs;
	unsigned long seed; /* of the first worker */
	unsigned long limit; /* seconds; 0: until it is stopped */
	char **fuzzer; /* file, in which % is a build's name; arguments, NULL */
	struct campaign_build builds[CAMPAIGN_BUILDS_MAX];
	unsigned int nr_builds;
	struct engine *engine;
	struct record *record;
	/* its own */
	int lock;
	FILE *log;
	struct campaign_worker workers[CAMPAIGN_JOBS_MAX];
	bool stopping; /* no worker is started any more */
	struct names kept, found;
	unsigned int nr_corpus; /* files there now */
	struct timespec corpus_time, artifacts_time; /* as looked at last */
	size_t nr_played; /* of the kept, handed to the player */
	pid_t player; /* plays entries for coverage, or 0 */
	struct coverage coverage;
	pid_t triage; /* or 0 */
	bool triaging;
	unsigned int triaged_by; /* 0: this command; n: that of builds[n - 1] */
	bool untriaged; /* artifacts that no triage has seen */
	double began, wrote_totals; /* seconds */
	unsigned long before_executions, before_seconds; /* earlier sessions */
	unsigned long ended_executions; /* of workers that ended */
	struct pulse pulse; /* of this session; what is seen are entries */
	struct pulse_past past;
	char trouble[512]; /* why it cannot go on; "": it can */
};

/* Make or take up the folder. Returns: false with trouble set. */
bool campaign_open(struct campaign *campaign);
/* Everything that is due. Returns: false if there is trouble. */
bool campaign_tick(struct campaign *campaign);
/* Stop the workers, and see what they left. */
void campaign_stop(struct campaign *campaign);
/* Go on with triage until it is done. */
void campaign_finish(struct campaign *campaign);
void campaign_close(struct campaign *campaign);
/* Of all sessions; of workers that have no pulse a guess. */
unsigned long campaign_executions(const struct campaign *campaign);
unsigned long campaign_seconds(const struct campaign *campaign);

/* -------------------------------------------------- between its own files */

double campaign_now(void);
/* Bring a file or folder to the disk. */
void campaign_sync(const char *path);
/* DIR/@name, in @path. */
const char *campaign_path(const struct campaign *campaign, const char *name,
			  char path[CAMPAIGN_PATH]);
/* A line of the log, on disk when this returns. */
__attribute__((format(printf, 2, 3))) void
campaign_note(struct campaign *campaign, const char *format, ...);
__attribute__((format(printf, 2, 3))) bool
campaign_fail(struct campaign *campaign, const char *format, ...);
/* A child that dies with us. Returns: as fork(). */
pid_t campaign_fork(void);
/* Has @pid ended? Then it is 0, and @status is how. */
bool campaign_reap(pid_t *pid, int *status);

/* campaign_worker.c */
void campaign_start(struct campaign *campaign, unsigned int nr);
/* "--pulse=LOG.pulse" of a process whose log is @path; and its name alone. */
const char *campaign_pulse(const char *path, char option[CAMPAIGN_PATH]);
/* Take in its pulse, and all whole lines of the log @path that are new. */
void campaign_read(struct campaign_worker *worker, const char *path);
/* Read what it says. Returns: true if it has ended just now. */
bool campaign_look(struct campaign *campaign, unsigned int nr, int *status);

/* campaign_builds.c */
/*
 * @list: "release:8,address", a share left out is 1; NULL: one build, without a
 * name. Returns: false with trouble set.
 */
bool campaign_choose_builds(struct campaign *campaign, const char *list);
/* See which have come, and which will not. */
void campaign_await_builds(struct campaign *campaign);
/* Give the worker, which has ended, a build and a turn. False: none is there. */
bool campaign_turn(struct campaign *campaign, struct campaign_worker *worker);
/* The worker has ended: what it used of its turn is what its build has used. */
void campaign_turn_ended(struct campaign_worker *worker);
/* It ended before it began; too often: no worker is of its build any more. */
void campaign_false_start(struct campaign *campaign, unsigned int nr);
/* "NAME: seconds and executions" of @file, of all sessions; and into it. */
void campaign_read_builds(struct campaign *campaign, FILE *file);
size_t campaign_print_builds(const struct campaign *campaign, char *text,
			     size_t size);

/* campaign_keep.c: entries */
/* Take in seeds and what was kept. Returns: false with trouble set. */
bool campaign_load(struct campaign *campaign);
void campaign_keep(struct campaign *campaign);
void campaign_play(struct campaign *campaign);
/* Entries equal to the file @path leave the corpus. Returns: how many. */
unsigned int campaign_drop(struct campaign *campaign, const char *path);

/* campaign_find.c: findings */
/* Until it is written an artifact is empty, but the one of nothing at all. */
bool campaign_is_written(const char *path);
/* Note artifacts that are new; @id: what the process said, or "?". */
void campaign_find(struct campaign *campaign, const char *id);
void campaign_find_again(struct campaign *campaign);
/* The log has the finding @name. */
void campaign_find_noted(struct campaign *campaign, const char *name);
/* The build that artifacts/ or raw/ @name is of. Returns: NULL if of none. */
struct campaign_build *campaign_found_by(struct campaign *campaign,
					 const char *name);

/* campaign_triage.c */
void campaign_triage(struct campaign *campaign);
/* What the last triage said, "" if there was none. malloc'ed. */
char *campaign_table(const struct campaign *campaign);

/* campaign_names.c: remember @name. Returns: false if it was known. */
bool names_add(struct names *names, const char *name);
bool names_has(const struct names *names, const char *name);
void names_free(struct names *names);

#endif
