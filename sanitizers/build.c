/* SPDX-License-Identifier: MIT */
/*
 * build.c: see build.h. Gcc does not tell a program that it looks for
 * undefined behaviour: there the row says no.
 */
#include "build.h"

#include <string.h>

#include "asan_glue.h"
#include "msan_glue.h"
#include "tsan_glue.h"

#ifdef __has_feature
#define HAS(feature) __has_feature(feature)
#else
#define HAS(feature) 0
#endif

const struct sanitizer sanitizers[] = {
	{ "address", ASAN_ON },
	{ "memory", MSAN_ON },
	{ "undefined", HAS(undefined_behavior_sanitizer) },
	{ "thread", TSAN_ON },
	{ NULL, false },
};

const struct sanitizer *sanitizer_find(const char *name, size_t length)
{
	const struct sanitizer *sanitizer;

	for (sanitizer = sanitizers; sanitizer->name; sanitizer++)
		if (strlen(sanitizer->name) == length &&
		    !memcmp(sanitizer->name, name, length))
			return sanitizer;
	return NULL;
}
