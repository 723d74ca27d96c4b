/* SPDX-License-Identifier: MIT */
/*
 * asked.h: asked: what a program comes to on a variant of a target, whatever its
 * schedule: does some schedule of its operations end in the same finding there?
 */
#ifndef FUZZ_ASKED_H
#define FUZZ_ASKED_H

#include "refind.h"
#include "targets.h"

struct asked {
	const struct variant *variant;
	bool found; /* a schedule that ends in the finding, or the target's word */
	char id[TEXT_WORD_MAX]; /* of that; else of another finding, or "" */
	unsigned int preemptions; /* of that schedule; or the last bound */
	unsigned int reorderings; /* at most, in each; 0: none were tried */
	bool some_class; /* one of a class did, but what is below was not found */
	bool classes; /* one schedule of each class was played, and no more are */
	bool exhaustive; /* or there are no more schedules within the bound */
	unsigned long tried; /* schedules */
};

/* Has @target all operations of @program? */
bool asked_has_all(const struct target *target, const struct program *program);
/*
 * Ask @asked->variant: play schedules of @program, which was made for @home, for
 * @expect, or "clean": for any finding. One of each class, if they are about
 * @limit at most; else, or to find one, so many with at most @preemptions. @worker plays on it from now on.
 * If @program reorders accesses, as many are reordered, anywhere, and all schedules
 * within the bound are played as far as @limit goes.
 * Returns: false if it was stopped.
 */
bool asked_find(struct asked *asked, struct worker *worker,
		const struct program *program, const struct target *home,
		const char *expect, unsigned int preemptions,
		unsigned long limit);
/*
 * "none of 428 schedules, one of each class", "none of 4213 schedules tried, among
 * them all with at most 2 preemptions".
 * Returns: @text.
 */
const char *asked_words(const struct asked *asked, char *text, size_t max);

#endif
