/* SPDX-License-Identifier: MIT */
/*
 * build.h: the build: which sanitizers look on in it, and what the text of a
 * program calls it.
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

/*
 * Where plain accesses are access points too (PAGERACE_PLAIN), their places mean
 * something in builds of one compiler; "" where they are not.
 */
#ifdef PAGERACE_PLAIN
#define BUILD_STRING(x) #x
#define BUILD_VERSION(a, b, c)                                                 \
	BUILD_STRING(a) "." BUILD_STRING(b) "." BUILD_STRING(c)
#define BUILD_PLAIN                                                            \
	"plain-access clang-" BUILD_VERSION(__clang_major__, __clang_minor__,  \
					    __clang_patchlevel__)
#else
#define BUILD_PLAIN ""
#endif

#endif
