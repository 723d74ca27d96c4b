/* SPDX-License-Identifier: MIT */
/*
 * targets.h: the targets that a binary holds, with the fixes that were taken
 * out of them; the build writes the list.
 */
#ifndef FUZZ_TARGETS_H
#define FUZZ_TARGETS_H

#include "target.h"

struct variant {
	const struct target *target;
	const char *revert; /* "none": as it is */
	const char *alias; /* commit id of the fix; "" : there is none */
	const char *about; /* in one line */
	const char *sanitizer; /* which alone sees this mistake; "": it is none */
	/* File beside this binary: a command's fuzz target, and its command. */
	const char *sibling; /* "": none is known */
};

/* Ends with a NULL target. The first is the default; mistakes come last. */
extern const struct variant variants[];

/* The list of a binary that is made without the build: one target, as it is. */
#define TARGETS_ONLY(name)                                                     \
	extern const struct target target_##name;                              \
	const struct variant variants[] = {                                    \
		{ &target_##name, "none", "", "", "", "" },                    \
		{ NULL, NULL, NULL, NULL, NULL, NULL },                        \
	}

/* Returns: NULL, or why no schedule of @target differs from another. */
const char *targets_trouble(const struct target *target);
/* Does it ask for weak memory: its target, or as a mistake that only that shows? */
bool targets_weak(const struct variant *variant);
/*
 * Target @name (NULL or "": the first) with @revert (NULL, "" or "none": as it
 * is) taken out, by name or commit id. Returns: NULL if there is none.
 */
const struct variant *targets_find(const char *name, const char *revert);

#endif
