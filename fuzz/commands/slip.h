/* SPDX-License-Identifier: MIT */
/*
 * slip.h: a slip: a name on a command line or in a text that nothing has, and
 * what was probably meant.
 *
 * Each writes a phrase for the end of a complaint into @hint and returns it: the
 * nearest, or else where all of them are listed.
 */
#ifndef FUZZ_SLIP_H
#define FUZZ_SLIP_H

#include "targets.h"

#define SLIP_MAX 512

const char *slip_target(const char *name, char hint[SLIP_MAX]);
/* Of @target, a name. */
const char *slip_revert(const char *name, const char *target,
			char hint[SLIP_MAX]);
/* Of @target; if it is a function's that has sites, these. */
const char *slip_site(const char *name, const struct target *target,
		      char hint[SLIP_MAX]);
const char *slip_policy(const char *name, char hint[SLIP_MAX]);
/* Of the @words, which end with NULL; nothing lists them. */
const char *slip_word(const char *word, const char *const *words,
		      char hint[SLIP_MAX]);

#endif
