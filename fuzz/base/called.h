/* SPDX-License-Identifier: MIT */
/*
 * called.h: what this binary is called, for what people paste.
 *
 * A command that is named to be typed again is named as it was typed:
 * "build/ring_race". Who only speaks has a bare name: "ring_race".
 */
#ifndef FUZZ_CALLED_H
#define FUZZ_CALLED_H

#include <limits.h>

/* As the caller did. */
const char *called_as(void);
/* The last part of it. */
const char *called_name(void);
/* As called_as(), of @name, which lies beside it. In @path, cut if too long. */
const char *called_beside(const char *name, char path[PATH_MAX]);

#endif
