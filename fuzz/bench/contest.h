/* SPDX-License-Identifier: MIT */
/*
 * contest.h: a contest: the guided search beside policies by chance, wherever
 * something is known to be wrong: executions until it is found, many seeds each.
 *
 *     part     the guided search                  a policy by chance
 *     given    a hunt that has the program of a   runs of that program
 *              kept story, without its schedule,
 *              and mutates schedules alone
 *     empty    a hunt from an empty corpus        programs from nothing, drawn as
 *                                                 that hunt draws its first ones,
 *                                                 CONTEST_EACH runs of each
 *
 * A row is a target with something wrong in it. Any finding counts. What was not
 * found within the limit is a trial that is censored there (statistics.h).
 *
 * Promises:
 *  1. Counted are executions, those that the mutator records included, as are runs
 *     that a policy learns from.
 *  2. Every search is a process of its own, and has nothing of the others.
 *  3. What a search came to is kept as it ends (contest_scores.c): the same contest
 *     goes on where it was stopped or killed.
 */
#ifndef FUZZ_CONTEST_H
#define FUZZ_CONTEST_H

#include <limits.h>
#include <signal.h>
#include <stdio.h>

#include "chance.h"
#include "statistics.h"
#include "targets.h"

#define CONTEST_EACH 32 /* runs of a program from nothing */
#define CONTEST_ROWS 128
#define CONTEST_ENTRANTS 8 /* the guided search is number 0 */
#define CONTEST_SEEDS TRIALS_MAX
#define CONTEST_JOBS 64

enum contest_part {
	CONTEST_GIVEN,
	CONTEST_EMPTY,
	CONTEST_PARTS
};

struct contest_row {
	const struct variant *variant;
	const char *name; /* of the revert, or of the target */
	char fuzzer[PATH_MAX]; /* ""; its fuzz target was not built */
	char story[PATH_MAX]; /* "": there is none */
	struct program program; /* of the story, without its schedule */
	/* What its searches depend on, of each part; by chance, and guided. */
	uint32_t keys[2][2];
};

/* One search, in memory that the process which makes it shares. */
struct contest_cell {
	struct trial trial; /* within the limit */
	bool found; /* perhaps behind it */
	unsigned long executions; /* in all; 0: nobody counted them */
	double seconds;
	bool done;
	char trouble[512]; /* why it is not */
};

struct contest {
	/* the caller's */
	const char *fuzzers; /* folder of the fuzz targets */
	const char *pattern; /* or their paths, TARGET_REVERT for %; or NULL */
	const char *dir; /* where hunts may leave things; made, and removed */
	unsigned int seeds, seed; /* so many, from that one on */
	unsigned long limit; /* executions */
	const char *scores; /* file of what searches came to; NULL: none */
	unsigned int jobs; /* searches at once */
	const volatile sig_atomic_t *stop;
	void (*progress)(const struct contest *contest, void *arg);
	void *arg;
	/* contest_rows.c */
	struct contest_row *rows;
	unsigned int nr_rows;
	/* contest.c */
	struct contest_cell *cells; /* see contest_at() */
	unsigned int nr_cells;
	unsigned int wanted, done; /* searches */
	unsigned int before; /* of those done: stood in the file already */
	unsigned int at; /* the one begun last */
	FILE *file;
	char trouble[1024];
};

/* "guided", "pct" ...; NULL: there are no more. */
const char *contest_entrant(unsigned int entrant);

/* ---------------------------------------------------------- contest_rows.c */

/*
 * Rows: every revert, those mistakes that a sanitizer of this build sees, and targets
 * of which @corpus has a story as they are; of @target (NULL: all), and called one
 * of @names (ends with NULL; empty: all). Returns: false with trouble set.
 */
bool contest_fill(struct contest *contest, const char *corpus,
		  const char *target, char *const *names);

/* --------------------------------------------------------------- contest.c */

/* All searches. Returns: false if it was stopped, or with trouble set. */
bool contest_run(struct contest *contest);
/* Frees rows and cells. */
void contest_close(struct contest *contest);
/* The first of the cells of that part, row and entrant: one a seed. */
struct contest_cell *contest_at(const struct contest *contest,
				enum contest_part part, unsigned int row,
				unsigned int entrant);
/* Which cell is it? */
struct contest_place {
	enum contest_part part;
	unsigned int row, entrant, seed;
};

struct contest_place contest_place(const struct contest *contest,
				   unsigned int nr);
/* Can there be such searches? */
bool contest_has(const struct contest *contest, enum contest_part part,
		 unsigned int row, unsigned int entrant);

/* A search has found something after so many, or made so many in vain. */
void contest_note(const struct contest *contest, struct contest_cell *cell,
		  bool found, unsigned long executions);

/* -------------------------------------------------------- contest_scores.c */

/* Take over what the file has. Returns: false with trouble set. */
bool scores_open(struct contest *contest);
/* Cell @nr is done. Returns: false with trouble set. */
bool scores_add(struct contest *contest, unsigned int nr);
void scores_close(struct contest *contest);

/* -------------------------------------------------------- contest_search.c */

/* Make the search of cell @nr, in a process that is for that alone. */
void contest_search(const struct contest *contest, unsigned int nr);

/* --------------------------------------------------------- contest_table.c */

/* What it came to, as tables in Markdown, and tests under them. */
void contest_print(const struct contest *contest, FILE *out);

#endif
