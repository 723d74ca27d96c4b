/* SPDX-License-Identifier: MIT */
/*
 * show.h: a run, shown: as a table, as JSON, as a page, as a Chrome trace.
 *
 * Promises:
 *  1. Equal runs are shown equally, byte for byte: no address, no clock, no
 *     folder of this machine.
 *  2. All forms say the same: the page and the trace are made of what --json
 *     says.
 *
 * See: FORMATS.md (the JSON).
 */
#ifndef FUZZ_SHOW_H
#define FUZZ_SHOW_H

#include "trace.h"

/* What to show: a recorded run, with a timeline, and where it came from. */
struct show {
	struct trace trace;
	const char *revert; /* "none": as it is */
	const char *file; /* name of the program's file, for the replay line */
	const char *text; /* the program as text */
};

/* What `pagerace show` prints, and a story's golden trace is. */
void show_table(const struct show *show, FILE *out);

#endif
