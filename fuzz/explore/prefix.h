/* SPDX-License-Identifier: MIT */
/*
 * prefix.h: a prefix: the program's own schedule, which is played before
 * anything is chosen.
 */
#ifndef FUZZ_PREFIX_H
#define FUZZ_PREFIX_H

#include "policy.h"

/* At the start of a run: nothing is left of it if it is not @wanted. */
void prefix_begin(struct script *script, struct engine *engine, bool wanted);
/*
 * While something is left: as the schedule says, and what is due runs as it does
 * under a script. Returns: as a policy's choose().
 */
struct task *prefix_choose(struct script *script, struct engine *engine,
			   struct task *task);

#endif
