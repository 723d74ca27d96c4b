/* SPDX-License-Identifier: MIT */
/*
 * report_notes.h: report_notes: what a person knows of a finding and no run shows,
 * kept in a file beside its story: who calls this, what comes of it, what is known.
 *
 * A line "# TITLE" at its beginning names the report; the rest stands in it as it
 * is, under a heading that says that it was read. In a mail, too: no line is longer
 * than TRACE_WIDTH columns.
 */
#ifndef FUZZ_REPORT_NOTES_H
#define FUZZ_REPORT_NOTES_H

#include <stdbool.h>

#define REPORT_TITLE_MAX                                                       \
	72 /* bytes, with the zero: "Subject: " goes before it */

/* Zeros: there are none. */
struct report_notes {
	char title[REPORT_TITLE_MAX]; /* "": it names none */
	char *data; /* malloc'ed */
	const char *body; /* in that; ends with one newline */
};

/*
 * Read @path. Returns: false if it cannot be, is empty, or has a line or title that
 * is too long; it was said, with the line.
 */
bool report_notes_read(struct report_notes *notes, const char *path);

#endif
