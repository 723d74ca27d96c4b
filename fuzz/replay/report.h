/* SPDX-License-Identifier: MIT */
/*
 * report.h: a report: what a crashed run said on stderr, as those who sort
 * crashes read it.
 *
 * A type ("ASSERT", "Heap-use-after-free READ 4", "Undefined-shift", "Data race
 * READ 8") and a state of up to three lines: our id, then stack frames without
 * those that every crash has.
 *
 * Promises:
 *  1. Type and state are those that ClusterFuzz finds, for reports of our own
 *     checkers, of ASan, MSan, UBSan, TSan and LSan, and of libFuzzer.
 *  2. A frame without a function name is passed over: no symbolizer is run.
 *     TSan's own form of a frame, without address, is read as well.
 *  3. Reading is total: any text is a report or none.
 *
 * See: https://google.github.io/clusterfuzz, "stack parsing".
 */
#ifndef FUZZ_REPORT_H
#define FUZZ_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#define REPORT_LINES 3
#define REPORT_LETTERS 80 /* of a line of the state */
#define REPORT_LINE_MAX 96
#define REPORT_TYPE_MAX 64

struct report {
	char type[REPORT_TYPE_MAX];
	char state[REPORT_LINES][REPORT_LINE_MAX]; /* "" : no more lines */
};

/* Read @size bytes of @text. Returns: false if nothing in it is a crash. */
bool report_parse(const char *text, size_t size, struct report *report);

/* Same type, same state. */
bool report_equal(const struct report *a, const struct report *b);
/*
 * Would ClusterFuzz group them: two lines of the states equal, in order, or
 * lines on average more than 80 % similar.
 */
bool report_alike(const struct report *a, const struct report *b);
/* The share of the letters of both that need not be edited, 0 to 1. */
double report_similarity(const char *a, const char *b);

/* ------------------------------------------------------- report_frame.c */

/*
 * The function in a line of a stack trace that counts for the state. Returns:
 * false if @line is none, or one of those that every crash has.
 */
bool report_frame(const char *line, char *name, size_t max);

#endif
