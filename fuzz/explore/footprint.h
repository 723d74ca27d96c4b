/* SPDX-License-Identifier: MIT */
/*
 * footprint.h: a footprint: all that a step met, and which steps it could stop.
 *
 * A step is what a task does from one access point, or operation boundary, to
 * its next. Two steps of different tasks are dependent if their footprints
 * conflict, or if one of them stops the other's task; all others commute.
 *
 * Promises: by place and kind, never by name; what does not fit makes a step
 * dependent on every other.
 */
#ifndef FUZZ_FOOTPRINT_H
#define FUZZ_FOOTPRINT_H

#include "engine.h"
#include "met.h"

#define FOOTPRINT_PARTS 32
#define FOOTPRINT_LARGE 4096 /* bytes of one; what is larger is everything */

/* Beside enum touch_how: a lock, which is taken when it is free, and only then. */
enum part_how {
	PART_LOCKS = TOUCH_ENABLES + 1,
	PART_UNLOCKS,
};

/* Beside enum touch_what: who can be stopped by whom. */
enum part_what {
	PART_HOSTS = TOUCH_FLIGHT + 1, /* tasks that interrupts come to */
	PART_CPUS, /* that several tasks share: is one pinned there? */
};

struct part {
	uint64_t at; /* @size things from here on */
	uint32_t size;
	uint8_t what; /* enum touch_what, enum part_what */
	uint8_t how; /* enum touch_how, enum part_how */
};

struct footprint {
	uint64_t stops; /* choices that it takes away: dpor.h */
	unsigned int nr;
	bool everything; /* dependent on whatever there is */
	bool interrupt; /* a step of an interrupt list */
	bool left; /* to leave its task in front of it is a preemption */
	struct met_mark mark; /* what it was */
	uint64_t position; /* where its task was before it, or 0: dpor_see.h */
	uint32_t point; /* ... and at which point, or 0: dpor_repeat.c */
	struct part part[FOOTPRINT_PARTS];
};

void footprint_clear(struct footprint *footprint);
void footprint_add(struct footprint *footprint, const struct part *part);
/* What @access, at @place, adds; nothing if it has no address. */
void footprint_add_access(struct footprint *footprint,
			  const struct access *access, uint64_t place);

/* Does it leave anything behind? */
bool footprint_stores(const struct footprint *footprint);

bool parts_overlap(const struct part *a, const struct part *b);
/* Does it matter which comes first? */
bool parts_conflict(const struct part *a, const struct part *b);

#endif
