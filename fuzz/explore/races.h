/* SPDX-License-Identifier: MIT */
/*
 * races.h: the steps of a run in their order of happening before, and which of
 * them race: two dependent steps of different tasks with none between them
 * that is after the one and before the other.
 *
 * Steps stand on a stack: a run keeps those of the run before as far as both
 * are alike. A clock a step says of each task how many of its steps are before.
 *
 * Limits: RACES_STEPS, RACES_PARTS; who runs into one has to say so.
 * See: Abdulla, Aronis, Jonsson, Sagonas: Optimal Dynamic Partial Order
 *   Reduction, POPL 2014, section 4 (happens-before, races, initials).
 */
#ifndef FUZZ_RACES_H
#define FUZZ_RACES_H

#include "footprint.h"

#define RACES_STEPS 16384
#define RACES_PARTS (8 * RACES_STEPS)
#define RACES_HEADS 4096 /* a power of two */
#define RACES_NONE 0xffffffffU

struct races_step {
	uint8_t choice; /* who made it: dpor.h */
	uint8_t task;
	bool everything;
	bool stores; /* something is not as it was before */
	bool left; /* footprint.h */
	uint8_t nr; /* parts, from @part on */
	uint16_t count; /* of the task's steps, this one included */
	uint16_t clock[ENGINE_TASKS];
	uint32_t part;
	uint32_t link; /* links made before it */
	uint32_t before; /* the task's last step before it, or NONE */
	uint32_t enabled_by; /* the step that let it be made, or NONE */
	uint64_t stops;
	struct met_mark mark;
	uint64_t position; /* footprint.h */
	uint32_t point; /* footprint.h */
};

struct races_link {
	uint32_t part, step, next; /* next: the one before it, or NONE */
	uint32_t head;
};

struct races {
	unsigned int nr; /* steps */
	unsigned int nr_parts, nr_links;
	uint32_t last[ENGINE_TASKS]; /* a task's, or NONE */
	uint32_t head[RACES_HEADS];
	struct races_step step[RACES_STEPS];
	struct part part[RACES_PARTS];
	struct races_link link[2 * RACES_PARTS];
};

/* A step that the newest one may be turned round with. */
struct race {
	uint32_t step; /* the earlier one */
	uint64_t initials; /* choices that could come first instead */
};

#define RACES_MAX ENGINE_TASKS /* of one step */

void races_clear(struct races *races);
/* Forget steps from @nr on; parts stay, to be kept by who needs them. */
void races_cut(struct races *races, unsigned int nr);
void races_copy(struct races *to, const struct races *from);
/* Is there room for a step? */
bool races_has_room(const struct races *races);
/*
 * A step of @task by @choice with @footprint, let by @enabled_by. Fills @found
 * with its races. Returns: how many.
 */
unsigned int races_push(struct races *races, uint8_t choice, uint8_t task,
			uint32_t enabled_by, const struct footprint *footprint,
			struct race found[RACES_MAX]);
/* The races that a step would have which could not be made any more. */
unsigned int races_of_blocked(const struct races *races, uint8_t choice,
			      uint8_t task, const struct part *lock,
			      struct race found[RACES_MAX]);
/* Are the newest step and one with these parts dependent? */
bool races_depend(const struct races *races, const struct races_step *step,
		  const struct part *part, unsigned int nr, bool everything);

#endif
