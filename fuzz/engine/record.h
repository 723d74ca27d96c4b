/* SPDX-License-Identifier: MIT */
/*
 * record.h: what happened in a run, step by step, for those who ask.
 *
 * A step is the begin or end of an operation, or an access that was performed.
 * Consumers: traces, digests, race reversal. With a timeline, what became of
 * each page is recorded beside the steps.
 *
 *	options.observers[0] = record_observer(record);
 */
#ifndef FUZZ_RECORD_H
#define FUZZ_RECORD_H

#include "engine.h"

#define RECORD_STEPS 32768 /* later ones are counted, not kept */

enum step_kind {
	STEP_BEGIN,
	STEP_ACCESS,
	STEP_END,
};

struct step {
	uint8_t kind; /* enum step_kind */
	uint8_t task;
	uint8_t op; /* ordinal in its task */
	uint8_t operation; /* enum operation */
	uint16_t point; /* of an access, from 1 */
	bool setup : 1; /* by set-up or epilogue */
	bool dead : 1; /* not performed: the memory had been given back */
	bool valued : 1; /* an end: it returned something; a begin: it took a handle */
	bool reads : 1; /* inside an RCU read section */
	bool pinned : 1; /* preemption is off, maybe by a lock; interrupts are on */
	uint8_t fences : 2; /* of those behind it that are no steps: WEAK_ORDERS_... */
	uint8_t reordered; /* STEP_..., and of STALE how many values back */
	uint32_t locks; /* held by the task, a bit each */
	/* Pages that changed hands from here to the task's next step. */
	int16_t moved;
	uint16_t nr_moved;
	const struct site *site;
	const volatile void *addr;
	uint64_t old, new; /* values, raw; new: what is valued, above */
	int16_t pages[TARGET_BATCH_MAX]; /* begin: taken; end: what it got */
	uint8_t nr_pages;
};

_Static_assert(sizeof(struct step) == 64, "a step is a cache line");

#define STEP_LATE 0x80 /* a store that others see later */
#define STEP_STALE 0x40 /* a load of the past */
#define STEP_BACK 0x3f

/* A store that was late is seen. */
struct landing {
	unsigned int after; /* so many steps */
	uint8_t task;
	uint8_t size;
	const struct site *site;
	const volatile void *addr;
	uint64_t value;
};

#define RECORD_LANDINGS 64 /* later ones are not kept */

/* What no access point tells: an object came or went, or who waits was looked at. */
struct hint {
	unsigned int before; /* so many steps were recorded */
	uint8_t task;
	bool wait; /* somebody waits there, or is woken */
	const volatile void *addr;
	size_t size;
};

#define RECORD_HINTS 1024 /* the last ones, if there is a timeline */

#define RECORD_LOCKS 32

struct timeline;

struct record {
	struct observer observer; /* first */
	/* Or NULL; stays over runs. Known to who asks for the observer. */
	struct timeline *timeline;
	const struct target *target;
	struct step *last[ENGINE_TASKS]; /* a task's last access, or NULL */
	unsigned int nr; /* steps kept */
	unsigned int dropped;
	const volatile void *locks[RECORD_LOCKS];
	unsigned int nr_locks;
	uint32_t held[ENGINE_TASKS];
	uint8_t operation[ENGINE_TASKS];
	unsigned int nr_landings;
	struct landing landings[RECORD_LANDINGS];
	unsigned int nr_hints; /* hint n stands in [n % RECORD_HINTS] */
	struct hint hints[RECORD_HINTS];
	_Alignas(64) struct step steps[RECORD_STEPS]; /* a cache line each */
};

/* To be given to the engine. @record NULL: NULL, that is, nobody. */
struct observer *record_observer(struct record *record);

/* Does the step write memory that others read? */
bool step_writes(const struct step *step);
/* The page whose struct page it touches, or TARGET_NO_PAGE. Not cheap. */
int step_page(const struct target *target, const struct step *step);
/* Same memory, different tasks, at least one writes. */
bool steps_conflict(const struct step *a, const struct step *b);
/*
 * Do they race: conflict, or does one of them touch the struct page of a page
 * that changes hands right after the other? Allocators write most of it
 * plainly then, which no access point tells.
 */
bool steps_race(const struct record *record, const struct step *a,
		const struct step *b);

/*
 * The last hint before step @before of what happened to @addr, or NULL: nothing did, or
 * nobody remembers. @wait: as in struct hint.
 */
const struct hint *record_hint(const struct record *record,
			       const volatile void *addr, bool wait,
			       unsigned int before);

/*
 * A number for what happened: equal runs have equal digests, whatever the
 * compiler and the build. No address enters it.
 */
uint32_t record_digest(const struct record *record,
		       const struct engine *engine);

#endif
