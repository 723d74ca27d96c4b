/* SPDX-License-Identifier: MIT */
/*
 * trace.h: a recorded run, as people read it.
 *
 *     trace.c        a step: what it says; trace_operation.c: an operation
 *     trace_spell.c  a place, a value: what each is called
 *     trace_about.c  what it is about, which two steps are in conflict
 *     trace_rows.c   which steps have a row in the table
 *     trace_stop.c   where a task lost its CPU, or stands in the end
 *     trace_section.c in which critical sections deciding steps lie
 *     trace_why.c    why those two
 *     trace_deciding.c which orders decide; trace_sentence.c: in one sentence
 *     trace_failure.c what went wrong in the end; trace_waits.c: who waits for whom;
 *         trace_fate.c: what became of the page
 *     trace_touched.c what a crash touched
 *     trace_reorder.c what others did not see yet, and loads of the past
 *     trace_setup.c  what stands above the table
 *     trace_table.c  the table: one column per task that acts, time runs down
 *     trace_verdict.c what stands below it
 *     trace_moment.c free lists and cache at one step of it
 *
 * No address and no clock enters any of it; equal runs print equal tables.
 */
#ifndef FUZZ_TRACE_H
#define FUZZ_TRACE_H

#include <stdio.h>

#include "deciding.h"
#include "record.h"
#include "timeline.h"

#define TRACE_WIDTH 80
#define TRACE_WIDTH_VERBOSE 100 /* of the table, with more columns */
#define TRACE_ROWS 40 /* of a table that is not verbose */
#define TRACE_STEPS 4000 /* of a verbose one; more are left out in the middle */
#define TRACE_ROWS_OF_ONE 3 /* that a step may bring with it */
#define TRACE_ROWS_EASY 24 /* then what does not matter much is left out */
#define TRACE_TEXT 480 /* characters of one step, at most */
#define TRACE_PLACE 80 /* of a place */
#define TRACE_VALUE 96 /* of a value */
#define TRACE_NAMELESS 26 /* values without a name: A .. Z */
#define TRACE_WHY 4096 /* of a sentence, of the reason for a conflict */
#define TRACE_NAME 16 /* of a task */
#define TRACE_HOLDERS 1024 /* places that what is in question ever stood at */

/* What the table is about, found out from the record and the verdict. */
struct trace {
	const struct engine *engine;
	const struct record *record;
	const struct timeline *timeline; /* the record's, or NULL */
	bool verbose; /* all steps, with file:line */
	bool colour; /* the table is for a terminal */
	int first_page, end_page; /* pages in question; empty: none */
	const char *class; /* or the object in question */
	int instance;
	unsigned int nr_holders;
	const volatile void *holders[TRACE_HOLDERS];
	unsigned int step_a, step_b; /* in conflict; nr: none */
	const struct deciding *deciding; /* orders, or NULL: not asked for */
	unsigned int nr_nameless;
	uint64_t nameless[TRACE_NAMELESS]; /* values, in order of steps */
	/* A bit for each step: it, a stop, a change of state behind it has a row. */
	struct trace_rows {
		unsigned char step[RECORD_STEPS / 8];
		unsigned char stop[RECORD_STEPS / 8];
		unsigned char state[RECORD_STEPS / 8];
	} rows;
	unsigned int left_out; /* operations for which there was no room */
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
	const struct site
		*sleeps_in; /* in whose function; NULL: it does not sleep */
	unsigned int woken_by; /* step, if it sleeps; 0: not known */
};

/*
 * Look at the last run of @engine, which was recorded in @record. To print it,
 * trace_choose_rows() comes next.
 */
void trace_init(struct trace *trace, const struct engine *engine,
		const struct record *record, bool verbose);
/* ... with all steps. */
void trace_be_verbose(struct trace *trace);

/* ... with the orders that decide, which become the conflict. */
void trace_decide(struct trace *trace, const struct deciding *deciding);

/* ---------------------------------------------------------- trace_spell.c */

struct target_place trace_place(const struct trace *trace,
				const volatile void *addr);
/* "page 0 count"; of a page in the target's word for it. */
void trace_place_text(const struct trace *trace,
		      const struct target_place *place, char *text, size_t max);
/*
 * Where the step was, as the target spells it; of a place that has no name the
 * expression of the source: "free list of order 2", "end->tail".
 */
void trace_step_place(const struct trace *trace, const struct step *step,
		      char *text, size_t max);
/* Has the place that the step touched a name? */
bool trace_has_name(const struct trace *trace, const struct step *step);
/* Has the target pages? Views of it would show them. */
bool trace_has_pages(const struct trace *trace);
/* @class in the target's word for it, if it is "page". */
const char *trace_class(const struct trace *trace, const char *class);
/* Its word for several; into @text, of TRACE_TEXT characters. */
const char *trace_pages(const struct trace *trace, char *text);
/*
 * How @value reads: a number, or what it points to. Never an address: one that
 * has no name is "value A", and the same one is "value A" again.
 */
void trace_value(const struct trace *trace, uint64_t value, char *text,
		 size_t max);
/* ... as the target says it of the place where @step was. */
void trace_step_value(const struct trace *trace, const struct step *step,
		      uint64_t value, char *text, size_t max);
/* Did the step leave a pointer to something of the target's? */
bool trace_is_pointer(const struct trace *trace, const struct step *step);
/* Find what is to have a letter. */
void trace_find_nameless(struct trace *trace);

/* ---------------------------------------------------------------- trace.c */

/* "task1", "rcu", "epilogue"; into @name, of TRACE_NAME characters. */
const char *trace_task(unsigned int task, char *name);
/*
 * "put_page_testzero: page 0 count 2 -> 1"; if it decides, or all are verbose,
 * with " [page.h:12]".
 */
void trace_step(const struct trace *trace, const struct step *step, char *text,
		size_t max);
/* Of a test the result: " (was set)", " (failed)"; of what is none "". */
const char *trace_test(const struct step *step);
/* Of the block that operation @at took at its begin, or got by its end. */
unsigned int trace_order_of(const struct trace *trace, const struct step *at);
/* "page 4", "pages 4 to 7" */
void trace_block_text(const struct trace *trace, int page, unsigned int order,
		      char *text, size_t max);
/*
 * What the task begins, as the target calls it: "b0 = alloc order=2", "free b0 (pages
 * 4 to 7)", "callback rcu_sync_over".
 */
void trace_operation(const struct trace *trace, const struct step *begin,
		     char *text, size_t max);
/* In what the task is at step @at: the operation; of a program the function. */
const char *trace_doing(const struct trace *trace, unsigned int at, char *text,
			size_t max);
/*
 * "its 3rd allocation is to fail", if that is so of the operation that @begin begins.
 * Returns: false if none is.
 */
bool trace_failing(const struct trace *trace, const struct step *begin,
		   char *text, size_t max);
/* "= pages 0 to 3", "= nothing"; empty if nothing was due. */
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
/*
 * Is step @at the last one of an operation that did not end, though the run ended
 * elsewhere? Then @text says where its task stands: "stopped in front of F".
 * Returns: false if nothing is to be said.
 */
bool trace_stands(const struct trace *trace, unsigned int at, char *text,
		  size_t max);
/* "page-loss"; of a crash "segv in xas_load". */
void trace_finding(const struct finding *finding, char *text, size_t max);
/*
 * @text in a column of @room that begins behind @margin: broken at blanks,
 * indented by @indent, continued @hang further in.
 */
void trace_wrap(FILE *out, unsigned int margin, unsigned int room,
		unsigned int indent, unsigned int hang, const char *text);

/* ----------------------------------------------------------- trace_about.c */

/* Does the step touch what the finding is about, or where that stood? */
bool trace_touches(const struct trace *trace, const struct step *step);
/* Did the operation of step @at see the same there before? */
bool trace_saw_it_before(const struct trace *trace, unsigned int at);
/* One of those that the finding is about? */
bool trace_page_matters(const struct trace *trace, int page);
bool trace_has_conflict(const struct trace *trace);
/*
 * Pages that were handed out as one, if that is all there is to say about the
 * finding, no two accesses being in conflict; else 0.
 */
unsigned int trace_handed_out_as(const struct trace *trace);
bool trace_in_conflict(const struct trace *trace, unsigned int at);

/* ------------------------------------------------------------ trace_rows.c */

/*
 * Choose the rows of what is printed, and letters: all if verbose. Else at most TRACE_ROWS: what decides and the
 * operations that it is part of, other operations, what became of the page, then
 * accesses to what the finding is about, changes before looks, late before early.
 */
void trace_choose_rows(struct trace *trace);
/* Does step @at have a row? Set-up has none, the epilogue if it failed. */
bool trace_has_row(const struct trace *trace, unsigned int at);
/*
 * Of a run that is longer than the record: is the step neither told nor among the
 * TRACE_STEPS at both ends? Forms that have all steps are without it.
 */
bool trace_is_left_out(const struct trace *trace, unsigned int at);
/* Is that row printed? Not if it has nothing to say, or another row said it. */
bool trace_prints(const struct trace *trace, unsigned int at);
/* Does the stop behind it? */
bool trace_shows_stop(const struct trace *trace, unsigned int at);
/*
 * Does what became of the page? Then @text says it: "page 0 is now free".
 * Returns: false if nothing is to be said.
 */
bool trace_state(const struct trace *trace, unsigned int at, char *text,
		 size_t max);
/*
 * Operation @begin is over at once, as far as there are rows: its result can
 * stand in its row. Returns: its last step; nr: it is not.
 */
unsigned int trace_at_once(const struct trace *trace, unsigned int begin);
/* Rows of the table. */
unsigned int trace_nr_rows(const struct trace *trace);
/*
 * Is it where a lock is taken, or let go of, under which its task makes a deciding
 * step?
 */
bool trace_is_border(const struct trace *trace, unsigned int at);
/*
 * What is to be said behind step @at, if an RCU read section with a deciding step
 * begins or ends between it and its task's next one; or NULL.
 */
const char *trace_section(const struct trace *trace, unsigned int at);
/* Is the step one of a deciding order? */
bool trace_decides(const struct trace *trace, const struct step *step);

/* ----------------------------------------------- why, moment and table */

/*
 * What went wrong in the end, in its own terms, without the finding's id: who waits
 * for whom, what was used after which free, what became of the page and who had it
 * last, or which task stopped where. Of a clean run nothing.
 */
void trace_failure(const struct trace *trace, char *text, size_t max);
/* What the run's finding breaks, in few words. */
void trace_promise(const struct trace *trace, char *text, size_t max);
/* ... if nobody went on. Returns: false, and nothing, if that is not what it is. */
bool trace_waits(const struct trace *trace, char *text, size_t max);
/* "dine [philosophers.c:16]" */
void trace_site_text(const struct site *site, char *text, size_t max);
/*
 * What happened, in one sentence, in the order of the deciding steps; empty if there
 * are none. Clauses that begin with another task are parted by "; ".
 */
void trace_sentence(const struct trace *trace, char *text, size_t max);
/*
 * Why the two steps are in conflict, in facts: that sentence, or what both did;
 * empty if there are none. Then, behind "; ", what was no longer so.
 */
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
/*
 * The last access that was reordered, and the other task's that did not see it, or that
 * it did not see, into @a and @b, in their order. Returns: false if there are none.
 */
/* ", which others see later", ", a value of the past" of a load; or "". */
const char *trace_memory_did(const struct step *step);
bool trace_find_reordered(const struct trace *trace, unsigned int *a,
			  unsigned int *b);
/*
 * Which two accesses of a task changed places, of the last reordering for which it is
 * known: "task0 read pair high (1) before pair sequence (2)". Returns: false if it is
 * of none.
 */
bool trace_pair(const struct trace *trace, char *text, size_t max);
/* Which memory was played, and how many reorderings; nothing if none. */
unsigned int trace_reorderings(const struct trace *trace);
void trace_memory(const struct trace *trace, FILE *out);
/* Free lists, cache and what is in nobody's books after step @at. */
void trace_moment(const struct trace *trace, unsigned int at, FILE *out);
/*
 * Is order @nr of the deciding ones no race, but what lets the tasks meet at all: that
 * the later operation sees an object which the earlier one put there, begins behind
 * its end, or wakes it?
 */
bool trace_lets_meet(const struct trace *trace, unsigned int nr);
/* The deciding orders, numbered, with what was checked; nothing if nobody asked. */
void trace_print_deciding(const struct trace *trace, FILE *out);
/* What was found, which orders decide or which steps are in conflict, counts. */
void trace_print_verdict(const struct trace *trace, FILE *out);
/* What stands above the table: the configuration, set-up, words of the program. */
void trace_print_setup(const struct trace *trace, FILE *out);
/* Of a tree node, as a power of two: the target's, or as configured. */
unsigned int trace_fanout_shift(const struct trace *trace);
/* The table, then the verdict. */
void trace_print(const struct trace *trace, FILE *out);

#endif
