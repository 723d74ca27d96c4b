/* SPDX-License-Identifier: MIT */
/*
 * feedback.h: what is new about a run, beside the code it covered.
 *
 * Features, each a presence bit:
 *  - communication pair: a site that reads or writes where another task's site
 *    wrote last;
 *  - race pair: a site performed while another task was stopped right in front
 *    of a conflicting access, and that site;
 *  - page life: the last three things that happened to a page (allocated as
 *    head or tail of which order, freed; by which operation);
 *  - page moment: the last of them, and the site of a task that was stopped in
 *    front of that very page;
 *  - reordering, on weak memory: a site whose store others do not see yet, and a
 *    site that its task comes to meanwhile; a site whose load is of the past, and
 *    the one of the store that it passes over.
 *
 * The map is small because the engine scans it after every run. With libFuzzer's
 * use_counters=1 a byte stands for eight features, one for each range of a
 * counter that it tells apart; with 0, as our options have it, for one. Two
 * features of one run that meet in a byte are one: the larger.
 *
 * Promises: depends on names and places only, never on addresses; equal runs
 * have equal maps.
 * See: README.md, what the search finds without these features; fuzz_one.c, the
 *   map as libFuzzer reads it.
 */
#ifndef FUZZ_FEEDBACK_H
#define FUZZ_FEEDBACK_H

#include "engine.h"

#ifndef FEEDBACK_MAP_SIZE
#define FEEDBACK_MAP_SIZE 8192 /* bytes; a power of two */
#endif
#define FEEDBACK_WRITERS 4096

struct feedback_writer {
	uint32_t run; /* entry is of this run, or void */
	uint32_t place;
	uint32_t site; /* hash of the name */
	uint8_t task;
};

struct feedback_life {
	uint32_t run;
	uint32_t events; /* the last three, ten bits each */
};

struct feedback {
	struct observer observer; /* first; feedback_init() makes it ready */
	uint8_t *map; /* FEEDBACK_MAP_SIZE bytes, cleared by its owner */
	uint32_t run; /* their number, so far */
	struct feedback_writer writers[FEEDBACK_WRITERS];
	struct feedback_life lives[TARGET_PAGES_MAX];
	uint32_t seen; /* features, in all runs */
	uint8_t ever[FEEDBACK_MAP_SIZE]; /* which, a bit for each value */
};

/* @map: see there. @feedback->observer is to be given to the engine. */
void feedback_init(struct feedback *feedback, uint8_t *map);

#endif
