/* SPDX-License-Identifier: MIT */
/*
 * jobs_state.h: an exploration as a file, to go on with another day.
 *
 * Text: what was found, and the parts that are left, those that were given out
 * included. It ends with a checksum, and is replaced as a whole.
 */
#ifndef FUZZ_JOBS_STATE_H
#define FUZZ_JOBS_STATE_H

#include "jobs.h"

/* @key: of what is explored. Returns: false, having said why. */
bool state_save(const char *path, uint32_t key, const struct jobs *jobs);

enum state_load {
	STATE_NONE, /* there is no such file */
	STATE_LOADED,
	STATE_BAD, /* it has been said why */
};

/* Into @jobs as jobs_open() returned it. */
enum state_load state_load(const char *path, uint32_t key, struct jobs *jobs);

#endif
