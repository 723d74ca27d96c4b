/* SPDX-License-Identifier: MIT */
/*
 * trace.h: a recorded run, as a table that people read.
 *
 * One column per task that acts, time runs down. No address and no clock enters
 * it; equal runs print equal tables.
 */
#ifndef FUZZ_TRACE_H
#define FUZZ_TRACE_H

#include <stdio.h>

#include "record.h"

#define TRACE_WIDTH 100
#define TRACE_TEXT 160 /* characters of one step, at most */

/* What the table is about, found out from the record and the verdict. */
struct trace {
	const struct engine *engine;
	const struct record *record;
	bool verbose; /* all steps, with file:line */
	int first_page, end_page; /* pages in question; empty: none */
	const char *class; /* or the object in question */
	int instance;
	unsigned int step_a, step_b; /* in conflict; nr: none */
};

/* Look at the last run of @engine, which was recorded in @record. */
void trace_init(struct trace *trace, const struct engine *engine,
		const struct record *record, bool verbose);
/* Is the step worth a row? */
bool trace_shows(const struct trace *trace, const struct step *step);
/* "put_page_testzero: page 0 count 2 -> 1" */
void trace_step(const struct trace *trace, const struct step *step, char *text,
		size_t max);
/* The program's own operation behind @step, or NULL. */
const struct program_op *trace_program_op(const struct trace *trace,
					  const struct step *step);
/* The table, then verdict, steps in conflict, counts. */
void trace_print(const struct trace *trace, FILE *out);

#endif
