/* SPDX-License-Identifier: MIT */
/*
 * clock.h: seconds of a clock that never goes back.
 */
#ifndef FUZZ_CLOCK_H
#define FUZZ_CLOCK_H

#include <time.h>

static inline double clock_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
