/* SPDX-License-Identifier: MIT */
/*
 * fidelity.h: fidelity: do two targets do the same?
 *
 * A program without a schedule is played on both. What each operation got, what
 * stands in the cache, references and handles after it, the verdict and the
 * free lists at the end have to be the same, but for the numbers of pages: a
 * page has a name from when it first appears on both sides until nobody holds
 * it and the cache does not; the names are a bijection.
 *
 * If one of them gathers pages in batches on their way to LRU lists and the
 * other does not, the batches are emptied after each operation: a page in one
 * has a reference that nobody asked for.
 *
 * Free lists: pages in total, on per-CPU lists, and, order by order, how many
 * blocks there are beside those that pages free would make if all that can be
 * merged were merged. So it does not matter where what is in use lies, nor how
 * large blocks become beyond what anybody asks for.
 */
#ifndef FUZZ_FIDELITY_H
#define FUZZ_FIDELITY_H

#include <stdio.h>

#include "diary.h"
#include "rng.h"

/* That both sides have; larger blocks are so many of it. */
#define FIDELITY_ORDER 5
#define FIDELITY_ORDERS (FIDELITY_ORDER + 1)

enum fidelity_kind {
	FIDELITY_SAME,
	FIDELITY_RESULT, /* an operation got something else */
	FIDELITY_CACHE, /* behind it, something else stands in the cache */
	FIDELITY_BOOKS, /* behind it, references or handles are others */
	FIDELITY_VERDICT,
	FIDELITY_FREE, /* free lists at the end */
};

/* Free lists at quiescence. */
struct fidelity_free {
	unsigned int pages, percpu;
	int blocks[FIDELITY_ORDERS]; /* beside those of merged pages */
};

struct fidelity_side {
	const char *name; /* of the target, for tables */
	const struct target *target;
	struct diary diary;
	char verdict[TEXT_WORD_MAX]; /* a finding's id, or "clean" */
	struct fidelity_free free;
	int16_t names[TARGET_PAGES_MAX]; /* of pages; -1: none now */
};

struct fidelity {
	struct engine *engine;
	struct sentry *sentry; /* told of what is played; NULL: nobody is */
	struct fidelity_side sides[2];
	unsigned int pages; /* that the program has */
	int16_t next; /* name */
	/* The first difference of the program that was compared last. */
	enum fidelity_kind kind;
	unsigned int entry; /* of the diaries */
};

/* What both have: what programs are made of, and fitted to (fit.h). */
struct target fidelity_shared(const struct fidelity *fidelity);
/* Set-up and one task, with the configuration that @program has. */
void fidelity_random(struct program *program, const struct target *shared,
		     struct rng *rng);
/* Play @program on both sides. Returns: true if they differ. */
bool fidelity_differs(struct fidelity *fidelity, const struct program *program);
/* Which operation it was that made a difference; OP_NOP: the end. */
enum operation fidelity_operation(const struct fidelity *fidelity);
/* Make @program, which differs, as small as it differs in the same way. */
void fidelity_minimize(struct fidelity *fidelity, struct program *program);

/* ------------------------------------------------------ what a table needs */

/* Begin with the first entry: no page has a name. */
void fidelity_rewind(struct fidelity *fidelity);
/*
 * Compare the entries @nr, give new pages their names. Not before all earlier
 * ones. Returns: FIDELITY_SAME, or what is the first that differs.
 */
enum fidelity_kind fidelity_compare(struct fidelity *fidelity, unsigned int nr);
/* Forget the names of pages that nobody has any more. */
void fidelity_forget(struct fidelity *fidelity, unsigned int nr);

/* The program @program as a table, up to where it differs. */
void fidelity_print(struct fidelity *fidelity, const struct program *program,
		    FILE *out);

/* Free lists of @target now; @pages: how many it has. */
void fidelity_count_free(const struct target *target, unsigned int pages,
			 struct fidelity_free *counts);

#endif
