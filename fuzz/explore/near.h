/* SPDX-License-Identifier: MIT */
/*
 * near.h: near: in front of which steps a preemption can matter, as far as some
 * runs have shown: those that meet what another task's step met, one of them not
 * by reading. In front of others it does what it does in front of the next of
 * these.
 *
 * Steps go by their mark (met.h). One that has been seen alone so far is missing:
 * what is left out for it is not known to be nothing.
 *
 * See: Coons, Musuvathi, McKinley: Bounded Partial-Order Reduction, OOPSLA 2013.
 */
#ifndef FUZZ_NEAR_H
#define FUZZ_NEAR_H

#include "races.h"

#define NEAR_BITS 4096 /* a power of two; steps may share one */

struct near {
	uint64_t marks[NEAR_BITS / 64];
};

/* The steps of a run. Not in two processes' threads at once. */
void near_add(struct near *near, const struct races *races);
bool near_has(const struct near *near, uint32_t mark);
void near_merge(struct near *to, const struct near *from);

#endif
