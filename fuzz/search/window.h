/* SPDX-License-Identifier: MIT */
/*
 * window.h: a policy that decides in a part of a run, before and after which tasks
 * run on in order: what it did there can be written into a program, whose switches
 * are PROGRAM_SWITCHES at most.
 *
 * Short runs it has from end to end. In a long one a policy that switches at every
 * step would be over before anything has met.
 */
#ifndef FUZZ_WINDOW_H
#define FUZZ_WINDOW_H

#include "policy.h"

struct window {
	struct policy inner;
	unsigned int from; /* points that are passed over first */
};

/* @policy: @window->inner where the window is open. */
void window_policy(struct window *window, struct policy *policy);

#endif
