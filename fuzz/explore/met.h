/* SPDX-License-Identifier: MIT */
/*
 * met.h: met: which operations met where: pairs of steps that raced.
 *
 * Of each step its operation, with the block it asks for, and the site of its
 * access make the mark. A pair of marks is a feature; the same pair, with which
 * operation of its list each was, is another, of less weight. Features are bits of
 * a map: two may share one.
 */
#ifndef FUZZ_MET_H
#define FUZZ_MET_H

#include "engine.h"
#include "hash.h"

#define MET_BITS (1U << 16) /* of a map; a power of two */
#define MET_WORDS (MET_BITS / 64)

struct met {
	uint64_t pairs[MET_WORDS]; /* of marks */
	uint64_t places[MET_WORDS]; /* ... and places in lists */
};

/* Of a step: @place says which operation of its list. */
struct met_mark {
	uint32_t mark;
	uint32_t place;
};

/* What @task is about to do. */
struct met_mark met_mark(const struct task *task);
/* Whichever came first. */
void met_add(struct met *met, const struct met_mark *a,
	     const struct met_mark *b);

/* How much of @from is new to @to, which has it from now on. */
struct met_new {
	unsigned int pairs, places;
};
struct met_new met_merge(struct met *to, const struct met *from);

#endif
