/* SPDX-License-Identifier: MIT */
/*
 * meets.h: a recorded run, and what its steps met that no access tells: objects
 * that came or went, who waits and is woken, where pages stand in the cache, what
 * handles and books say. Which two of its steps meet.
 *
 * What is met between two steps of a task counts to the one in front: nobody else
 * has the CPU in between. What a wake-up meets counts to it, what the beginning of
 * an operation does to that.
 */
#ifndef FUZZ_MEETS_H
#define FUZZ_MEETS_H

#include "footprint.h"
#include "record.h"

#define MEETS_MAX 1024 /* later ones are left out */
#define MEETS_HEADS 256 /* a power of two */
#define MEETS_NONE UINT32_MAX

struct meet {
	struct part part;
	uint32_t step; /* of the record */
	uint16_t next; /* 0: none, else one more */
};

struct meets {
	struct observer observer; /* first */
	const struct record *record; /* which looks on before it */
	uint32_t last[ENGINE_TASKS]; /* a task's last step */
	bool between[ENGINE_TASKS]; /* its operation is over */
	bool spares; /* use of pages matters */
	uint32_t owed; /* the step that pages stood elsewhere after; or NONE */
	int16_t stands[TARGET_INDEX_MAX]; /* page at an index, when last seen */
	uint16_t head[MEETS_HEADS]; /* of steps; 0: none, else one more */
	unsigned int nr;
	struct meet meet[MEETS_MAX];
};

/* To be given to the engine behind @record. */
struct observer *meets_observer(struct meets *meets,
				const struct record *record);
/* An access by reading only? */
bool step_only_looks(const struct step *step);
/* Is the lock taken there? */
bool step_takes_lock(const struct step *step);
/* Steps of different tasks that meet; two sections of a lock do not. */
bool meets_conflict(const struct meets *meets, unsigned int a, unsigned int b);

#endif
