/* SPDX-License-Identifier: MIT */
/*
 * refind.h: finding a story's end anew, on a target that its schedule was not
 * made for: sites and points mean nothing there.
 *
 * First, unless it is to be clean, races of the program's operations are
 * reversed for a while (reverse.h), which is quick and proves nothing. Then
 * schedules are played in the order of explore.h, with 0, 1, 2 ... preemptions
 * at most, until one ends as the story does; what may be played is shared out
 * among the bounds. Any word of the target's own (checker target-bug) will do as
 * well: it may see sooner what is wrong, and says so in its own way.
 */
#ifndef FUZZ_REFIND_H
#define FUZZ_REFIND_H

#include "worker.h"

struct refind {
	struct worker *worker; /* of the other target */
	const char *expect; /* an id; "clean": any finding is one too many */
	unsigned int preemptions; /* the last bound */
	unsigned long limit; /* schedules in all */
	unsigned long points; /* access points in them, about; 0: any number */
	/* Called now and then; NULL: nobody wants to know. */
	void (*progress)(const struct refind *refind, void *arg);
	void *arg;
	/* the answer */
	bool found; /* what was expected; of a clean story, a finding */
	bool exhaustive; /* there are no more schedules within the last bound */
	unsigned int bound; /* the last that was tried */
	unsigned long tried; /* schedules, those of lower bounds included */
	unsigned long spent; /* access points in them */
	struct outcome outcome; /* of what was found, its schedule included */
	char other[TEXT_WORD_MAX]; /* a finding that was not expected; or "" */
};

/* Switches of @program that may be preemptions. */
unsigned int refind_preemptions(const struct program *program);
enum refind_adapted {
	/*
	 * A page that is added may stand in a batch of its CPU, which has a
	 * reference on it; home knows of none. They are emptied behind each
	 * such operation, as far as there is room.
	 */
	ADAPTED_BATCHES = 1,
	/*
	 * Nodes of trees have more slots than the story says, whatever the
	 * configuration: indices stand in the same slots of the same levels, if
	 * that can be done for all of them.
	 */
	ADAPTED_INDICES = 2,
};

/*
 * Take the schedule of @program away, which was made for @home (NULL: nobody
 * knows), and adapt it to @target. Returns: refind_adapted, or'ed.
 */
unsigned int refind_adapt(struct program *program, const struct target *home,
			  const struct target *target);
/* @program: its schedule is ignored. Returns: false if it was stopped. */
bool refind(struct refind *refind, const struct program *program);

#endif
