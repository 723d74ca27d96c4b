/* SPDX-License-Identifier: MIT */
/*
 * timeline.h: a timeline: where each page was, after each step of a run.
 *
 * A record that has one samples the target's views and the books after each of
 * its steps; what differs from the sample before is a change.
 *
 * Promises:
 *  1. What a sample says was true between the step and the next one, when no
 *     task was in the middle of an access. Plain stores count from the next
 *     access point on, whose ever it is.
 *  2. Nothing is read but views and books: it works on every target that shows
 *     its free blocks; of others it knows nothing (pages is 0).
 *  3. Runs without a record, and records without a timeline, pay nothing.
 */
#ifndef FUZZ_TIMELINE_H
#define FUZZ_TIMELINE_H

#include "engine.h"

#define TIMELINE_CHANGES (1U << 18) /* later ones are counted, not kept */

/* Facts about a page. More than one may hold, and some together are a bug. */
enum page_fact {
	PAGE_FREE = 1, /* in a block on a list of the buddy */
	PAGE_PERCPU = 2, /* in a block on a per-CPU list */
	PAGE_CACHED = 4, /* stands at an index of the cache */
	PAGE_HELD = 8, /* in a block that a handle is on */
};

struct page_state {
	uint8_t facts; /* enum page_fact, or'ed; 0: in nobody's books */
	uint8_t order; /* of the block, free or held */
	int16_t head; /* first page of that block */
	int8_t cpu; /* whose per-CPU list; -1: none */
	uint8_t index; /* in the cache */
	/* How often it was handed out so far: its allocation generation. */
	uint16_t incarnation;
};

struct page_change {
	unsigned int step; /* seen when so many steps were recorded */
	int16_t page;
	struct page_state state;
};

struct timeline {
	unsigned int pages;
	unsigned int nr; /* changes kept, in order of steps */
	unsigned int dropped;
	bool given[TARGET_PAGES_MAX]; /* handed out, and not free since */
	struct page_state first[TARGET_PAGES_MAX]; /* before any step */
	struct page_state last[TARGET_PAGES_MAX];
	struct page_state now[TARGET_PAGES_MAX]; /* while sampling */
	struct page_change changes[TIMELINE_CHANGES];
};

/* Forget the last run; see how things stand before the first step. */
void timeline_start(struct timeline *timeline, const struct engine *engine);
/* @step steps have been recorded by now. */
void timeline_sample(struct timeline *timeline, const struct engine *engine,
		     unsigned int step);

/* State of @page when @step steps had been recorded. */
struct page_state timeline_at(const struct timeline *timeline, int page,
			      unsigned int step);
/* One for all pages, into @states. */
void timeline_all_at(const struct timeline *timeline, unsigned int step,
		     struct page_state states[TARGET_PAGES_MAX]);
/* Was the page ever in another state than at the start? */
bool timeline_changes(const struct timeline *timeline, int page);

bool page_state_equal(const struct page_state *a, const struct page_state *b);
/*
 * In one word: "free", "percpu", "cached", "owned" or "nowhere"; of several
 * facts the first of these.
 */
const char *page_state_word(const struct page_state *state);
/*
 * "free, order 2 from 8, though still held", "cached at 3, and held"; with the incarnation. A page
 * that is free on a @target of single pages is just "free".
 */
void page_state_print(const struct page_state *state,
		      const struct target *target, char *text, size_t max);

#endif
