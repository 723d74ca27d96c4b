/* SPDX-License-Identifier: MIT */
/*
 * worker.h: a worker: a child process that plays programs, so that a crash
 * kills the child and not the tool.
 *
 *     parent                              child
 *     board: program, what to do  --byte-->  engine_run()
 *     board: outcome              <--byte--  or its end: a crash, whose report
 *                                            is what it wrote to stderr
 *
 * The board is memory that both share; a socket carries one byte a request.
 * The child is forked when it is first needed, and anew when it has died.
 *
 * Promises:
 *  1. Same program, same outcome, whatever was played and died before.
 *  2. No child outlives its parent, no dead child is left unreaped.
 *  3. A crash is an outcome with an id and a place, as a finding is; so is a run
 *     that does not end (deadly.h).
 *
 * See: https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
 */
#ifndef FUZZ_WORKER_H
#define FUZZ_WORKER_H

#include <signal.h>

#include "chance.h"
#include "leftovers.h"
#include "record.h"

#define OUTCOME_NAME_MAX 96
#define OUTCOME_TURNS 128
#define WORKER_REPORT_MAX (64 * 1024) /* bytes of a crash report kept */

/* From where on a task made steps, until the next turn. */
struct turn {
	uint8_t task, op;
	uint16_t point; /* 0: it began the operation */
};

/* What a run came to. Strings are empty where there is nothing to say. */
struct outcome {
	char id[TEXT_WORD_MAX]; /* a finding's, or a crash's kind; "": clean */
	char where[OUTCOME_NAME_MAX]; /* of a crash: function on top */
	char checker[TEXT_WORD_MAX];
	bool crashed;
	char sanitizer[TEXT_WORD_MAX]; /* whose report it was; "": a signal */
	int task; /* of a crash: who had the CPU */
	struct touched touched; /* by it */
	unsigned long events; /* up to the crash, if they were counted */
	unsigned long run; /* of walks: which one, from 1; 0: of none */
	int page;
	unsigned int preemptions, operations;
	unsigned long points;
	uint32_t digest; /* of the run; of walks: of the last one */
	uint32_t digests; /* of all walks, one after another */
	struct leftovers left;
	char step_a[OUTCOME_NAME_MAX], step_b[OUTCOME_NAME_MAX]; /* sites */
	unsigned int nr_taken; /* more than PROGRAM_SWITCHES: not all fit */
	struct program_switch taken[PROGRAM_SWITCHES]; /* by points */
	struct program_switch sited[PROGRAM_SWITCHES]; /* the same, by sites */
	unsigned int nr_turns; /* more than OUTCOME_TURNS: not all are there */
	struct turn turns[OUTCOME_TURNS];
};

#define OUTCOME_WORDS (TEXT_WORD_MAX + OUTCOME_NAME_MAX + 4)

/* "segv in xas_load", "page-loss", "clean". */
void outcome_words(const struct outcome *outcome, char words[OUTCOME_WORDS]);
/* Equal in what was broken: id, and of crashes the place as well. */
bool outcome_alike(const struct outcome *a, const struct outcome *b);

enum worker_flag {
	WORKER_DIGEST = 1, /* digest, of what was recorded */
	WORKER_CONFLICT = 2, /* step_a, step_b */
	WORKER_SITED = 4, /* sited[], turns[] */
	WORKER_LEFT = 8, /* left, of a script; not with WORKER_SITED */
	WORKER_EVENTS = 16, /* events; with the record's timeline */
	WORKER_PATH = 32, /* worker_path(); of a program with reorderings */
};

/* An access that a run came to. */
struct passage {
	uint8_t task, op;
	uint16_t point;
	const struct site *site;
};

#define WORKER_PATH_MAX 512

/* Runs by chance (chance.h): of so many of that seed the first to find. */
struct walks {
	const struct chance_way *way;
	unsigned int depth; /* of a way that has one */
	unsigned long seed, runs;
	/* Play none before this one, from 0, but those that are learnt from. */
	unsigned long from;
	/*
	 * Not of the program: of programs from nothing, so many of each; without
	 * @from. 0: of the program.
	 */
	unsigned long each;
	/* Each run in a process of its own: nothing has to be taken back. */
	bool fork;
};

/* A search over the schedules of a program's operations. */
struct search {
	unsigned int preemptions; /* at most */
	/* At most, anywhere; 0: those of the program. Not if reversing, reducing. */
	unsigned int reorderings;
	bool reversing; /* not all of them: by race reversal, on and on */
	/*
	 * One of each class instead (dpor.h); found: of the class there may be
	 * one with no more preemptions, which has not been seen. If one kills its
	 * process the search is over, and not exhaustive.
	 */
	bool reducing;
	unsigned long limit; /* access points made in all, about */
	unsigned long longest; /* leave runs with more points; 0: none */
	bool shortest; /* look at all; else: stop at the first */
	const struct outcome *like; /* what to find; no id: any finding */
	const char *checker; /* or any finding of this one; NULL: of none */
	unsigned long schedules; /* at most; 0: any number */
	bool again; /* behind those of the last search, which was this one */
	/* the answer */
	bool found;
	bool exhaustive; /* there were no more than these */
	unsigned long tried; /* schedules */
	unsigned long points; /* made in them */
	struct outcome outcome; /* of what was found, taken[] included */
	char other[TEXT_WORD_MAX]; /* a finding that was none like it; or "" */
};

struct worker;

/* Does it look for @outcome? A crash without a place is any one of its id. */
bool search_wants(const struct search *search, const struct outcome *outcome);

/*
 * @engine and @record: the tool's own, of which the child has copies; not in a
 * run. The engine is destroyed and brought up anew around each fork. @stop:
 * becomes non-zero when the caller is no longer interested; NULL: never.
 * Aborts with a message if memory or descriptors are short.
 */
struct worker *worker_open(struct engine *engine, struct record *record,
			   const struct target *target,
			   const volatile sig_atomic_t *stop);
void worker_close(struct worker *worker);

/* From now on it plays on @target: the same child, if it is alive. */
void worker_aim(struct worker *worker, const struct target *target);
/* Play @program. @flags: worker_flag. Returns: false if it was stopped. */
bool worker_run(struct worker *worker, const struct program *program,
		unsigned int flags, struct outcome *outcome);
/* The same by chance: what the last run that was played came to. */
bool worker_walk(struct worker *worker, const struct program *program,
		 const struct walks *walks, unsigned int flags,
		 struct outcome *outcome);
/*
 * Play the operations of @program by schedule after schedule, in the order of
 * explore.h, or as reverse.h leads from one to the next. Of several, "shortest"
 * is the one with fewest preemptions, then access points, then switches.
 * Returns: false if it was stopped.
 */
bool worker_search(struct worker *worker, const struct program *program,
		   struct search *search);
struct explored_bug;
/* jobs.h's name_crash; @arg: a worker for the target of those jobs. */
bool worker_name_crash(void *arg, const struct program *program,
		       struct explored_bug *bug);
/* All that follows with @fence; NULL: without. */
void worker_fence(struct worker *worker, const struct fence *fence);
/* The first @nr accesses that the last run came to, its end in a crash included. */
const struct passage *worker_path(const struct worker *worker,
				  unsigned int *nr);
/* The one it plays on. */
const struct target *worker_target(const struct worker *worker);
/* What the child that died last had to say; "" if nothing. */
const char *worker_report(const struct worker *worker);
/* What the living child has written to stderr and nobody passed on yet. */
void worker_pass_on(struct worker *worker);
/* Programs played so far, those of searches and dead children included. */
unsigned long worker_runs(const struct worker *worker);

#endif
