/* SPDX-License-Identifier: MIT */
/*
 * hunt_program.h: the hunt on a target that is a program: there are no inputs, but
 * schedules.
 */
#ifndef FUZZ_HUNT_PROGRAM_H
#define FUZZ_HUNT_PROGRAM_H

#include <signal.h>

#include "targets.h"

struct hunt_program {
	const struct variant *variant;
	unsigned int seed;
	unsigned long limit; /* seconds */
	unsigned long runs; /* schedules; 0: any number */
	const char *dir; /* where the story goes, as ID.prog */
	const volatile sig_atomic_t *stop;
};

/* Play by chance until there is a finding; minimize it, show it. Returns: exit code. */
int hunt_program(const struct hunt_program *hunt);

#endif
