/* SPDX-License-Identifier: MIT */
/*
 * crash.h: a crash: a run that nobody survives, shown as one with a finding.
 *
 * A child plays the program first. If it dies, the run is played again up to the
 * last event before that and broken off there: a finding like others, with the
 * crash's kind as its id and the function it happened in.
 */
#ifndef FUZZ_CRASH_H
#define FUZZ_CRASH_H

#include "show.h"
#include "worker.h"

/* The promise that a crash breaks; nobody watches it, and no list has it. */
extern const struct checker checker_crash;

/*
 * show_play(), of whatever there is to be shown. @worker plays on @variant from
 * now on; @outcome is what its child came to. Returns: false if there is nothing
 * to be shown: it crashed in front of the first step, or it was stopped.
 */
bool crash_play(struct show *show, struct player *player, struct worker *worker,
		const struct variant *variant, const struct input *input,
		struct outcome *outcome);

#endif
