/* SPDX-License-Identifier: MIT */
/*
 * build.h: the build: which sanitizers look on in it.
 */
#ifndef SANITIZERS_BUILD_H
#define SANITIZERS_BUILD_H

#include <stdbool.h>
#include <stddef.h>

/* Row of a table that ends with a NULL name. */
struct sanitizer {
	const char *name; /* as -fsanitize= takes it */
	bool on; /* in this build */
};

extern const struct sanitizer sanitizers[];

/* Returns: NULL if there is none of that name. */
const struct sanitizer *sanitizer_find(const char *name, size_t length);

#endif
