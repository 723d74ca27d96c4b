/* SPDX-License-Identifier: MIT */
/*
 * trace.h: a recorded run, as people read it.
 *
 *     trace.c        a step, an operation, a value: what each says
 *     trace_about.c  which steps matter, which two are in conflict
 *     trace_why.c    why those two
 *     trace_touched.c what a crash touched
 *     trace_reorder.c what others did not see yet, and loads of the past
 *     trace_table.c  the table: one column per task that acts, time runs down
 *     trace_moment.c free lists and cache at one step of it
 *
 * No address and no clock enters any of it; equal runs print equal tables.
 */
#ifndef FUZZ_TRACE_H
#define FUZZ_TRACE_H

#include <stdio.h>

#include "record.h"
#include "timeline.h"

#define TRACE_WIDTH 100
#define TRACE_TEXT 240 /* characters of one step, at most */
#define TRACE_WHY 512 /* of the reason for a conflict */
#define TRACE_NAME 16 /* of a task */
#define TRACE_HOLDERS 1024 /* places that what is in question ever stood at */

/* What the table is about, found out from the record and the verdict. */
struct trace {
	const struct engine *engine;
	const struct record *record;
	const struct timeline *timeline; /* the record's, or NULL */
	bool verbose; /* all steps, with file:line */
	int first_page, end_page; /* pages in question; empty: none */
	const char *class; /* or the object in question */
	int instance;
	unsigned int nr_holders;
	const volatile void *holders[TRACE_HOLDERS];
	unsigned int step_a, step_b; /* in conflict; nr: none */
};

/* Why a task lost the CPU inside an operation. */
enum trace_stop_kind {
	TRACE_PREEMPTED, /* the policy said so */
	TRACE_INTERRUPTED, /* the policy sent an interrupt */
	TRACE_WAITED, /* for a lock or a write, or its turn was over */
};

struct trace_stop {
	enum trace_stop_kind kind;
	unsigned int before; /* its own next step: in front of it it stands */
};

/* Look at the last run of @engine, which was recorded in @record. */
void trace_init(struct trace *trace, const struct engine *engine,
		const struct record *record, bool verbose);

/* ---------------------------------------------------------------- trace.c */

struct target_place trace_place(const struct trace *trace,
				const volatile void *addr);
/* "page 0 count"; of a page in the target's word for it. */
void trace_place_text(const struct trace *trace,
		      const struct target_place *place, char *text, size_t max);
/* @class in the target's word for it, if it is "page". */
const char *trace_class(const struct trace *trace, const char *class);
/* Its word for several; into @text, of TRACE_TEXT characters. */
const char *trace_pages(const struct trace *trace, char *text);
/* A number, or what it points to; never an address. */
void trace_value(const struct trace *trace, uint64_t value, char *text,
		 size_t max);
/* "task1", "rcu", "epilogue"; into @name, of TRACE_NAME characters. */
const char *trace_task(unsigned int task, char *name);
/* "put_page_testzero: page 0 count 2 -> 1"; if verbose with " [page.h:12]". */
void trace_step(const struct trace *trace, const struct step *step, char *text,
		size_t max);
/* What the task begins, as the target calls it: "b0 = alloc order=2". */
void trace_operation(const struct trace *trace, const struct step *begin,
		     char *text, size_t max);
/* "= page 0 to 3", "= nothing"; empty if nothing was due. */
void trace_result(const struct trace *trace, const struct step *end, char *text,
		  size_t max);
/*
 * "get_page", or "get_page: READ_ONCE" if it has several access points;
 * "get_page: load8(page flags)" if it is a plain one.
 */
void trace_site(const struct trace *trace, const struct site *site, char *text,
		size_t max);
/* Steps at which the operation of step @at began, ended; nr: it did not. */
unsigned int trace_begin(const struct record *record, unsigned int at);
unsigned int trace_end(const struct record *record, unsigned int at);
/* Did its task lose the CPU after step @at? */
bool trace_stop(const struct trace *trace, unsigned int at,
		struct trace_stop *stop);
/* "page-loss"; of a crash "segv in xas_load". */
void trace_finding(const struct finding *finding, char *text, size_t max);
/*
 * @text in a column of @room that begins behind @margin: broken at blanks,
 * indented by @indent, continued @hang further in.
 */
void trace_wrap(FILE *out, unsigned int margin, unsigned int room,
		unsigned int indent, unsigned int hang, const char *text);

/* ----------------------------------------------------------- trace_about.c */

/* Is the step worth a row? */
bool trace_shows(const struct trace *trace, const struct step *step);
/* Is it, in a table? Set-up is not, the epilogue if it failed. */
bool trace_has_row(const struct trace *trace, const struct step *step);
/* One of those that the finding is about? */
bool trace_page_matters(const struct trace *trace, int page);
bool trace_has_conflict(const struct trace *trace);
/*
 * Pages that were handed out as one, if that is all there is to say about the
 * finding, no two accesses being in conflict; else 0.
 */
unsigned int trace_handed_out_as(const struct trace *trace);
bool trace_in_conflict(const struct trace *trace, unsigned int at);

/* ----------------------------------------------- why, moment and table */

/* Why the two steps are in conflict, in facts; empty if there are none. */
void trace_why(const struct trace *trace, char *text, size_t max);
/*
 * What @touched is of the target, or what it is near to: "node 0 slot 3", "64
 * bytes behind NULL"; empty if it was no access. Async-signal-safe if the target's
 * describe() is.
 */
void trace_touched(const struct trace *trace, const struct touched *touched,
		   char *text, size_t max);
/*
 * What is to be said behind step @at about weak memory, a line each: that its
 * store is not visible yet, or its load of the past, which stores are visible now.
 */
void trace_reordered(const struct trace *trace, unsigned int at,
		     void (*say)(void *arg, unsigned int task,
				 const char *text),
		     void *arg);
/* Which memory was played, and how many reorderings; nothing if none. */
void trace_memory(const struct trace *trace, FILE *out);
/* Free lists, cache and what is in nobody's books after step @at. */
void trace_moment(const struct trace *trace, unsigned int at, FILE *out);
/* The table, then verdict, steps in conflict, counts. */
void trace_print(const struct trace *trace, FILE *out);

#endif
