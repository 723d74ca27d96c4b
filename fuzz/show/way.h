/* SPDX-License-Identifier: MIT */
/*
 * way.h: a way: what became of a page between two steps of a run, as turns it
 * took on a timeline.
 */
#ifndef FUZZ_WAY_H
#define FUZZ_WAY_H

#include "record.h"
#include "timeline.h"

enum way_turn {
	WAY_LEFT, /* the cache */
	WAY_FREED, /* to a free list */
	WAY_GIVEN, /* handed out again */
	WAY_ENTERED, /* the cache, or another index of it */
	WAY_TURNS,
};

struct way {
	unsigned int at[WAY_TURNS]; /* step of each, the last time; 0: never */
	struct page_state now; /* at the end of the way */
};

/* What became of @page after step @from was made and before step @to was. */
struct way way_of(const struct timeline *timeline, int page, unsigned int from,
		  unsigned int to);
/* Turns that the operation of @step made itself are no news to it. */
void way_drop(struct way *way, const struct record *record,
	      const struct step *step);
/* The first turn that was not @said, a bit each; WAY_TURNS: none. */
enum way_turn way_next(const struct way *way, unsigned int said);

#endif
