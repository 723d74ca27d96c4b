/* SPDX-License-Identifier: MIT */
/*
 * linearize.h: does an order of its calls explain a history? One after the other
 * in that order, the target's model answers as the target did; and of two calls
 * of which one ended before the other began, that one comes first.
 *
 * The search is Wing and Gong's, with Lowe's memory of what was tried: calls that
 * are done and the state that they led to. As each task's calls follow each
 * other, how many of each are done says which.
 *
 * Promises:
 *  1. UNEXPLAINED: all orders were tried. What the memory forgets is tried again.
 *  2. It looks at no more than LINEARIZE_STEPS calls of the model; then it gives
 *     up, and says so.
 *
 * Yields: never. Allocates nothing.
 * See: J. M. Wing, C. Gong, Testing and Verifying Concurrent Objects, JPDC 17
 *      (1993); G. Lowe, Testing for linearizability, CCPE 29 (2017).
 */
#ifndef SANITIZERS_LINEARIZE_H
#define SANITIZERS_LINEARIZE_H

#include "calls.h"

#define LINEARIZE_STEPS (1UL << 17)
#define LINEARIZE_MEMORY 1024 /* a power of two */

enum linearize {
	LINEARIZE_EXPLAINED,
	LINEARIZE_UNEXPLAINED,
	LINEARIZE_GAVE_UP,
};

/* What is asked. */
struct linearize_question {
	const struct target_model *model;
	const struct target_config *config;
	const struct calls *calls;
	/*
	 * The history up to this instant: who had not ended then may be there or
	 * not, and may answer anything.
	 */
	unsigned int until;
	unsigned int unlike; /* so many answers may be other than the model's */
};

/* One call more is done. */
struct linearize_stand {
	uint8_t done[BOOKS_TASKS];
	uint8_t unlike; /* answers, so far */
	uint16_t tried; /* from here: tasks, a bit each */
	/* How it came about: the call, what the model would have answered. */
	uint8_t call;
	bool is_unlike;
	struct op_result answer;
};

struct linearize_known {
	uint32_t search; /* in which it was; 0: none */
	uint8_t done[BOOKS_TASKS];
	uint8_t unlike;
	unsigned char state[TARGET_MODEL_MAX];
};

struct linearizer {
	struct linearize_question ask;
	uint32_t search;
	unsigned long steps;
	uint8_t nr_of[BOOKS_TASKS]; /* calls of each task, and which */
	uint8_t of[BOOKS_TASKS][CALLS_MAX];
	bool nearest; /* what was found is that of linearize_nearest() */
	/* The order that was found: stands[1] to stands[depth]. */
	unsigned int depth;
	struct linearize_stand stands[CALLS_MAX + 1];
	unsigned char states[CALLS_MAX + 1][TARGET_MODEL_MAX];
	struct linearize_known known[LINEARIZE_MEMORY];
};

enum linearize linearize(struct linearizer *linearizer,
			 const struct linearize_question *question);
/*
 * Of a history that no order explains, the shortest beginning of which that is
 * true, ask.until, and an order of it with as few answers unlike the model's as can be.
 * Returns: false if it gave up.
 */
bool linearize_nearest(struct linearizer *linearizer,
		       const struct linearize_question *question);
/* Do two results say the same? */
bool linearize_alike(const struct op_result *a, const struct op_result *b);

#endif
