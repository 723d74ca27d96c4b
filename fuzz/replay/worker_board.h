/* SPDX-License-Identifier: MIT */
/*
 * worker_board.h: the board: memory that a worker's parent and child share.
 *
 * The child writes down what it is playing before it plays it, so that the
 * parent knows when the child dies; the explorer stands here as well, so that
 * the next child goes on behind the schedule that killed the last one.
 */
#ifndef FUZZ_WORKER_BOARD_H
#define FUZZ_WORKER_BOARD_H

#include "explore.h"
#include "reverse.h"
#include "sited.h"
#include "worker.h"

/* A child that no sanitizer watches says this, and a function, when it dies. */
#define WORKER_SIGNAL_LINE "pagerace: deadly signal in "

enum worker_request {
	REQUEST_RUN = 'r',
	REQUEST_SEARCH = 's',
};

struct board {
	/* the parent's */
	const struct target *target;
	struct program program;
	unsigned int flags;
	struct fence fence;
	bool fenced;
	struct walks walks; /* no runs: the program's schedule */
	struct timeline *timeline; /* of the record, if events are counted */
	struct search search;
	struct outcome like; /* what search.like points to */
	/* the child's */
	unsigned long runs;
	struct outcome outcome; /* of the last run, as it goes */
	struct sited sited;
	unsigned int nr_path;
	struct passage path[WORKER_PATH_MAX];
	struct explore explore; /* of a search */
	struct reverse reverse; /* of one that is reversing */
	struct rng rng;
	struct chance chance; /* of walks */
};

/* What the child needs beside the board. */
struct worker_child {
	struct board *board;
	struct engine *engine;
	struct record *record;
	int socket;
};

/* Plays as another policy does; what it does goes on the board at once. */
struct noted {
	struct policy inner;
	struct outcome *outcome;
	struct board *path; /* where accesses are noted; or NULL */
	struct observer *also; /* who looks on beside the record; or NULL */
	unsigned long longest; /* a run with more points is left; 0: none */
};

/* Play what stands on the board. @noted: its inner policy is set. */
void worker_play(const struct worker_child *child, struct noted *noted,
		 struct record *record);
/* ... schedule after schedule: board->search. */
void worker_seek(const struct worker_child *child);
/* Serve requests until the parent is gone. Does not return. */
__attribute__((noreturn)) void worker_serve(const struct worker_child *child);

/* What a child died of, from what it wrote and its wait status. */
void crash_outcome(const char *text, int status, struct outcome *outcome);

#endif
