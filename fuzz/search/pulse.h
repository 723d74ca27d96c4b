/* SPDX-License-Identifier: MIT */
/*
 * pulse.h: how far a search is, for somebody who looks on from another process.
 *
 * libFuzzer says how many executions it made when something is new, and else at
 * powers of two; runs of the mutator it does not know of. So the fuzz target
 * keeps a page of a file up to date, which costs it a few stores an execution.
 *
 * What is left unseen is judged by what came lately: executions of the last half
 * of all, for each feature that they were the first to show. Good-Turing, which
 * judges by features that came up once (Boehme, STADS: software testing as
 * species discovery, TOSEM 2018), was tried, and is wrong here: what is new is
 * kept and tried again, and comes up once no more. README.md has figures.
 */
#ifndef FUZZ_PULSE_H
#define FUZZ_PULSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pulse {
	uint64_t executions; /* all of them, the mutator's own included */
	uint64_t seen; /* features of schedules, see feedback.h */
	uint64_t newest; /* executions when one of them was new last */
	uint64_t half, half_seen; /* both as they were half way, about */
};

/* What a search was like at so many moments. Zeroes: it begins. */
#define PULSE_MOMENTS 128

struct pulse_past {
	uint64_t step; /* executions between two of them */
	unsigned int nr, middle; /* the last in the first half */
	uint64_t executions[PULSE_MOMENTS], seen[PULSE_MOMENTS];
};

#define PULSE_OPTION "--pulse=" /* of a fuzz target, FILE behind it */
#define PULSE_TEXT 160

/* It has come to so many. @past is only ever asked by this. */
void pulse_beat(struct pulse *pulse, struct pulse_past *past,
		uint64_t executions, uint64_t seen);
/*
 * Keep FILE of "--pulse=FILE", if that is what @option is. Returns: what is to be
 * kept up to date, or NULL: @option is another one, or the file cannot be had
 * (errno is set).
 */
struct pulse *pulse_open(const char *option);
/* Returns: false if @path is none, or has not begun to beat; @pulse is kept. */
bool pulse_read(const char *path, struct pulse *pulse);
/*
 * "nothing new for 1,204 executions; of the last 300,000 one in 310 showed
 * something", or "" if nothing was ever seen.
 */
const char *pulse_words(const struct pulse *pulse, char text[PULSE_TEXT]);

#endif
