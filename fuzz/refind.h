/* SPDX-License-Identifier: MIT */
/*
 * refind.h: finding a story's end anew, on a target that its schedule was not
 * made for: sites and points mean nothing there.
 *
 * First, unless it is to be clean, races of the program's operations are
 * reversed for a while (reverse.h), which is quick and proves nothing. Then
 * schedules are played in the order of explore.h, with 0, 1, 2 ... preemptions
 * at most, until one ends as the story does; what may be played is shared out
 * among the bounds.
 */
#ifndef FUZZ_REFIND_H
#define FUZZ_REFIND_H

#include "worker.h"

struct refind {
	struct worker *worker; /* of the other target */
	const char *expect; /* an id; "clean": any finding is one too many */
	unsigned int preemptions; /* the last bound */
	unsigned long limit; /* schedules in all */
	/* Called now and then; NULL: nobody wants to know. */
	void (*progress)(const struct refind *refind, void *arg);
	void *arg;
	/* the answer */
	bool found; /* what was expected; of a clean story, a finding */
	bool exhaustive; /* there are no more schedules within the last bound */
	unsigned int bound; /* the last that was tried */
	unsigned long tried; /* schedules, those of lower bounds included */
	struct outcome outcome; /* of what was found, its schedule included */
	char other[TEXT_WORD_MAX]; /* a finding that was not expected; or "" */
};

/* Switches of @program that may be preemptions. */
unsigned int refind_preemptions(const struct program *program);
/*
 * Take the schedule of @program away, which was made for @home (NULL: nobody
 * knows), and adapt it to @target: a page that is added there may stand in a
 * batch of its CPU that has a reference on it, which @home knows nothing of.
 * The batch is emptied behind each such operation, as far as there is room.
 * Returns: how many operations were put in.
 */
unsigned int refind_adapt(struct program *program, const struct target *home,
			  const struct target *target);
/* @program: its schedule is ignored. Returns: false if it was stopped. */
bool refind(struct refind *refind, const struct program *program);

#endif
