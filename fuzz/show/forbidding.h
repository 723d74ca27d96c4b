/* SPDX-License-Identifier: MIT */
/*
 * forbidding.h: forbidding: which barriers would forbid the reorderings of a run,
 * as runs with them have shown. Found by forbidding_find() of replay/forbid.h;
 * printed by who shows the run.
 *
 *	delayed store A ... B, which others saw first    before B: A
 *	load A ... load or store B ..., B of the past    behind A: B
 *
 * Of the accesses of the operation between which a full barrier forbids it, those
 * two are the ones furthest apart.
 */
#ifndef FUZZ_FORBIDDING_H
#define FUZZ_FORBIDDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct site;

#define FORBIDDING_MAX 4 /* reorderings; of more the first */
#define FORBIDDING_WAYS 2
#define FORBIDDING_TEXT 640

/* One that does: as an access's order, or as a fence beside it. */
struct forbidding_way {
	uint8_t order; /* MACHINE_... */
	unsigned long schedules; /* played with it: none has the finding */
	bool all; /* there are no more */
	/* Others have it; the one that is told, played again, has not. */
	bool here;
};

struct forbidding_reordering {
	uint8_t task, op;
	bool late; /* a store was; else a load was of the past */
	const struct site *site; /* of it */
	/* The access that it must not change places with; NULL: none was found. */
	const struct site *passed;
	unsigned int nr; /* the weakest; 0: none forbids it */
	struct forbidding_way ways[FORBIDDING_WAYS];
};

struct forbidding {
	unsigned int nr;
	unsigned int preemptions,
		reorderings; /* of all that was played: at most */
	struct forbidding_reordering reordering[FORBIDDING_MAX];
};

/* "smp_wmb() in front of it", "a release there", ... */
const char *forbidding_words(const struct forbidding_reordering *reordering,
			     unsigned int way);
/* What is said of one, in a line; sites by their names. */
void forbidding_claim(const struct forbidding *forbidding, unsigned int nr,
		      char text[FORBIDDING_TEXT]);

#endif
