/* SPDX-License-Identifier: MIT */
/*
 * bug_text.h: what an exploration found, as the text of a program.
 */
#ifndef FUZZ_BUG_TEXT_H
#define FUZZ_BUG_TEXT_H

#include "explored.h"
#include "input.h"
#include "worker.h"

#define BUG_TEXT_MAX (32 * 1024)

/* What it was found among. */
struct bug_scope {
	const struct variant *variant;
	const struct program *program; /* its schedule is not looked at */
	struct worker *worker; /* to name sites by */
	const char *sanitizer; /* whose report a crash is; "": what looks on */
	/* "inequivalent ", " of this program": in front of "schedules", behind it. */
	const char *kind, *which;
};

/* Returns: length of the text; 0: its switches do not fit into a program. */
size_t bug_text(const struct bug_scope *scope, const struct explored_bug *bug,
		char text[BUG_TEXT_MAX]);

#endif
